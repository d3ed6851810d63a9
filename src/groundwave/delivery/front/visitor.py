"""One connection of somebody's browser."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from groundwave.delivery.front.again import Sent
from groundwave.delivery.front.sending import refusal
from groundwave.delivery.front.site import SiteAnswer
from groundwave.wire.errors import PeerError
from groundwave.wire.http.strict import (
    END,
    StrictHead,
    body_length,
    read_strictly,
    refuse_endless,
)


if TYPE_CHECKING:
    from groundwave.delivery.front.front import Front

# Of what comes while something else is answered, so much is taken at most.
MOST_AHEAD = 65_536
# A body of up to this size is waited for: the site has few hands to hold.
WHOLE_BYTES = 1_000_000
# What was on its way when the answer was there is let come, so that it is read.
LINGER_SECONDS = 2.0
# Who sends less of a body from one look to the next holds a hand of the site's for nothing.
SLOWEST_BYTES = 30_000
# What may be held of bodies, of all visitors together.
MOST_HELD = 64_000_000
_FULL = "Too much is being sent to the site at the moment; try again in a minute."
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Visitor(asyncio.Protocol):
    """
    Reads one request after the other and has the front answer each.

    Attributes:
        address: whose connection it is.
        keeps: it stays for another request after this one.
        is_busy: a request is being answered, or its body awaited.
        is_gone: nobody is there any more.
    """

    def __init__(self, front: Front) -> None:
        self._front, self._find_again = front, front.find_again
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._held: tuple[bytes, StrictHead] | None = None
        self._body, self._left_of_body = bytearray(), 0
        self._site: SiteAnswer | None = None
        self.address, self.keeps = "", True
        self.is_busy = self.is_gone = self._is_over = False
        self._is_full = self._site_is_full = False
        self._was_heard, self._left_to_send, self._was_late = True, 0, False
        self._left_then = self._holds = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send = self._transport.writelines
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if peer else ""
        self._front.visitors.add(self)

    def connection_lost(self, _: Exception | None) -> None:
        self.is_gone = True
        self._front.visitors.discard(self)
        self._hold(0)
        if self._site:
            self._site.leave()

    def data_received(self, data: bytes) -> None:
        self._was_heard = True
        if not self.is_busy and not self._received:
            sent = self._find_again(data)
            if sent:
                self._send(sent)
                return
        self._hear(data)

    def eof_received(self) -> bool:
        """Answer who asked and will ask no more."""
        self.keeps = False
        return self.is_busy and not (self._is_over or self._left_of_body)

    def pause_writing(self) -> None:
        """Take nothing more from who does not take what they asked for."""
        self._is_full = True
        self._listen()
        if self._site:
            self._site.pause()

    def resume_writing(self) -> None:
        self._is_full = False
        self._listen()
        if self._site:
            self._site.resume()
        self._read()

    def pause_asking(self) -> None:
        """Take nothing more of a body that the site does not take."""
        self._site_is_full = True
        self._listen()

    def resume_asking(self) -> None:
        """Take it again."""
        self._site_is_full = False
        self._listen()

    def follow(self, site: SiteAnswer) -> None:
        """Have the rest of the request go to *site*, and end with it."""
        self._site = site
        if self._body:
            site.write(bytes(self._body))
            self._hold(0)

    def send(self, sent: Sent) -> None:
        """Send bytes, if there is still somebody."""
        if self._transport and not self._transport.is_closing():
            self._send(sent)

    def finish(self) -> None:
        """The request is answered; go on with the next, or end."""
        self._site = None
        if not self.keeps or self._left_of_body:
            self.end()
            return
        self.is_busy = self._site_is_full = False
        self._listen()
        if self._received:
            asyncio.get_running_loop().call_soon(self._read)

    def refuse(self, status: HTTPStatus, sentence: str, more: str = "") -> None:
        """Say *sentence* and end."""
        words = f"{status.value} {status.phrase}"
        self.send((refusal(words, sentence, self._front.date(), more),))
        self.end()

    def end(self) -> None:
        """
        Say nothing more, and end once it has been taken.

        Closing at once what still sends would reset it, and what was said last with it.
        """
        if self._transport is None or self._transport.is_closing() or self._is_over:
            return
        self._is_over = self.is_busy = True
        self._site, self._received, self._site_is_full = None, b"", False
        self._listen()
        self._transport.write_eof()
        loop = asyncio.get_running_loop()
        loop.call_later(LINGER_SECONDS, self._transport.close)

    def abort(self) -> None:
        """End at once, whatever is on its way."""
        if self._transport:
            self._transport.abort()

    def look(self) -> None:
        """Let go who has not moved since the last look, one way or the other."""
        if self._transport is None:
            return
        left = self._transport.get_write_buffer_size()
        is_stuck = bool(left) and left == self._left_to_send
        is_idle = not (self.is_busy or left or self._was_heard)
        is_late = bool(self._received) and not self.is_busy
        left_of_body = 0 if self._site_is_full else self._left_of_body
        is_dripping = self._left_then - left_of_body < SLOWEST_BYTES
        if (
            is_stuck
            or is_idle
            or (is_late and self._was_late)
            or (left_of_body and self._left_then and is_dripping)
        ):
            self.abort()
        self._was_heard, self._was_late, self._left_to_send = False, is_late, left
        self._left_then = left_of_body

    def _listen(self) -> None:
        """Take what comes as long as there is somebody and somewhere to take it to."""
        if self._transport is None or self._transport.is_closing():
            return
        is_ahead = self.is_busy and len(self._received) > MOST_AHEAD
        if self._is_full or self._site_is_full or is_ahead:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _hear(self, data: bytes) -> None:
        if self._is_over:
            return
        self._received += self._without_body(data)
        if self.is_busy:
            self._listen()
        else:
            self._read()

    def _without_body(self, data: bytes) -> bytes:
        """Take what of *data* is the body's; return the rest."""
        if not self._left_of_body:
            return data
        mine, rest = data[: self._left_of_body], data[self._left_of_body :]
        self._left_of_body -= len(mine)
        self._take(mine)
        return rest

    def _take(self, mine: bytes) -> None:
        """Take more of the body: for the site, or until there is all of it."""
        if self._site:
            self._site.write(mine)
            return
        if self._front.held > MOST_HELD:
            self._hold(0)
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE, _FULL, "Retry-After: 60\r\n")
            return
        self._body += mine
        self._hold(len(self._body))
        if self._held and not self._left_of_body:
            (raw, head), self._held = self._held, None
            self._front.ask(self, raw, head)

    def _hold(self, size: int) -> None:
        """Note that *size* bytes of a body are held; 0 lets go of them."""
        self._front.held += size - self._holds
        self._holds = size
        if not size:
            self._body.clear()

    def _read(self) -> None:
        while self._received and not (self.is_busy or self.is_gone or self._is_full):
            # Some send an empty line after a form (RFC 9112 §2.2).
            self._received = self._received.lstrip(b"\r\n")
            raw, end, rest = self._received.partition(END)
            try:
                refuse_endless(raw)
                if not end:
                    return
                head = read_strictly(raw)
                length = body_length(head)
            except PeerError as error:
                self.refuse(HTTPStatus(error.status), error.sentence)
                return
            self._received = b""
            self._ask(raw + end, head, length)
            self._received = self._without_body(rest)
        self._listen()

    def _ask(self, raw: bytes, head: StrictHead, length: int) -> None:
        self.is_busy, self._was_late, self._left_then = True, False, 0
        self.keeps = head.keeps_alive and not head.is_old
        self._left_of_body = length
        awaited = head.headers.get("expect", "").lower() == "100-continue"
        if length and awaited and not head.is_old:
            self.send((_GO_ON,))
        if 0 < length <= WHOLE_BYTES:
            self._held = raw, head
        else:
            self._front.ask(self, raw, head)
