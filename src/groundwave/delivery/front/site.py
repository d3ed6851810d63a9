"""The site behind the front: how it is asked, and how its answer comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, cast

from groundwave.delivery.front.body import Body
from groundwave.wire.http.headers import Headers
from groundwave.wire.http.strict import END


# While it starts, such as after a fault, its visitors wait; so long at most.
STARTING_SECONDS = 15.0
AGAIN_SECONDS = 0.05


class Taker(Protocol):
    """Who takes an answer."""

    def begun(self, answer: SiteAnswer, head: bytes, headers: Headers) -> None:
        """The head has come, as bytes and as facts."""

    def more(self, data: bytes) -> None:
        """So much more of the body has come, as it travels."""

    def ended(self, *, whole: bool) -> None:
        """Nothing more comes; *whole* if that is its end and not the site's."""

    def pause_asking(self) -> None:
        """The site does not take more of the question's body now."""

    def resume_asking(self) -> None:
        """It does again."""


class Site:
    """The site at the unix socket *address*."""

    def __init__(self, address: str) -> None:
        self._address = address
        # The loop itself holds its tasks weakly.
        self._opening: set[asyncio.Task[None]] = set()
        self.answers: set[SiteAnswer] = set()

    def ask(
        self,
        request: bytes,
        taker: Taker,
        *,
        is_head: bool = False,
        is_repeatable: bool = False,
    ) -> SiteAnswer:
        """
        Ask *request*; *is_head* says that the answer to it has no body.

        One that *is_repeatable*, because asking it does nothing (RFC 9110 §9.2.2), is
        asked once more if the site dies of it, or just while it had it in hand.
        """
        answer = SiteAnswer(request, taker, self.answers, is_head=is_head)
        if is_repeatable:
            answer.again = self._begin_asking
        self._begin_asking(answer)
        return answer

    def _begin_asking(self, answer: SiteAnswer) -> None:
        task = asyncio.get_running_loop().create_task(self._open(answer))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open(self, answer: SiteAnswer) -> None:
        loop = asyncio.get_running_loop()
        patient_until = loop.time() + STARTING_SECONDS
        while not answer.has_ended:
            try:
                await loop.create_unix_connection(lambda: answer, self._address)
            except OSError:
                # Not there yet, or more ask at once than it lets wait.
                if loop.time() > patient_until:
                    answer.end(whole=False)
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                return


class SiteAnswer(asyncio.Protocol):
    """
    One answer of the site, on a connection of its own.

    Attributes:
        again: what asks the site once more; None if that must not be.
        has_ended: nothing more comes of it.
        is_sized: it says itself where it ends, so that another may follow.
    """

    def __init__(
        self, request: bytes, taker: Taker, others: set[SiteAnswer], *, is_head: bool
    ) -> None:
        self._taker, self._is_head = taker, is_head
        self._others = others
        others.add(self)
        self._asked = bytearray(request)
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._body: Body | None = None
        self.has_ended = False
        self.again: Callable[[SiteAnswer], None] | None = None

    @property
    def is_sized(self) -> bool:
        return self._body is not None and self._body.is_sized

    def write(self, data: bytes) -> None:
        """Go on asking: *data* is more of the question's body."""
        if self._transport:
            self._transport.write(data)
        else:
            self._asked += data
            self._taker.pause_asking()

    def pause(self) -> None:
        """Take no more of the answer for now."""
        if self._transport and not self.has_ended:
            self._transport.pause_reading()

    def resume(self) -> None:
        """Take it again."""
        if self._transport and not self.has_ended:
            self._transport.resume_reading()

    def leave(self) -> None:
        """Let it go: nobody wants it any more."""
        self.has_ended = True
        self._others.discard(self)
        if self._transport:
            self._transport.abort()

    def end(self, *, whole: bool) -> None:
        """Tell who takes it that nothing more comes."""
        if not self.has_ended:
            self.has_ended = True
            self._others.discard(self)
            if self._transport:
                self._transport.close()
            self._taker.ended(whole=whole)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        if self.has_ended:
            self._transport.abort()
            return
        self._taker.resume_asking()
        self._transport.write(bytes(self._asked))

    def pause_writing(self) -> None:
        self._taker.pause_asking()

    def resume_writing(self) -> None:
        self._taker.resume_asking()

    def data_received(self, data: bytes) -> None:
        if self.has_ended:
            return
        if self._body is None:
            self._received += data
            head, end, data = bytes(self._received).partition(END)
            if not end:
                return
            self._begin(head + end)
        self._go_on(data)

    def connection_lost(self, _: Exception | None) -> None:
        if self.again and self._body is None and not self.has_ended:
            again, self.again = self.again, None
            self._received.clear()
            again(self)
            return
        self.end(whole=self._body is not None and not self._body.is_sized)

    def _begin(self, head: bytes) -> None:
        first, *lines = head.removesuffix(END).split(b"\r\n")
        headers = Headers.parse(lines)
        self._body = Body(int(first[9:12]), headers, is_head=self._is_head)
        self._taker.begun(self, head, headers)

    def _go_on(self, data: bytes) -> None:
        if self._body is None or self.has_ended:
            return
        # What comes after the end was not asked for, and nobody is to take it for more.
        if data and (mine := self._body.share(data)):
            self._taker.more(mine)
        if self._body.has_ended:
            self.end(whole=True)
