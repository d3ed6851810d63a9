"""
The site's end of a line for a thread: a page asks, the transmitter answers.

A line belongs to one thread. Every wait has an end, because a reader of a page
waits with it.
"""

from __future__ import annotations

import socket
import time
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from groundwave.patchbay.errors import (
    AskRefused,
    GarbledLine,
    LineClosed,
    NoAnswer,
)
from groundwave.patchbay.line import SITE, Framing, site_framing
from groundwave.patchbay.messages import (
    VERSION,
    FromSite,
    FromTransmitter,
    Refused,
)
from groundwave.patchbay.socketpath import address_of
from groundwave.patchbay.unix import unreachable


_READ = 65536

Answer = TypeVar("Answer", bound=msgspec.Struct)


class BlockingLine:
    """
    An open line; leave it by ``with`` or ``close``.

    Args:
        timeout: seconds that a call may take which does not name its own.
    """

    def __init__(
        self,
        sock: socket.socket,
        framing: Framing[FromSite, FromTransmitter],
        timeout: float,
    ) -> None:
        self._sock = sock
        self._framing = framing
        self._timeout = timeout

    def __enter__(self) -> BlockingLine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def peer(self) -> str:
        """What the other end calls itself."""
        return self._framing.peer or ""

    def greet(self) -> None:
        """Say hello and hear it; ``open_line`` has done this."""
        deadline = self._deadline(None)
        self._write(self._framing.hello(), deadline)
        while self._framing.peer is None:
            self._read(deadline)

    def send(self, message: FromSite, *, timeout: float | None = None) -> None:
        """
        Send *message*.

        Raises:
            LineClosed: the line has ended; the message may not have arrived.
            NoAnswer: the transmitter does not take it; the line is closed.
            FrameTooLarge: nothing was sent and the line is still open.
        """
        self._write(self._framing.message(message), self._deadline(timeout))

    def receive(self, *, timeout: float | None = None) -> FromTransmitter:
        """
        Return the next message.

        Raises:
            NoAnswer: none came in time; the line is still open.
            LineClosed: the line has ended.
            GarbledLine: the transmitter broke the protocol; the line is closed.
        """
        return self._receive(self._deadline(timeout))

    def ask(
        self, message: FromSite, *, expect: type[Answer], timeout: float | None = None
    ) -> Answer:
        """
        Send *message* and return the first *expect* that comes.

        What else comes meanwhile is dropped, so ask on a line of its own.

        Raises:
            AskRefused: the transmitter said ``Refused``; carries its sentence.
            NoAnswer, LineClosed, GarbledLine: as ``receive``.
        """
        deadline = self._deadline(timeout)
        self._write(self._framing.message(message), deadline)
        while True:
            answer = self._receive(deadline)
            if isinstance(answer, expect):
                return answer
            if isinstance(answer, Refused):
                raise AskRefused(answer.sentence)

    def close(self) -> None:
        """End the line; closing twice is fine."""
        self._sock.close()

    def _deadline(self, timeout: float | None) -> float:
        # A stopwatch, not a clock: it says how long a thread has waited.
        return time.monotonic() + (self._timeout if timeout is None else timeout)

    def _receive(self, deadline: float) -> FromTransmitter:
        try:
            while (message := self._framing.next_message()) is None:
                self._read(deadline)
        except GarbledLine:
            self.close()
            raise
        return message

    def _write(self, data: bytes, deadline: float) -> None:
        try:
            self._allow(deadline)
            self._sock.sendall(data)
        except TimeoutError:
            self.close()  # part of the frame may be on its way
            raise _no_answer() from None
        except OSError as problem:
            self.close()
            raise LineClosed from problem

    def _read(self, deadline: float) -> None:
        try:
            self._allow(deadline)
            data = self._sock.recv(_READ)
        except TimeoutError:
            raise _no_answer() from None
        except OSError as problem:
            self.close()
            raise LineClosed from problem
        if not data:
            self.close()
            raise LineClosed
        self._framing.receive_data(data)

    def _allow(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)


def open_line(
    path: Path, timeout: float = 5.0, *, name: str = SITE, version: int = VERSION
) -> BlockingLine:
    """
    Open a line to the transmitter that serves *path*, within *timeout* seconds.

    Raises:
        NotServed: the transmitter is not running.
        PathUnusable: it runs as another user, or the path is too long.
        NoAnswer: it is there and says nothing.
        VersionMismatch: it is of a release that cannot be understood.
    """
    sock = socket.socket(socket.AF_UNIX)
    line = BlockingLine(sock, site_framing(name, version=version), timeout)
    try:
        sock.settimeout(timeout)
        with address_of(path) as address:
            sock.connect(address)
        line.greet()
    except OSError as problem:
        line.close()
        raise unreachable(path, problem) from problem
    except BaseException:
        line.close()
        raise
    return line


def _no_answer() -> NoAnswer:
    return NoAnswer("The transmitter did not answer in time; try again in a moment.")
