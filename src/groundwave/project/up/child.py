"""
One part of the station as a process of its own, started again whenever it ends.

Laws:

* What a child does never reaches another child: each has its own process group, its
  own pipe and its own back-off.
* Nothing of a child outlives it: what is left of its group is ended before it is
  started again, because it would hold the port.
* Only processes of our own groups are ever signalled.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from groundwave.project.up.readiness import Ready, until


FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
STEADY_SECONDS = 60.0
LONGEST_LINE = 1 << 16

Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Part:
    """
    What is to be kept running.

    Attributes:
        name: one word, in front of each line that it writes.
        ready: tells when it does its work.
        stop_seconds: how long it may take to stop when asked.
    """

    name: str
    command: tuple[str, ...]
    ready: Ready
    stop_seconds: float = 10.0


class Child:
    """
    A part, running.

    Attributes:
        is_ready: set while the part does its work.
        restarts: how often it was started again.
    """

    def __init__(
        self, part: Part, *, tell: Tell, first_wait: float = FIRST_WAIT_SECONDS
    ) -> None:
        self.part = part
        self.is_ready = asyncio.Event()
        self.restarts = 0
        self._tell = tell
        self._first_wait = first_wait
        self._process: Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it and keep it running until ``stop``."""
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self, hurry: asyncio.Event) -> None:
        """Ask it to stop; end it if it does not, or when *hurry* is set."""
        self._stopping.set()
        if self._keeping is None:
            return
        self._signal(signal.SIGTERM)
        patience = asyncio.create_task(hurry.wait())
        await asyncio.wait(
            [self._keeping, patience],
            timeout=self.part.stop_seconds,
            return_when=asyncio.FIRST_COMPLETED,
        )
        patience.cancel()
        if not self._keeping.done():
            self._sweep()
        await self._keeping

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        wait = self._first_wait
        while not self._stopping.is_set():
            started = loop.time()
            ended = await self._run_once()
            if self._stopping.is_set():
                break
            if loop.time() - started > STEADY_SECONDS:
                wait = self._first_wait
            self._tell(
                self.part.name, f"{ended}. It is started again in {wait:.2g} seconds."
            )
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)
            self.restarts += 1

    async def _run_once(self) -> str:
        """Run it to its end and return a sentence's beginning that says how it ended."""
        try:
            process = await self._spawn()
        except OSError as problem:
            return f"The system cannot start it: {problem.strerror}"
        self._process = process
        reading = asyncio.create_task(self._relay_lines(process))
        looking = asyncio.create_task(self._look())
        try:
            status = await process.wait()
        finally:
            looking.cancel()
            self.is_ready.clear()
            self._sweep()
            self._process = None
        with suppress(TimeoutError):
            await asyncio.wait_for(reading, 2.0)
        return _how(status)

    async def _spawn(self) -> Process:
        leash = (sys.executable, "-m", "groundwave.project.up.leash", str(os.getpid()))
        process = await asyncio.create_subprocess_exec(
            *leash,
            *self.part.command,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        if self._stopping.is_set():
            process.terminate()
        return process

    async def _relay_lines(self, process: Process) -> None:
        if process.stdout is None:
            return
        waiting = b""
        while data := await process.stdout.read(LONGEST_LINE):
            *lines, waiting = (waiting + data).split(b"\n")
            if len(waiting) > LONGEST_LINE:
                lines, waiting = [*lines, waiting], b""
            for line in lines:
                self._tell(self.part.name, line.decode(errors="replace"))
        if waiting:
            self._tell(self.part.name, waiting.decode(errors="replace"))

    async def _look(self) -> None:
        await until(self.part.ready)
        self.is_ready.set()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)

    def _sweep(self) -> None:
        """End whatever is left of the child's own process group."""
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _how(status: int) -> str:
    if status < 0:
        return f"It was ended by {signal.Signals(-status).name}"
    return f"It ended by itself with status {status}"
