"""
Where answers are kept: bounded in bytes, what was asked for least lately goes first.

What has a query, or is not a page, stands apart with a small bound of its own: whoever
asks for ``?x=1``, ``?x=2`` and so on pushes out nobody but the likes of them.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Kept:
    """
    An answer on the shelf.

    Attributes:
        edition: the edition in which it was begun.
        made_at: when it was made, on the clock that is asked with.
    """

    answer: Answer
    edition: int
    made_at: float

    @property
    def until(self) -> float:
        """When it is too old."""
        return self.made_at + self.answer.seconds


class Row:
    """Answers that share a bound of bytes."""

    def __init__(self, room: int) -> None:
        self.room, self.taken = room, 0
        self.answers: OrderedDict[Key, Kept] = OrderedDict()

    def put(self, key: Key, kept: Kept) -> None:
        """Make room for it; what is too large for that stays outside."""
        self.drop(key)
        size = kept.answer.size
        if size > self.room // LARGEST_SHARE:
            return
        self.answers[key] = kept
        self.taken += size
        while self.taken > self.room:
            _, gone = self.answers.popitem(last=False)
            self.taken -= gone.answer.size

    def drop(self, key: Key) -> None:
        if gone := self.answers.pop(key, None):
            self.taken -= gone.answer.size

    def clear(self) -> None:
        self.answers.clear()
        self.taken = 0


class Shelf:
    """
    The answers of one edition.

    An answer is only ever found by who asks in the edition in which it was begun.
    """

    def __init__(self, room: int) -> None:
        self._pages = Row(room - room // STRANGERS_SHARE)
        self._strangers = Row(room // STRANGERS_SHARE)
        self._edition = -1
        self.hits = self.misses = 0

    def find(self, key: Key, edition: int, now: float) -> Kept | None:
        self._turn_to(edition)
        row = self._strangers if key in self._strangers.answers else self._pages
        kept = row.answers.get(key)
        if kept is None or now >= kept.until:
            self.misses += 1
            return None
        row.answers.move_to_end(key)
        self.hits += 1
        return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep it, unless there has been another edition since it was begun."""
        if kept.edition != self._edition:
            return
        here, there = self._pages, self._strangers
        if key[-1] or not kept.answer.is_page:
            here, there = there, here
        there.drop(key)
        here.put(key, kept)

    def figures(self) -> Figures:
        rows = (self._pages, self._strangers)
        return Figures(
            edition=self._edition,
            kept=sum(len(each.answers) for each in rows),
            kept_bytes=sum(each.taken for each in rows),
            hits=self.hits,
            misses=self.misses,
        )

    def _turn_to(self, edition: int) -> None:
        if edition != self._edition:
            self._edition = edition
            self._pages.clear()
            self._strangers.clear()
