"""An answer that is being made for everybody, and those who wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import msgspec

from groundwave.delivery.edition.answer import Answer
from groundwave.delivery.edition.question import Question
from groundwave.delivery.edition.words import ANSWER
from groundwave.delivery.front.site import SiteAnswer
from groundwave.delivery.front.visitor import Visitor
from groundwave.wire.http.headers import Headers
from groundwave.wire.http.strict import StrictHead


# Nobody waits longer than this. One making at a time is what keeps a site that is slow
# from having the same page to make for each who asks.
MOST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who asked, and in which words."""

    visitor: Visitor
    question: Question
    raw: bytes
    head: StrictHead


class Without(Enum):
    """Why there is no answer for everybody."""

    PERSONAL = "the site has one for each"
    AWAY = "the site has none"


class Making:
    """
    One making of an answer, until it lands with the answer or without.

    Args:
        land: called once, with what it is and who waits.

    Attributes:
        asked: what the site is asked.
    """

    def __init__(self, land: Callable[[Answer | Without, list[Waiting]], None]) -> None:
        self._land, self._waiting = land, list[Waiting]()
        self._is_answer, self._has_landed = False, False
        self._body = bytearray()
        self.asked: SiteAnswer | None = None
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(MOST_SECONDS, self._give_up)

    def join(self, waiting: Waiting) -> None:
        """Wait for it as well."""
        self._waiting.append(waiting)

    def begun(self, _: SiteAnswer, head: bytes, headers: Headers) -> None:
        self._is_answer = ANSWER in headers

    def more(self, data: bytes) -> None:
        self._body += data

    def ended(self, *, whole: bool) -> None:
        if not whole:
            self._end(Without.AWAY)
        elif self._is_answer:
            self._end(_answer(self._body))
        else:
            self._end(Without.PERSONAL)

    def pause_asking(self) -> None:
        """Nothing is asked but the head."""

    def resume_asking(self) -> None:
        """The same."""

    def _give_up(self) -> None:
        if self.asked:
            self.asked.leave()
        self._end(Without.AWAY)

    def _end(self, outcome: Answer | Without) -> None:
        if not self._has_landed:
            self._has_landed = True
            self._timer.cancel()
            self._land(outcome, self._waiting)


def _answer(body: bytearray) -> Answer | Without:
    try:
        return msgspec.msgpack.decode(body, type=Answer)
    except msgspec.DecodeError:
        # The site is another release, and about to be started again as ours.
        return Without.AWAY
