"""Our side: the transmitter as it ships, with one station that has one mount."""

from __future__ import annotations

import hashlib
import secrets
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from groundwave.patchbay.environment import Environment
from groundwave.patchbay.lineup import save_lineup
from groundwave.patchbay.messages import (
    Codec,
    KeyLine,
    LineupPublished,
    MountLine,
    Role,
    StationLine,
)
from groundwave.project.bench.server import HOST, Server, free_port, process


STATION = "bench"
MOUNT = f"/{STATION}.mp3"
# Longer than a short run lasts, so that nothing in it is special; a soak needs
# one that is full before it starts to measure.
WINDOW_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Plant:
    """A running transmitter, with the keys to its station by role."""

    server: Server
    keys: dict[Role, str]
    lineup: LineupPublished
    environment: Environment


@asynccontextmanager
async def transmitter(folder: Path) -> AsyncIterator[Server]:
    """
    Run the transmitter with *folder* for its data.

    Raises:
        Unmeasurable: it did not come up.
    """
    async with plant(folder, roles=[Role.MAIN]) as running:
        yield running.server


@asynccontextmanager
async def plant(
    folder: Path, *, roles: Iterable[Role], window_seconds: float = WINDOW_SECONDS
) -> AsyncIterator[Plant]:
    """
    Run the transmitter with a key for each of *roles*.

    Raises:
        Unmeasurable: it did not come up.
    """
    keys = {role: secrets.token_hex(20) for role in roles}
    lineup = lineup_with(keys, window_seconds=window_seconds)
    port = free_port(count=2)  # SHOUTcast sources use the next one
    variables = {
        "GROUNDWAVE_DATA": str(folder),
        "GROUNDWAVE_BIND": HOST,
        "GROUNDWAVE_AIR_PORT": str(port),
    }
    environment = Environment.read(variables)
    save_lineup(environment.lineup_file, lineup)
    command = (sys.executable, "-m", "groundwave.transmitter")
    log = folder / "transmitter.log"
    async with process(command, port=port, log=log, environment=variables) as pid:
        server = Server(
            name="Groundwave",
            pid=pid,
            port=port,
            listen_path=MOUNT,
            source_path=f"/{STATION}",
            source_password=keys[Role.MAIN],
            log=log,
        )
        yield Plant(server, keys, lineup, environment)


def lineup_with(keys: dict[Role, str], *, window_seconds: float) -> LineupPublished:
    """Return the line-up of the one station, whose sources have these *keys*."""
    station = StationLine(
        slug=STATION,
        name="Bench",
        timezone="UTC",
        mounts=(MountLine(path=MOUNT, codec=Codec.MP3),),
        keys=tuple(
            KeyLine(
                id=number,
                person=f"The bench's {role}",
                role=role,
                digest=hashlib.sha256(key.encode()).hexdigest(),
            )
            for number, (role, key) in enumerate(keys.items(), start=1)
        ),
        live_window_seconds=window_seconds,
    )
    return LineupPublished(edition=1, stations=(station,))
