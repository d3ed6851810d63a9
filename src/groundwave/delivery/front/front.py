"""Who answers what: the memory, the making of a page for everybody, or the site."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial

from groundwave.delivery.edition.answer import Answer
from groundwave.delivery.edition.question import House, Key, Question
from groundwave.delivery.edition.shelf import Figures, Kept, Shelf
from groundwave.delivery.edition.words import CLIENT, FIGURES, WANTS
from groundwave.delivery.front.again import Again, Sent
from groundwave.delivery.front.forwarding import asked_for_everybody, forwarded
from groundwave.delivery.front.making import Making, Waiting, Without
from groundwave.delivery.front.relaying import Relay, refuse_away
from groundwave.delivery.front.sending import worded
from groundwave.delivery.front.site import Site
from groundwave.delivery.front.visitor import Visitor
from groundwave.wire.http.strict import StrictHead


# Where the site says how it does; and how the front does.
HEALTH = "/health"
# For so long nobody has made for everybody what turned out to be each one's own.
PERSONAL_SECONDS = 5.0
MOST_PERSONAL = 1000


class Front:
    """
    Answers the visitors of one site.

    Args:
        site: the site behind it.
        house: what is never answered from memory.
        room: how many bytes of memory answers may take; 0 keeps none.
        edition: says the number of the edition now.
        clock: seconds that never go back.
        date: the time now, as HTTP writes it.
    """

    def __init__(
        self,
        site: Site,
        *,
        house: House,
        room: int,
        edition: Callable[[], int],
        clock: Callable[[], float],
        date: Callable[[], str],
    ) -> None:
        self.site, self._house, self._room = site, house, room
        self._edition, self._clock, self._date_now = edition, clock, date
        self._second, self._date = -1, ""
        self._shelf, self.again = Shelf(room), Again(edition, clock)
        self._makings: dict[tuple[Key, int], Making] = {}
        # Until when each is asked for by everybody for themselves at once.
        self._personal: dict[Key, float] = {}
        self.visitors: set[Visitor] = set()
        # Bytes of bodies that have not all come.
        self.held = 0

    def find_again(self, asked: bytes) -> Sent | None:
        """Return what was just sent to who asked for the same, if it is still right."""
        found = self.again.find(asked)
        if found is None and (found := self.again.find(self._gist(asked))):
            self.again.keep(asked, found)
        return found

    def ask(self, visitor: Visitor, raw: bytes, head: StrictHead) -> None:
        """Answer *head*, which came as *raw*, or have the site answer it."""
        question = self._house.question(head) if self._room else None
        if question is None:
            self._pass_on(visitor, head)
            return
        # Read before anything is looked up: what is committed later is another edition.
        edition, now = self._edition(), self._clock()
        kept = self._shelf.find(question.key, edition, now)
        if kept:
            self._send(kept, visitor, question, raw, now)
        else:
            self._make(edition, Waiting(visitor, question, raw, head))

    def figures(self) -> Figures:
        figures = self._shelf.figures()
        return replace(figures, hits=figures.hits + self.again.hits)

    def date(self) -> str:
        """Return the time now, as HTTP writes it; not older than a second."""
        second = int(self._clock())
        if second != self._second:
            self._second, self._date = second, self._date_now()
        return self._date

    def _send(
        self, kept: Kept, visitor: Visitor, question: Question, raw: bytes, now: float
    ) -> None:
        closes = not visitor.keeps
        answer = worded(kept, question, now, self.date(), closes=closes)
        if not closes and self.again.lasts(kept.edition, kept.until):
            self.again.keep(self._gist(raw), answer)
        visitor.send(answer)
        visitor.finish()

    def _gist(self, asked: bytes) -> bytes:
        return self._house.aside.sub(b"", asked)

    def _make(self, edition: int, waiting: Waiting) -> None:
        """
        Have it made, or wait with those who had it made.

        Nobody joins the making of another edition: it was begun before they asked, and
        may have been before the write that they know of.
        """
        key = waiting.question.key
        if self._clock() < self._personal.get(key, 0.0):
            self._pass_on(waiting.visitor, waiting.head)
            return
        making = self._makings.get((key, edition))
        if making is None:
            making = self._makings[key, edition] = Making(
                partial(self._land, key, edition)
            )
            said = asked_for_everybody(
                waiting.head, [(WANTS, "1")], proxy_header=self._house.proxy_header
            )
            making.asked = self.site.ask(said, making, is_repeatable=True)
        making.join(waiting)

    def _land(
        self, key: Key, edition: int, outcome: Answer | Without, waiting: list[Waiting]
    ) -> None:
        del self._makings[key, edition]
        if isinstance(outcome, Answer):
            kept = Kept(outcome, edition, self._clock())
            self._shelf.put(key, kept)
            for each in waiting:
                self._send(kept, each.visitor, each.question, each.raw, kept.made_at)
        elif outcome is Without.PERSONAL:
            self._note_personal(key)
            for each in waiting:
                self._pass_on(each.visitor, each.head)
        else:
            for each in waiting:
                refuse_away(each.visitor)

    def _note_personal(self, key: Key) -> None:
        if len(self._personal) >= MOST_PERSONAL:
            self._personal.clear()
        self._personal[key] = self._clock() + PERSONAL_SECONDS

    def _pass_on(self, visitor: Visitor, head: StrictHead) -> None:
        if visitor.is_gone:
            return
        said = [(CLIENT, visitor.address)]
        if head.target == HEALTH:
            said.append((FIGURES, json.dumps(asdict(self.figures()))))
        visitor.follow(
            self.site.ask(
                forwarded(head, said),
                Relay(visitor),
                is_head=head.method == "HEAD",
                is_repeatable=_may_be_repeated(head),
            )
        )


def _may_be_repeated(head: StrictHead) -> bool:
    """Whether asking it does nothing, and there is no more to it than its head."""
    is_safe = head.method in ("GET", "HEAD")
    return is_safe and head.headers.get("content-length", "0") == "0"
