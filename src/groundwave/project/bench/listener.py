"""One listener of the driver: a socket, the response's head, and an ear."""

from __future__ import annotations

import errno
import socket
import time

from groundwave.project.bench.ear import Ear
from groundwave.project.bench.orders import Order


HEAD_BYTES = 16_384
# Linux: choose the port on connect, where the pair must be free, not on bind.
IP_BIND_ADDRESS_NO_PORT = 24


class Lost(Exception):
    """The server does not, or no longer, serve this listener; says how."""


class Listener:
    """
    Somebody who tunes in once and listens for as long as there is something.

    Attributes:
        asked_at: when the connection was begun.
        tuned_in: the head of a 200 was read; the rest is sound.
        gone: lost, whether before that or after.
    """

    __slots__ = ("_head", "asked_at", "ear", "gone", "sock", "tuned_in")

    def __init__(self, order: Order) -> None:
        self.sock = _socket(order.source_address)
        self.ear = Ear(order.byterate)
        self.asked_at: float | None = None
        self.tuned_in = False
        self.gone = False
        self._head = b""

    def connect(self, address: tuple[str, int]) -> None:
        """
        Begin to connect.

        Raises:
            Lost: it is refused at once.
        """
        self.asked_at = time.monotonic()
        code = self.sock.connect_ex(address)
        if code not in (0, errno.EINPROGRESS):
            raise Lost(errno.errorcode.get(code, str(code)))

    def ask(self, request: bytes) -> bool:
        """
        Send the request; return whether the connection stood already.

        Raises:
            Lost: the connection failed.
        """
        try:
            self.sock.send(request)
        except BlockingIOError:
            return False
        except OSError as error:
            raise Lost(_name(error)) from None
        return True

    def read(self, buffer: bytearray) -> None:
        """
        Hear what has arrived, up to the size of *buffer*, which is overwritten.

        Raises:
            Lost: the connection ended, or the answer is not a 200.
        """
        try:
            count = self.sock.recv_into(buffer)
        except BlockingIOError:
            self.ear.play(time.monotonic())
            return
        except OSError as error:
            raise Lost(_name(error)) from None
        if not count:
            raise Lost("closed by the server")
        if not self.tuned_in:
            count = self._read_head(bytes(buffer[:count]))
        if count:
            self.ear.hear(count, time.monotonic())

    def wait(self, until: float | None) -> float | None:
        """Return the seconds from the call to *until*, if it ever came to that."""
        if until is None or self.asked_at is None:
            return None
        return until - self.asked_at

    def _read_head(self, data: bytes) -> int:
        """Return how many bytes of *data* are sound."""
        head, end, sound = (self._head + data).partition(b"\r\n\r\n")
        if not end:
            self._head = head
            if len(head) > HEAD_BYTES:
                raise Lost("an endless response head")
            return 0
        status = head.partition(b"\r\n")[0].decode("latin-1")
        if status.split(" ")[1:2] != ["200"]:
            raise Lost(status)
        self.tuned_in, self._head = True, b""
        return len(sound)


def connected_socket(source_address: str, address: tuple[str, int]) -> socket.socket:
    """
    Return a socket that has begun to connect, and never waits.

    Raises:
        Lost: it is refused at once.
    """
    sock = _socket(source_address)
    code = sock.connect_ex(address)
    if code not in (0, errno.EINPROGRESS):
        sock.close()
        raise Lost(errno.errorcode.get(code, str(code)))
    return sock


def _socket(source_address: str) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setblocking(False)
    if source_address:
        sock.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        sock.bind((source_address, 0))
    return sock


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
