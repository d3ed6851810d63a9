from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from equipment.callers import Caller
from equipment.transmitters import free_port_pair, kgnd, lineup_of
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.messages import StationLine
from groundwave.transmitter.daemon import Transmitter


Dial = Callable[..., Awaitable[Caller]]

# A sound that is not there: no test here waits for a standby loop to be made.
NO_STANDBY = "/nonexistent/standby.mp3"


def station_line(**changes: Any) -> StationLine:
    return kgnd(**{"standby": NO_STANDBY, **changes})


@pytest.fixture
async def faults() -> AsyncIterator[list[dict[str, Any]]]:
    """What nobody caught; there must be nothing."""
    faults: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: faults.append(context))
    yield faults
    assert faults == []


@pytest.fixture
async def empty_house(
    tmp_path: Path, faults: list[dict[str, Any]]
) -> AsyncIterator[Transmitter]:
    """A whole transmitter in this process, without a line-up."""
    place = Environment(
        data=tmp_path, bind="127.0.0.1", site_port=8080, air_port=free_port_pair()
    )
    house = Transmitter(place)
    await house.open()
    yield house
    await house.close()


@pytest.fixture
async def house(empty_house: Transmitter) -> Transmitter:
    """A transmitter that has KGND's line-up, and nobody on the air."""
    await empty_house.take_lineup(lineup_of(station_line()))
    return empty_house


@pytest.fixture
async def dial() -> AsyncIterator[Dial]:
    """Connect to a port, and say something; hung up when the test is over."""
    callers: list[Caller] = []

    async def dial(port: int, data: bytes = b"") -> Caller:
        caller = await Caller.dial(port)
        callers.append(caller)
        caller.say(data)
        return caller

    yield dial
    for caller in callers:
        caller.hang_up()
