"""The encoders of a soak: on the air, cut, silent on the wire, replaced, back."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from contextlib import suppress

from groundwave.patchbay.messages import Role
from groundwave.project.bench.crowd import Seat
from groundwave.project.bench.encoder import Pace, entitle, go_on_air
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.goodbye import reset
from groundwave.project.bench.ours import STATION, Plant
from groundwave.project.bench.server import HOST


# Longer than the transmitter's patience with a source that sends nothing.
MUTE_SECONDS = 20.0
TITLE_SECONDS = 3.0


async def stay_on_air(plant: Plant, role: Role, loop: Sequence[bytes]) -> None:
    """Be the source that is always there."""
    while True:
        _, writer = await _go_on_air(plant, role)
        with suppress(OSError):
            await Pace().send(writer, loop)
        writer.close()


async def come_and_go(
    plant: Plant, role: Role, loop: Sequence[bytes], seat: Seat
) -> None:
    """Be on the air for a while, end it in one of the ways it ends, come back."""
    left_open: asyncio.StreamWriter | None = None
    while True:
        try:
            _, writer = await _go_on_air(plant, role)
        except (Unmeasurable, OSError, TimeoutError):
            await asyncio.sleep(1.0)  # its own old connection is not given up yet
            continue
        if left_open:
            left_open.close()
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(seat.dice.uniform(10.0, 60.0)):
                await Pace().send(writer, loop)
        left_open = await _end(writer, seat)
        await asyncio.sleep(seat.dice.uniform(0.0, 8.0))


async def change_titles(plant: Plant, role: Role, seat: Seat) -> None:
    """Send titles, as automation does, whether or not the source is there."""
    for number in itertools.count(1):
        with suppress(OSError, TimeoutError):
            await entitle(
                HOST,
                plant.server.port,
                f"/{STATION}",
                plant.keys[role],
                f"Soak - Number {number} " + "la " * seat.dice.randint(0, 40),
            )
        await asyncio.sleep(TITLE_SECONDS)


async def _go_on_air(
    plant: Plant, role: Role
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await go_on_air(HOST, plant.server.port, f"/{STATION}", plant.keys[role])


async def _end(writer: asyncio.StreamWriter, seat: Seat) -> asyncio.StreamWriter | None:
    """End the connection, or return it: left open, to be taken over by its own key."""
    match seat.dice.choice(("farewell", "reset", "mute", "half-open")):
        case "farewell":
            writer.close()
        case "reset":
            reset(writer)
        case "mute":
            await asyncio.sleep(MUTE_SECONDS)
            writer.close()
        case _:
            return writer
    return None
