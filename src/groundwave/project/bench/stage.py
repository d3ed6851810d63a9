"""
One server on the air with one encoder, for one measurement.

Servers take turns rather than run side by side: each has the machine to itself,
and each starts with fresh memory.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import msgspec

from groundwave.project.bench.encoder import Pace, encoding, entitle
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.server import HOST, Server, last_words
from groundwave.project.bench.vitals import Vitals, machine_cpu
from groundwave.project.bench.watch import Watch


Peer = Callable[[Path], AbstractAsyncContextManager[Server]]

# Longer than the burst, so that the first listener is sent a whole one, and
# longer than a transmitter waits before it leaves its standby sound.
WARM_SECONDS = 10.0
TITLE_SECONDS = 10.0


class Snapshot(msgspec.Struct, frozen=True):
    """What the server, the driver and the whole machine had used by an instant."""

    at: float
    server: Vitals
    driver: Vitals
    machine: float

    @classmethod
    def take(cls, server: int, driver: int) -> Snapshot:
        """Take it now, of the processes *server* and *driver*."""
        return cls(
            time.monotonic(), Vitals.of(server), Vitals.of(driver), machine_cpu()
        )


class Usage(msgspec.Struct, frozen=True):
    """
    CPU used between two snapshots, as shares of one core.

    ``elsewhere`` is everything else on the machine: the encoder, the bench
    itself, and whatever noise the numbers have to be taken with.
    """

    seconds: float
    server: float
    children: float
    driver: float
    elsewhere: float

    @classmethod
    def between(cls, before: Snapshot, after: Snapshot) -> Usage:
        """Return what was used from *before* to *after*."""
        seconds = after.at - before.at
        server = after.server.cpu - before.server.cpu
        children = after.server.children_cpu - before.server.children_cpu
        driver = after.driver.cpu - before.driver.cpu
        rest = after.machine - before.machine - server - children - driver
        return cls(
            seconds,
            server / seconds,
            children / seconds,
            driver / seconds,
            max(0.0, rest / seconds),
        )


@asynccontextmanager
async def on_air(
    peer: Peer, loop: Sequence[bytes], watch: Watch
) -> AsyncIterator[tuple[Server, Pace]]:
    """
    Start *peer* in a new folder, feed it *loop*, yield both when it is warm.

    Raises:
        Unmeasurable: it did not start, or failed meanwhile; its log is gone with
            the folder, so the message has its last words.
    """
    with tempfile.TemporaryDirectory(prefix="groundwave-bench-") as folder:
        async with peer(Path(folder)) as server:
            try:
                async with _encoder(server, loop) as pace:
                    await watch.wait(WARM_SECONDS, f"{server.name}: going on the air")
                    yield server, pace
            except Unmeasurable as reason:
                raise Unmeasurable(
                    f"{server.name}: {reason} {last_words(server.log)}"
                ) from None


def _encoder(
    server: Server, loop: Sequence[bytes]
) -> AbstractAsyncContextManager[Pace]:
    return encoding(HOST, server.port, server.source_path, server.source_password, loop)


@asynccontextmanager
async def changing_titles(server: Server) -> AsyncIterator[None]:
    """Change the title every few seconds, as a music station does."""
    changing = asyncio.create_task(_change_titles(server))
    try:
        yield
    finally:
        changing.cancel()
        with suppress(asyncio.CancelledError):
            await changing


async def _change_titles(server: Server) -> None:
    for number in itertools.count(1):
        await entitle(
            HOST,
            server.port,
            server.source_path,
            server.source_password,
            f"The Bench - Number {number}",
        )
        await asyncio.sleep(TITLE_SECONDS)


def source_addresses() -> Iterator[str]:
    """
    Yield loopback addresses for listeners to come from, a new one each time.

    A connection's ports rest for a minute after it; another address, in this
    run and from one run to the next, has all its ports free.
    """
    block = os.getpid() % 250 + 1
    for number in itertools.count():
        yield f"127.0.{(block + number // 250) % 250 + 1}.{number % 250 + 1}"
