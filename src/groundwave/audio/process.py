"""
One codec child, as the parent holds it.

Laws:

* ``feed`` never waits. What the child has not worked off is ``pending_bytes``;
  whoever reads a source should read more slowly when that grows.
* A child that is fed and takes in nothing for ``patience`` seconds is hung and is
  killed; so is one that falls further behind than ``MOST_PENDING_BYTES`` and one
  that answers nonsense.
* ``ended`` is called once, after the child's last report was heard; never when
  ``stop`` was asked for.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import msgspec

from groundwave.audio.errors import ChildGarbled
from groundwave.audio.framing import Deframer, framed, report_in
from groundwave.audio.job import CodecJob, Consumed, Report


MOST_PENDING_BYTES = 8 * 1024 * 1024
STARTING_SECONDS = 30.0  # a machine that starts twenty codecs at once is slow
STOPPING_SECONDS = 2.0

_CHUNK_BYTES = 64 * 1024
_LAST_WORDS_BYTES = 4096
_STDIN, _STDOUT = 0, 1


@dataclass(frozen=True, slots=True)
class CodecEnded:
    """A child is over, and nobody asked it to be; ``reason`` is a sentence."""

    reason: str


class CodecProcess:
    """
    A running child; made by ``start``.

    Attributes:
        pid: its process id.
    """

    def __init__(
        self,
        hear: Callable[[Report], None],
        ended: Callable[[CodecEnded], None],
        patience: float,
    ) -> None:
        self.pid = 0
        self._hear = hear
        self._ended = ended
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.SubprocessTransport | None = None
        self._reports = Deframer()
        self._fed = 0
        self._consumed: int | None = None
        self._progressed_at = self._loop.time()
        self._reason = ""
        self._last_words = b""
        self._is_stopping = False
        self._over = asyncio.Event()

    @classmethod
    async def start(
        cls,
        job: CodecJob,
        *,
        hear: Callable[[Report], None],
        ended: Callable[[CodecEnded], None],
        patience: float = 5.0,
    ) -> CodecProcess:
        """
        Start a child on *job*.

        Raises:
            OSError: the system has no room for another process.
        """
        codec = cls(hear, ended, patience)
        await codec._loop.subprocess_exec(
            lambda: _Pipes(codec),
            sys.executable,
            *("-m", "groundwave.audio.codec"),
            env=child_environment(),
        )
        codec._write(msgspec.msgpack.encode(job))
        codec._look_after()
        return codec

    @property
    def pending_bytes(self) -> int:
        """Bytes fed that the child has not worked off."""
        return self._fed - (self._consumed or 0)

    def feed(self, data: bytes) -> None:
        """Give the child the source's next bytes; nothing happens if it is over."""
        if self._over.is_set() or self._reason:
            return
        if not self.pending_bytes:
            self._progressed_at = self._loop.time()
        self._fed += len(data)
        if self.pending_bytes > MOST_PENDING_BYTES:
            self._kill(f"The codec fell {self.pending_bytes} bytes behind.")
            return
        for start in range(0, len(data), _CHUNK_BYTES):
            self._write(data[start : start + _CHUNK_BYTES])

    async def stop(self) -> None:
        """
        Let the child finish what it was fed, and end it.

        Its last frames are heard before this returns; a child that does not end
        by itself within ``STOPPING_SECONDS`` is killed.
        """
        self._is_stopping = True
        if (pipe := self._pipe_in()) is not None:
            pipe.close()
        try:
            async with asyncio.timeout(STOPPING_SECONDS):
                await self._over.wait()
        except TimeoutError:
            self._kill("The codec did not stop when asked to.")
            await self._over.wait()

    def _write(self, body: bytes) -> None:
        pipe = self._pipe_in()
        if pipe is not None and not pipe.is_closing():
            pipe.write(framed(body))

    def _pipe_in(self) -> asyncio.WriteTransport | None:
        if self._transport is None:
            return None
        return cast(
            "asyncio.WriteTransport | None", self._transport.get_pipe_transport(_STDIN)
        )

    def _look_after(self) -> None:
        """Look again and again whether the child is hung."""
        if self._over.is_set() or self._reason:
            return
        starting = self._consumed is None
        patience = max(self._patience, STARTING_SECONDS if starting else 0.0)
        waited = self._loop.time() - self._progressed_at
        if self.pending_bytes and waited > patience:
            self._kill(f"The codec took in nothing for {waited:.0f} seconds.")
        else:
            self._loop.call_later(self._patience / 4, self._look_after)

    def _kill(self, reason: str) -> None:
        self._reason = self._reason or reason
        if self._transport is not None and self._transport.get_returncode() is None:
            self._transport.kill()

    def has_started(self, transport: asyncio.SubprocessTransport) -> None:
        """The child runs and its pipes are open."""
        self._transport = transport
        self.pid = transport.get_pid() or 0

    def received(self, descriptor: int, data: bytes) -> None:
        """Take what the child wrote."""
        if descriptor != _STDOUT:
            self._last_words = (self._last_words + data)[-_LAST_WORDS_BYTES:]
            return
        self._reports.receive_data(data)
        try:
            for body in self._reports.bodies():
                self._report(report_in(body))
        except ChildGarbled as garbled:
            self._kill(f"The codec answered nonsense. {garbled}")

    def _report(self, report: Report) -> None:
        if isinstance(report, Consumed):
            self._consumed = report.total
            self._progressed_at = self._loop.time()
        self._hear(report)

    def is_over(self) -> None:
        """The child has exited and its pipes are empty."""
        self._over.set()
        if self._transport is not None:
            self._transport.close()
        if not self._is_stopping:
            self._ended(CodecEnded(self._reason or self._how_it_ended()))

    def _how_it_ended(self) -> str:
        returncode = self._transport.get_returncode() if self._transport else None
        if returncode is not None and returncode < 0:
            name = signal.strsignal(-returncode) or "unknown"
            return f"The codec was ended by signal {-returncode} ({name})."
        said = self._last_words.decode(errors="replace").strip().rpartition("\n")[2]
        because = f", saying {said!r}" if said else ""
        return f"The codec ended by itself with status {returncode}{because}."


class _Pipes(asyncio.SubprocessProtocol):
    """What asyncio calls; the codec does the work."""

    def __init__(self, codec: CodecProcess) -> None:
        self._codec = codec

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._codec.has_started(cast("asyncio.SubprocessTransport", transport))

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._codec.received(fd, data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._codec.is_over()


def child_environment() -> dict[str, str]:
    """Return the environment for a child: numpy need not start a thread a core."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
