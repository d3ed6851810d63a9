"""
A connection that has not become a listener, a page or a source yet.

A visitor sends a request head, is answered, and may ask again on the same
connection. The socket stays raw throughout, because the next request may be the
one that turns the visitor into a listener, whose socket the fan-out wants bare.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from groundwave.wire.http.head import RequestHead


class Visitor:
    """
    One connection in the lobby.

    Attributes:
        sock: non-blocking; whoever answers may take it over for good.
        peer: the address at the other end of the socket.
        head: the request being answered.
        body: its body, whole.
        leftover: what was received behind the request.
        deadline: air seconds at which patience ends.
    """

    __slots__ = (
        "_loop", "_rest", "_then", "body", "deadline", "head", "leftover", "peer", "sock",
    )  # fmt: skip

    def __init__(
        self, sock: socket.socket, peer: str, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.sock = sock
        self.peer = peer
        self.head: RequestHead | None = None
        self.body = b""
        self.leftover = b""
        self.deadline = 0.0
        self._loop = loop
        self._rest = memoryview(b"")
        self._then: Callable[[], None] | None = None

    def send(self, data: bytes, then: Callable[[], None]) -> None:
        """Send all of *data*, however slowly it is taken, and call *then*."""
        self._rest, self._then = memoryview(data), then
        self._send_rest()

    def close(self) -> None:
        """End the connection, whatever it was doing."""
        if self.sock.fileno() != -1:
            self._loop.remove_reader(self.sock)
            self._loop.remove_writer(self.sock)
            self.sock.close()

    def _send_rest(self) -> None:
        try:
            sent = self.sock.send(self._rest)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close()
            return
        self._rest = self._rest[sent:]
        if self._rest:
            self._loop.add_writer(self.sock, self._send_rest)
            return
        self._loop.remove_writer(self.sock)
        then, self._then = self._then, None
        if then:
            then()
