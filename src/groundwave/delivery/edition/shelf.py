"""
Where answers are kept: bounded in bytes, what was asked for least lately goes first.

What has a query, or is not a page, stands apart with a small bound of its own: whoever
asks for ``?x=1``, ``?x=2`` and so on pushes out nobody but the likes of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from groundwave.delivery.edition.answer import Answer
from groundwave.delivery.edition.question import Key


# Of the memory, for what has a query or is not a page.
STRANGERS_SHARE = 8
# One answer takes at most so much of the room it stands in.
LARGEST_SHARE = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """How the shelf does; ``kept_bytes`` is what the answers take of this process."""

    edition: int
    kept: int
    kept_bytes: int
    hits: int
    misses: int


class Row:
    """Answers that share a bound of bytes."""

    def __init__(self, room: int) -> None:
        self.room, self.taken = room, 0
        self.answers: OrderedDict[Key, Answer] = OrderedDict()

    def put(self, key: Key, answer: Answer) -> None:
        """Make room for *answer*; what is too large for that stays outside."""
        self.drop(key)
        if answer.size > self.room // LARGEST_SHARE:
            return
        self.answers[key] = answer
        self.taken += answer.size
        while self.taken > self.room:
            _, gone = self.answers.popitem(last=False)
            self.taken -= gone.size

    def drop(self, key: Key) -> None:
        if gone := self.answers.pop(key, None):
            self.taken -= gone.size

    def clear(self) -> None:
        self.answers.clear()
        self.taken = 0


class Shelf:
    """
    The answers of one edition; safe to use from any thread.

    An answer is only ever found by who asks in the edition in which it was begun.
    """

    def __init__(self, room: int) -> None:
        self._lock = threading.Lock()
        self._pages = Row(room - room // STRANGERS_SHARE)
        self._strangers = Row(room // STRANGERS_SHARE)
        self._edition = -1
        self._hits = self._misses = 0

    def find(self, key: Key, edition: int, now: float) -> Answer | None:
        with self._lock:
            self._turn_to(edition)
            row = self._strangers if key in self._strangers.answers else self._pages
            answer = row.answers.get(key)
            if answer is None or now >= answer.until:
                self._misses += 1
                return None
            row.answers.move_to_end(key)
            self._hits += 1
            return answer

    def put(self, key: Key, answer: Answer, *, is_page: bool) -> None:
        """Keep *answer*, unless there has been another edition since it was begun."""
        with self._lock:
            if answer.edition == self._edition:
                here, there = self._pages, self._strangers
                if key[-1] or not is_page:
                    here, there = there, here
                there.drop(key)
                here.put(key, answer)

    def figures(self) -> Figures:
        with self._lock:
            rows = (self._pages, self._strangers)
            return Figures(
                edition=self._edition,
                kept=sum(len(each.answers) for each in rows),
                kept_bytes=sum(each.taken for each in rows),
                hits=self._hits,
                misses=self._misses,
            )

    def _turn_to(self, edition: int) -> None:
        if edition != self._edition:
            self._edition = edition
            self._pages.clear()
            self._strangers.clear()
