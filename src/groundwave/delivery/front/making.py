"""An answer that is being made for everybody, and those who wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from groundwave.delivery.edition.answer import Answer
from groundwave.delivery.edition.question import Question
from groundwave.delivery.edition.words import ANSWER
from groundwave.delivery.front.relaying import Relay
from groundwave.delivery.front.site import SiteAnswer
from groundwave.delivery.front.visitor import Visitor
from groundwave.wire.http.headers import Headers
from groundwave.wire.http.strict import StrictHead


# A page that takes longer than this is made by everybody who wants it, as without us.
PATIENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who asked, and in which words."""

    visitor: Visitor
    question: Question
    raw: bytes
    head: StrictHead


class Making:
    """
    One making of an answer. It lands with the answer, or with None if there is none.

    Who asked first gets what the site says if it turns out not to be everybody's; the
    others are let go, each to ask for themselves.
    """

    def __init__(
        self,
        first: Waiting,
        *,
        land: Callable[[Making, Answer | None], None],
        let_go: Callable[[Waiting], None],
    ) -> None:
        self._first, self._others = first, list[Waiting]()
        self._land, self._let_go = land, let_go
        self._relay: Relay | None = None
        self._body = bytearray()
        self._timer = asyncio.get_running_loop().call_later(
            PATIENCE_SECONDS, self._lose_patience
        )

    @property
    def waiting(self) -> list[Waiting]:
        return [self._first, *self._others]

    def join(self, waiting: Waiting) -> None:
        """Wait for the answer, but not for ever."""
        self._others.append(waiting)

    def begun(self, answer: SiteAnswer, head: bytes, headers: Headers) -> None:
        if ANSWER in headers:
            return
        self._land(self, None)
        self._timer.cancel()
        self._lose_patience()
        if self._first.visitor.is_gone or not self._first.question.wants_body:
            # It was asked for whole, so that it could be everybody's.
            answer.leave()
            self._let_go(self._first)
            return
        self._relay = Relay(self._first.visitor)
        self._first.visitor.follow(answer)
        self._relay.begun(answer, head, headers)

    def more(self, data: bytes) -> None:
        if self._relay:
            self._relay.more(data)
        else:
            self._body += data

    def ended(self, *, whole: bool) -> None:
        self._timer.cancel()
        if self._relay:
            self._relay.ended(whole=whole)
        elif whole:
            self._land(self, msgspec.msgpack.decode(self._body, type=Answer))
        else:
            self._land(self, None)
            for each in self.waiting:
                Relay(each.visitor).ended(whole=False)

    def pause_asking(self) -> None:
        """Nothing is asked but the head."""

    def resume_asking(self) -> None:
        """The same."""

    def _lose_patience(self) -> None:
        others, self._others = self._others, []
        for each in others:
            self._let_go(each)
