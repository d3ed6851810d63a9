from __future__ import annotations

import asyncio
import os
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from equipment.callers import until
from equipment.transmitters import free_port_pair, kgnd, lineup_of
from groundwave.audio.standby import conform_file
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.messages import Codec, MountLine, Role, SourceHeld
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.statistics import health
from groundwave.transmitter.supervision import Guard


SOUND = Path(__file__).parents[1] / "vectors" / "frames" / "mp3-cbr.mp3"
MP3 = MountLine(path="/kgnd.mp3", codec=Codec.MP3)
# More than a frame of AAC can hold.
UNUSABLE = MountLine(path="/kgnd.aac", codec=Codec.AAC, bitrate_kbps=320, channels=1)


@asynccontextmanager
async def transmitter(data: Path, *, built_in: Path = Path("/nowhere.mp3")):
    environment = Environment.read(
        {
            **os.environ,
            "GROUNDWAVE_DATA": str(data),
            "GROUNDWAVE_AIR_PORT": str(free_port_pair()),
        }
    )
    transmitter = Transmitter(environment)
    transmitter.stations.built_in = built_in
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


def hold(role: Role | None) -> SourceHeld:
    return SourceHeld(station="kgnd", role=role, by="Ines")


# --- a station that is opened anew -------------------------------------------------


@pytest.mark.parametrize("facts", [{}, {"tape_hours": 3.0}])
async def test_a_station_is_never_missing_while_it_is_opened_anew(tmp_path, facts):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(lineup_of(kgnd()))
        before = house.stations["kgnd"]
        taking = asyncio.create_task(
            house.take_lineup(lineup_of(kgnd(mounts=(MP3,), **facts), edition=2))
        )
        while not taking.done():
            assert "kgnd" in house.stations
            await asyncio.sleep(0)
        await taking
        after = house.stations["kgnd"]
        assert after is not before
        # The tape goes on, unless it is what was changed.
        assert (after.recorder is before.recorder) is not facts


async def test_a_station_that_is_opened_anew_goes_on_where_the_tape_ends(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(lineup_of(kgnd()))
        before = house.stations["kgnd"]
        before.on_air, before.title = Role.MAIN, "Vatn"
        before.outputs["high"].position = 1234.5
        await house.take_lineup(lineup_of(kgnd(mounts=(MP3,)), edition=2))
        station = house.stations["kgnd"]
        assert station.outputs["high"].position == 1234.5
        # Its own mounts begin afresh, and pages hear that nobody is on the air.
        assert station.outputs["/kgnd.mp3"].position is None
        await until(lambda: station.on_air is None)
        assert station.title == ""
        # The chain may have looked in between; nobody does before the next line.
        before.on_air, before.title = Role.MAIN, "Vatn"
        station.go_on_from(before)
        assert (station.on_air, station.title) == (Role.MAIN, "Vatn")
        await until(lambda: station.on_air is None)


async def test_mounts_that_cannot_be_made_leave_the_station_on_the_air_as_it_was(
    tmp_path,
):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(lineup_of(kgnd()))
        before = house.stations["kgnd"]
        unusable = kgnd(mounts=(MP3, UNUSABLE), keys=(), name="KGND")
        await house.take_lineup(lineup_of(unusable, edition=2))

        station = house.stations["kgnd"]
        assert station is before
        assert set(station.mounts) == {"/kgnd.mp3", "/kgnd.aac"}
        # All else is in force: a revoked key above all.
        assert (station.line.name, station.line.keys) == ("KGND", ())
        trouble = house.status().stations[0].trouble
        assert "set /kgnd.aac to 16 to 264. Until then" in trouble
        said = health(house)
        assert said["status"] == "trouble"
        assert said["stations"]["kgnd"]["trouble"] == trouble  # type: ignore[index]

        await house.take_lineup(lineup_of(kgnd(mounts=(MP3,)), edition=3))
        assert set(house.stations["kgnd"].mounts) == {"/kgnd.mp3"}
        assert house.stations["kgnd"].mounts_trouble == ""


async def test_a_transmitter_starts_with_the_mounts_that_can_be_made(tmp_path):
    async with transmitter(tmp_path) as house:
        for edition in (1, 2):
            line = kgnd(mounts=(MP3, UNUSABLE), name=f"KGND {edition}")
            await house.take_lineup(lineup_of(line, edition=edition))
            assert set(house.stations["kgnd"].mounts) == {"/kgnd.mp3"}
            assert "/kgnd.aac" in house.stations["kgnd"].trouble


# --- what a person holds -----------------------------------------------------------


async def test_a_hold_outlives_a_station_that_is_opened_anew_and_a_restart(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(rebuilt(1))
        house.hold(hold(Role.BACKUP))
        await house.take_lineup(rebuilt(2))
        assert house.stations["kgnd"].held is Role.BACKUP
    async with transmitter(tmp_path) as house:
        assert house.stations["kgnd"].held is Role.BACKUP
        house.hold(hold(Role.MAIN))
        house.hold(hold(None))
    async with transmitter(tmp_path) as house:
        assert house.stations["kgnd"].held is None


async def test_a_station_that_left_the_line_up_is_held_by_nobody(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(rebuilt(1))
        house.hold(hold(Role.BACKUP))
        await house.take_lineup(lineup_of(edition=2))
        await house.take_lineup(rebuilt(3))
        assert house.stations["kgnd"].held is None


@pytest.mark.parametrize("damage", [b"", b"{", b'{"kgnd": "nobody"}', b"\xff"])
async def test_damaged_holds_keep_no_transmitter_from_starting(tmp_path, damage):
    (tmp_path / "transmitter").mkdir()
    (tmp_path / "transmitter" / "holds.json").write_bytes(damage)
    async with transmitter(tmp_path) as house:
        await house.take_lineup(rebuilt(1))
        assert house.stations["kgnd"].held is None


# --- the standby sound ---------------------------------------------------------------


async def test_a_standby_sound_that_is_missing_leaves_the_built_in_one(tmp_path):
    async with transmitter(tmp_path, built_in=SOUND) as house:
        await house.take_lineup(lineup_of(kgnd(standby="/nowhere/tone.mp3")))
        station = house.stations["kgnd"]
        await until(lambda: station.trouble, seconds=20)
        await until(lambda: station.on_air is Role.STANDBY)
        assert "tone.mp3 cannot be used: No such file" in station.trouble
        assert "until then the built-in is heard" in station.trouble


async def test_a_stations_own_standby_sound_takes_the_place_of_the_built_in(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(lineup_of(kgnd(standby=str(SOUND))))
        station = house.stations["kgnd"]
        await until(lambda: station.on_air is Role.STANDBY, seconds=20)
        assert station.trouble == ""


async def test_without_any_standby_sound_the_station_says_what_to_do(tmp_path):
    async with transmitter(tmp_path) as house:
        await house.take_lineup(lineup_of(kgnd()))
        station = house.stations["kgnd"]
        await until(lambda: station.trouble)
        assert "restart the transmitter" in station.trouble


async def test_the_air_goes_on_while_a_standby_sound_is_read(tmp_path):
    async with transmitter(tmp_path / "other") as house:
        await house.take_lineup(lineup_of(kgnd()))
        outputs = house.stations["kgnd"].outputs.values()
        encodings = [output.encoding for output in outputs]
    data = tmp_path / "data"
    files = await conform_file(SOUND, encodings, into=data / "standby" / "kgnd")
    slow = files["/kgnd.mp3"]
    frames = slow.read_bytes()
    slow.unlink()
    os.mkfifo(slow)
    is_being_read, air_goes_on, waited = threading.Event(), threading.Event(), []

    def be_slow() -> None:
        with slow.open("wb") as file:
            is_being_read.set()
            waited.append(air_goes_on.wait(5))
            file.write(frames)

    disk = threading.Thread(target=be_slow)
    disk.start()
    async with transmitter(data, built_in=SOUND) as house:
        await house.take_lineup(lineup_of(kgnd()))
        assert await asyncio.to_thread(is_being_read.wait, 5)
        air_goes_on.set()
        await until(lambda: house.stations["kgnd"].standby is not None)
    disk.join()
    assert waited == [True]
