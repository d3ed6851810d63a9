"""
The door: a port that is listened on.

The kernel holds a connection back until its first bytes are here, and no more than
its queue takes; whoever finds it full tries again a second later. So taking
connections out of that queue comes before serving them: a storm of tune-ins waits
in here, where there is room.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable

import structlog

from groundwave.transmitter.visitor import Visitor


log = structlog.get_logger()

# Asked for; the kernel grants net.core.somaxconn.
BACKLOG = 65_535
# In one turn of the loop, so that sound goes on while thousands come in.
ACCEPTS_PER_TURN = 4096
GREETINGS_PER_TURN = 64
# Without a descriptor for it, a waiting connection would wake us for ever.
REST_SECONDS = 0.2


class Door:
    """
    Accepts on one port.

    Args:
        greet: given every new connection.
        make_room: called when no descriptor is left for another; returns whether
            there is one now.
    """

    def __init__(
        self, *, greet: Callable[[Visitor], None], make_room: Callable[[], bool]
    ) -> None:
        self._greet = greet
        self._make_room = make_room
        self._loop = asyncio.get_running_loop()
        self._sock: socket.socket | None = None
        self._arrived: deque[Visitor] = deque()
        self.accepted = 0

    def open(self, host: str, port: int) -> int:
        """
        Listen; return the port, which the kernel chose if *port* is 0.

        Raises:
            OSError: the port is taken or not ours to open.
        """
        self._sock = _listen(host, port)
        self._loop.add_reader(self._sock, self._accept, self._sock)
        return int(self._sock.getsockname()[1])

    def close(self) -> None:
        """Stop listening."""
        if self._sock is not None:
            self._loop.remove_reader(self._sock)
            self._sock.close()
        while self._arrived:
            self._arrived.popleft().close()

    def _accept(self, door: socket.socket) -> None:
        for _ in range(ACCEPTS_PER_TURN):
            try:
                sock, address = door.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if not self._make_room():
                    log.warning("connection_not_accepted", reason=str(error))
                    self._rest(door)
                return
            self.accepted += 1
            sock.setblocking(False)
            if not self._arrived:
                self._loop.call_soon(self._greet_some)
            self._arrived.append(Visitor(sock, address[0], self._loop))

    def _greet_some(self) -> None:
        for _ in range(min(GREETINGS_PER_TURN, len(self._arrived))):
            self._greet(self._arrived.popleft())
        if self._arrived:
            self._loop.call_soon(self._greet_some)

    def _rest(self, door: socket.socket) -> None:
        self._loop.remove_reader(door)
        self._loop.call_later(REST_SECONDS, self._go_on, door)

    def _go_on(self, door: socket.socket) -> None:
        if door.fileno() != -1:  # it has not been closed
            self._loop.add_reader(door, self._accept, door)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            door.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 5)
        door.bind((host, port))
        door.listen(BACKLOG)
        door.setblocking(False)
    except OSError:
        door.close()
        raise
    return door
