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
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Visitor(asyncio.Protocol):
    """
    Reads one request after the other and has the front answer each.

    Attributes:
        address: whose connection it is.
        keeps: it stays for another request after this one.
        is_gone: nobody is there any more.
        was_heard: something came since the front last looked.
        was_late: what had come by then was not a whole request.
    """

    def __init__(self, front: Front) -> None:
        self._front, self._find_again = front, front.find_again
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._left_of_body = 0
        self._site: SiteAnswer | None = None
        self.address, self.keeps = "", True
        self.is_busy = self.is_gone = False
        self._is_full = self._site_is_full = False
        self.was_heard, self.was_late = True, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send = self._transport.writelines
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if peer else ""
        self._front.visitors.add(self)

    def connection_lost(self, _: Exception | None) -> None:
        self.is_gone = True
        self._front.visitors.discard(self)
        if self._site:
            self._site.leave()

    def data_received(self, data: bytes) -> None:
        self.was_heard = True
        if not self.is_busy and not self._received:
            sent = self._find_again(data)
            if sent:
                self._send(sent)
                return
        self._hear(data)

    @property
    def is_late(self) -> bool:
        """Whether a request has begun to come and has not ended."""
        return bool(self._received) and not self.is_busy

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

    def send(self, sent: Sent) -> None:
        """Send bytes, if there is still somebody."""
        if self._transport and not self._transport.is_closing():
            self._send(sent)

    def finish(self) -> None:
        """The request is answered; go on with the next, or end."""
        self._site = None
        if not self.keeps or self._left_of_body:
            self.close()
            return
        self.is_busy = self._site_is_full = False
        self._listen()
        if self._received:
            asyncio.get_running_loop().call_soon(self._read)

    def refuse(self, status: HTTPStatus, sentence: str, more: str = "") -> None:
        """Say *sentence* and end."""
        words = f"{status.value} {status.phrase}"
        self.send((refusal(words, sentence, self._front.date(), more),))
        self.close()

    def close(self) -> None:
        """End once everything has been sent."""
        if self._transport:
            self._transport.close()

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
        if self._left_of_body and self._site:
            mine, data = data[: self._left_of_body], data[self._left_of_body :]
            self._left_of_body -= len(mine)
            self._site.write(mine)
        self._received += data
        if not self.is_busy:
            self._read()
        else:
            self._listen()

    def _read(self) -> None:
        while self._received and not (self.is_busy or self.is_gone or self._is_full):
            # Some send an empty line after a form (RFC 9112 §2.2).
            raw, end, rest = self._received.lstrip(b"\r\n").partition(END)
            try:
                refuse_endless(raw)
                if not end:
                    return
                head = read_strictly(raw)
                length = body_length(head)
            except PeerError as error:
                self._received = b""
                self.refuse(HTTPStatus(error.status), error.sentence)
                return
            self._received = rest
            self._ask(raw + end, head, length)

    def _ask(self, raw: bytes, head: StrictHead, length: int) -> None:
        self.is_busy, self.was_late = True, False
        self.keeps = head.keeps_alive and not head.is_old
        self._left_of_body = length
        if length and "100-continue" in head.headers.get("expect", "").lower():
            self.send((_GO_ON,))
        self._front.ask(self, raw, head)
        if length and (early := self._received):
            self._received = b""
            self._hear(early)
