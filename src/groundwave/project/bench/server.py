"""A server under measurement: started in a folder of its own, gone afterwards."""

from __future__ import annotations

import asyncio
import ctypes
import os
import resource
import signal
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from groundwave.project.bench.errors import Unmeasurable


HOST = "127.0.0.1"
START_SECONDS = 20.0
STOP_SECONDS = 10.0

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Server:
    """
    A running server.

    Attributes:
        name: with its version, for tables.
        listen_path: where listeners tune in.
        source_path, source_password: where and how an encoder connects.
        log: the file with everything it printed.
    """

    name: str
    pid: int
    port: int
    listen_path: str
    source_path: str
    source_password: str
    log: Path


@asynccontextmanager
async def process(
    command: Sequence[str],
    *,
    port: int,
    log: Path,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
    patience: float = START_SECONDS,
) -> AsyncIterator[int]:
    """
    Run *command* until the block is left; yield its pid once *port* answers.

    Raises:
        Unmeasurable: it is not installed, or did not come up.
    """
    with log.open("wb") as output:
        try:
            started = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **(environment or {})},
                user=user,
                group=None if user is None else "nogroup",
                extra_groups=None if user is None else [],
                preexec_fn=_end_with_the_bench,
            )
        except FileNotFoundError:
            raise Unmeasurable(f"There is no {command[0]} on this machine.") from None
    try:
        await _answers(port, started, log, patience)
        yield started.pid
    finally:
        await _stop(started)


def _end_with_the_bench() -> None:
    """Ask Linux to end this process should the bench be killed; runs in the child."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port(count: int = 1) -> int:
    """Return a port that is free now, as are the *count* - 1 that follow it."""
    while True:
        with socket.socket() as sock:
            sock.bind((HOST, 0))
            port: int = sock.getsockname()[1]
        if port + count < 65536 and all(map(_is_free, range(port, port + count))):
            return port


def allow_files(count: int) -> None:
    """
    Raise this process's limit of open files, and its children's, to the most.

    Raises:
        Unmeasurable: the most is less than *count*.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < count:
        raise Unmeasurable(
            f"This needs {count} open files in one process and the limit is {most}; "
            "raise it (ulimit -Hn) or ask for fewer listeners."
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def last_words(log: Path) -> str:
    """Return a sentence with the end of *log*."""
    lines = log.read_text(errors="replace").strip().splitlines()[-3:]
    return f"Its last words: {' / '.join(lines) or 'none'}."


async def _answers(
    port: int, started: asyncio.subprocess.Process, log: Path, patience: float
) -> None:
    deadline = time.monotonic() + patience
    while started.returncode is None and time.monotonic() < deadline:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(HOST, port)
            writer.close()
            return
        await asyncio.sleep(0.1)
    how = "did not answer in time" if started.returncode is None else "ended"
    raise Unmeasurable(
        f"The server that should be on port {port} {how}. {last_words(log)}"
    )


async def _stop(started: asyncio.subprocess.Process) -> None:
    if started.returncode is None:
        started.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await started.wait()
    except TimeoutError:
        started.kill()
        await started.wait()


def _is_free(port: int) -> bool:
    with socket.socket() as sock:
        try:
            sock.bind((HOST, port))
        except OSError:
            return False
    return True
