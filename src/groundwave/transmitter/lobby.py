"""
The lobby: reads request heads and sheds what only takes up room.

Laws:

* A connection costs one socket and a few hundred bytes until it has asked for
  something.
* Every state a visitor can be in has a deadline, and the room is limited: when it
  is full, whoever has waited longest without asking goes.
* Bad bytes cost the connection that sent them, and are answered in a sentence.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from groundwave.transmitter.clock import Clock
from groundwave.transmitter.visitor import Visitor
from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import RequestHead, RequestReader, response
from groundwave.wire.icecast.source import is_source_request


log = structlog.get_logger()

READ_BYTES = 16_384

_LENGTH = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class LobbyLimits:
    """Patience in seconds, sizes in bytes."""

    head_seconds: float = 15.0
    idle_seconds: float = 30.0
    reply_seconds: float = 30.0
    linger_seconds: float = 2.0
    body_bytes: int = 65_536
    room: int = 8_192


class Lobby:
    """
    Hands each whole request to *route*.

    *route* has it answered by ``answer``, after which the visitor may ask again, or
    takes its socket over for good.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        route: Callable[[Visitor, RequestHead], None],
        refused: Callable[[Visitor, PeerError], None] = lambda *_: None,
        limits: LobbyLimits | None = None,
    ) -> None:
        self._clock = clock
        self._route = route
        self._refused = refused
        self._limits = limits or LobbyLimits()
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[Visitor, RequestReader | None] = {}
        self.shed = 0

    def close(self) -> None:
        """End every waiting connection."""
        for visitor in tuple(self._waiting):
            self._see_off(visitor)

    def welcome_back(self, visitor: Visitor) -> None:
        """Read the visitor's next request."""
        visitor.head, visitor.body = None, b""
        self._await_request(visitor, self._limits.idle_seconds)
        leftover, visitor.leftover = visitor.leftover, b""
        if leftover:
            # Not at once: a packet may hold so many requests that answering one
            # inside the other would exhaust the stack.
            self._loop.call_soon(self._read_on, visitor, leftover)
        else:
            self._listen_for(visitor)

    def answer(self, visitor: Visitor, data: bytes, *, keep: bool) -> None:
        """Send a response; then close, or *keep* the connection for the next request."""
        visitor.deadline = self._clock.air() + self._limits.reply_seconds
        self._waiting[visitor] = None
        then = self.welcome_back if keep else self.see_out
        visitor.send(data, lambda: then(visitor))

    def see_out(self, visitor: Visitor) -> None:
        """
        Close, but leave the visitor time to read what it was told.

        Closing while it still sends would make the kernel throw our answer away.
        """
        try:
            visitor.sock.shutdown(socket.SHUT_WR)
        except OSError:  # it is gone already
            self._see_off(visitor)
            return
        visitor.deadline = self._clock.air() + self._limits.linger_seconds
        self._waiting[visitor] = None
        self._loop.add_reader(visitor.sock, self._receive, visitor)

    def make_room(self) -> bool:
        """
        Shed whoever has waited longest without asking; return whether there was one.

        Only when nobody waits does it fall on those who are being answered.
        """
        silent = (v for v, reader in self._waiting.items() if reader is not None)
        longest = next(silent, None) or next(iter(self._waiting), None)
        if longest is None:
            return False
        self.shed += 1
        self._see_off(longest)
        return True

    def sweep(self) -> None:
        """Shed whoever is past its deadline; called about once a second."""
        now = self._clock.air()
        for visitor in [v for v in self._waiting if v.deadline < now]:
            self.shed += 1
            self._see_off(visitor)

    def greet(self, visitor: Visitor) -> None:
        """Take a new connection in, whose first bytes are here already."""
        if len(self._waiting) >= self._limits.room:
            self.make_room()
        self._await_request(visitor, self._limits.head_seconds)
        self._receive(visitor)
        self._listen_for(visitor)

    def _await_request(self, visitor: Visitor, seconds: float) -> None:
        visitor.deadline = self._clock.air() + seconds
        self._waiting[visitor] = RequestReader()

    def _read_on(self, visitor: Visitor, data: bytes) -> None:
        self._read(visitor, data)
        self._listen_for(visitor)

    def _listen_for(self, visitor: Visitor) -> None:
        if self._waiting.get(visitor):
            self._loop.add_reader(visitor.sock, self._receive, visitor)

    def _receive(self, visitor: Visitor) -> None:
        try:
            data = visitor.sock.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._read(visitor, data)
        else:
            self._see_off(visitor)

    def _read(self, visitor: Visitor, data: bytes) -> None:
        reader = self._waiting.get(visitor)
        if reader is None:  # it has been answered; nothing more is heard
            return
        try:
            reader.receive_data(data)
            head = reader.head
            if head is not None and self._is_whole(head, reader):
                self._hand_over(visitor, head, reader.leftover)
        except PeerError as error:
            self._refuse(visitor, error)

    def _is_whole(self, head: RequestHead, reader: RequestReader) -> bool:
        length = _body_length(head)
        if length > self._limits.body_bytes:
            raise PeerError(
                f"The request's body may be {self._limits.body_bytes} bytes at the most.",
                status=413,
            )
        return len(reader.leftover) >= length

    def _hand_over(self, visitor: Visitor, head: RequestHead, rest: bytes) -> None:
        length = _body_length(head)
        visitor.head, visitor.body, visitor.leftover = (
            head,
            rest[:length],
            rest[length:],
        )
        self._loop.remove_reader(visitor.sock)
        del self._waiting[visitor]
        self._route(visitor, head)

    def _refuse(self, visitor: Visitor, error: PeerError) -> None:
        self._loop.remove_reader(visitor.sock)
        log.info("request_refused", peer=visitor.peer, reason=error.sentence)
        self._refused(visitor, error)
        body = f"{error.sentence}\n".encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Connection", "close"),
        ]
        self.answer(visitor, response(error.status, headers, body), keep=False)

    def _see_off(self, visitor: Visitor) -> None:
        self._waiting.pop(visitor, None)
        visitor.close()


def _body_length(head: RequestHead) -> int:
    if is_source_request(head):
        return 0  # what follows a source's head is sound
    length = head.headers.get("content-length", "0").strip()
    if not _LENGTH.fullmatch(length):
        raise PeerError("Content-Length must be a whole number.")
    return int(length)
