from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from equipment.callers import Caller, Dial, until
from equipment.transmitters import (
    free_port_pair,
    key_for,
    kgnd_without_standby,
    lineup_of,
)
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.messages import Role
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.source import Source
from groundwave.wire.icecast.encoder import source_request


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
    # Nobody waits for a standby loop to be made.
    house.stations.built_in = tmp_path / "no-standby.mp3"
    await house.open()
    yield house
    await house.close()


@pytest.fixture
async def house(empty_house: Transmitter) -> Transmitter:
    """A transmitter that has KGND's line-up, and nobody on the air."""
    await empty_house.take_lineup(lineup_of(kgnd_without_standby()))
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


@pytest.fixture
def connect(
    dial: Dial, house: Transmitter
) -> Callable[..., Awaitable[tuple[Caller, Source]]]:
    """Let an encoder connect; too little is sent to start a codec for."""

    async def connect(
        role: Role = Role.MAIN, *, slug: str = "kgnd", sound: bytes = b"\xff\xfb\x50"
    ) -> tuple[Caller, Source]:
        asked = source_request(
            f"/{slug}", "source", key_for(role), "audio/mpeg", method="SOURCE"
        )
        caller = await dial(house.port, asked)
        assert (await caller.hear_head()).status == 200
        caller.say(sound)
        sources = house.stations[slug].sources
        await until(lambda: role in sources)
        return caller, sources[role]

    return connect
