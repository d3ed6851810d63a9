from __future__ import annotations

import pytest

from equipment.callers import Dial, ask, until, written
from equipment.transmitters import digest, kgnd_without_standby, lineup_of
from groundwave.patchbay.messages import Codec, KeyLine, MountLine, Role, StationLine
from groundwave.transmitter.daemon import Transmitter


KGND = kgnd_without_standby()
KXYZ = kgnd_without_standby(
    slug="kxyz",
    name="KXYZ",
    mounts=(MountLine(path="/kxyz.mp3", codec=Codec.MP3),),
)


@pytest.fixture
async def kgnd_listener(house: Transmitter, dial: Dial):
    """Somebody on KGND, who does not want to be disturbed."""
    caller = await dial(house.port, written("GET /kgnd.mp3 HTTP/1.0"))
    await caller.hear_head()
    return caller


async def publish(house: Transmitter, *lines: StationLine) -> None:
    await house.take_lineup(lineup_of(*lines, edition=house.edition + 1))


async def test_what_listeners_need_not_notice_is_changed_in_place(
    house: Transmitter, connect, kgnd_listener
):
    await connect()
    station, sources = house.stations["kgnd"], dict(house.stations["kgnd"].sources)
    await publish(house, kgnd_without_standby(name="KGND News", grace_seconds=9.0))
    assert house.stations["kgnd"] is station
    assert station.sources == sources
    assert station.listeners == 1
    head = await ask(house.port, "HEAD /kgnd.mp3")
    assert head.header("icy-name") == "KGND News"


async def test_a_key_that_is_revoked_ends_its_source_and_no_other(
    house: Transmitter, connect
):
    main, _ = await connect(Role.MAIN)
    await connect(Role.BACKUP)
    kept = tuple(key for key in KGND.keys if key.role is not Role.MAIN)
    await publish(house, kgnd_without_standby(keys=kept))
    assert await main.hear_end() == b""
    assert set(house.stations["kgnd"].sources) == {Role.BACKUP}


async def test_a_key_that_was_given_another_role_has_to_connect_again(
    house: Transmitter, connect
):
    main, _ = await connect(Role.MAIN)
    moved = KeyLine(id=2, person="main", role=Role.STUDIO, digest=digest("new"))
    await publish(house, kgnd_without_standby(keys=(moved,)))
    assert await main.hear_end() == b""


async def test_a_station_that_is_added_disturbs_nobody_at_the_first(
    house: Transmitter, connect, kgnd_listener
):
    await connect()
    station = house.stations["kgnd"]
    await publish(house, KGND, KXYZ)
    assert list(house.stations) == ["kgnd", "kxyz"]
    assert house.stations["kgnd"] is station
    assert set(station.sources) == {Role.MAIN}
    assert station.listeners == 1
    assert (await ask(house.port, "HEAD /kxyz.mp3")).status == 200
    await connect(Role.MAIN, slug="kxyz")


async def test_a_station_that_is_taken_away_ends_its_sources_and_listeners(
    house: Transmitter, connect, dial: Dial, kgnd_listener
):
    await publish(house, KGND, KXYZ)
    other = await dial(house.port, written("GET /kxyz.mp3 HTTP/1.0"))
    await other.hear_head()
    source, _ = await connect(slug="kxyz")
    await publish(house, KGND)
    assert await other.hear_end() == b""
    assert await source.hear_end() == b""
    assert (await ask(house.port, "GET /kxyz.mp3")).status == 404
    assert house.stations["kgnd"].listeners == 1


async def test_a_mount_that_is_added_opens_only_its_own_station_anew(
    house: Transmitter, dial: Dial, kgnd_listener
):
    await publish(house, KGND, KXYZ)
    before = house.stations["kgnd"]
    low = MountLine(path="/kxyz-low.mp3", codec=Codec.MP3, bitrate_kbps=48)
    changed = kgnd_without_standby(slug="kxyz", name="KXYZ", mounts=(*KXYZ.mounts, low))
    await publish(house, KGND, changed)
    assert (await ask(house.port, "HEAD /kxyz-low.mp3")).status == 200
    assert house.stations["kgnd"] is before
    assert before.listeners == 1


async def test_a_session_is_recorded_for_everyone_a_closed_station_sends_away(
    house: Transmitter, kgnd_listener
):
    await publish(house)
    await until(lambda: house.ledger.waiting)
    batch = house.ledger.next_batch()
    assert batch
    assert [session.mount for session in batch.sessions] == ["/kgnd.mp3"]


async def test_a_station_that_cannot_be_opened_keeps_no_other_off_the_air(
    house: Transmitter, kgnd_listener
):
    odd = MountLine(path="/kxyz.mp3", codec=Codec.MP3, bitrate_kbps=100)
    broken = kgnd_without_standby(slug="kxyz", mounts=(odd,))
    third = kgnd_without_standby(
        slug="third", mounts=(MountLine(path="/third.mp3", codec=Codec.MP3),)
    )
    await publish(house, KGND, broken, third)
    assert list(house.stations) == ["kgnd", "third"]
    assert house.stations["kgnd"].listeners == 1
    await publish(house, KGND, KXYZ, third)  # it has been put right
    assert list(house.stations) == ["kgnd", "third", "kxyz"]
