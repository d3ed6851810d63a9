from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from pathlib import Path

from equipment.transmitters import free_port_pair, kgnd, lineup_of
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.messages import Codec, MountLine
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.supervision import Guard


@asynccontextmanager
async def transmitter(data: Path):
    environment = Environment.read(
        {
            **os.environ,
            "GROUNDWAVE_DATA": str(data),
            "GROUNDWAVE_AIR_PORT": str(free_port_pair()),
        }
    )
    transmitter = Transmitter(environment)
    await transmitter.open()
    try:
        yield transmitter
    finally:
        await transmitter.close()


def rebuilt(edition: int):
    """A line-up whose mounts differ, so that the station must be opened anew."""
    mount = MountLine(path=f"/kgnd-{edition}.mp3", codec=Codec.MP3)
    return lineup_of(kgnd(mounts=(mount,), standby="/nowhere.mp3"), edition=edition)


async def test_line_ups_that_arrive_together_are_taken_one_after_the_other(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(rebuilt(1))
        await asyncio.gather(*(house.take_lineup(rebuilt(n)) for n in (2, 3, 4)))
        assert house.edition == 4
        assert list(house.stations["kgnd"].mounts) == ["/kgnd-4.mp3"]
        assert len(house.stations) == 1


async def test_an_older_edition_that_was_overtaken_is_not_put_in_force(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(rebuilt(5), may_go_back=False)
        await house.take_lineup(rebuilt(4), may_go_back=False)
        assert house.edition == 5
        await house.take_lineup(rebuilt(4), may_go_back=True)
        assert house.edition == 4


async def test_sockets_that_say_nothing_keep_no_encoder_off_the_air(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(lineup_of(kgnd(standby="/nowhere.mp3")))
        silent = [
            await asyncio.open_connection("127.0.0.1", house.port + 1)
            for _ in range(130)
        ]
        # The kernel holds back who says nothing; these say half a password.
        for _, writer in silent:
            writer.write(b"half a pass")
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(
            b"SOURCE /kgnd HTTP/1.0\r\nAuthorization: Basic "
            b"c291cmNlOmtleS1vZi10aGUtbWFpbg==\r\n\r\n"
        )
        assert b" 200 " in await asyncio.wait_for(reader.readline(), 10)
        for _, other in [*silent, (reader, writer)]:
            other.close()


def test_one_stations_fault_is_not_the_others():
    guard, served = Guard(), []

    def fail() -> None:
        served.append("broken")
        raise ZeroDivisionError

    for turn in range(30):
        guard.carry_out("broken", fail, now=turn * 0.05)
        guard.carry_out("whole", lambda: served.append("whole"), now=turn * 0.05)
    assert served.count("whole") == 30
    assert served.count("broken") == 2
