from __future__ import annotations

import pytest

from equipment.callers import Caller, Dial, basic, until, written
from equipment.transmitters import key_for, kgnd_without_standby, lineup_of
from groundwave.patchbay.messages import Codec, LineupPublished, MountLine, Role
from groundwave.transmitter.daemon import Transmitter


MAIN = key_for(Role.MAIN)


async def put(house: Transmitter, dial: Dial, *headers: str) -> Caller:
    request = written("PUT /kgnd", basic("source", MAIN), *headers)
    caller = await dial(house.port, request)
    await until(lambda: house.stations["kgnd"].sources)
    return caller


def let_time_pass(house: Transmitter) -> None:
    """Whatever has a deadline is past it."""
    for encoder in house.router.encoders:
        encoder._deadline = 0.0
    house.router.sweep()


async def test_a_source_that_falls_silent_on_the_wire_is_let_go(
    house: Transmitter, connect
):
    caller, _ = await connect()
    house.router.sweep()
    assert house.stations["kgnd"].sources
    let_time_pass(house)
    assert house.stations["kgnd"].sources == {}
    assert await caller.hear_end() == b""


async def test_a_shoutcast_encoder_that_never_describes_its_stream_is_let_go(
    house: Transmitter, dial: Dial
):
    caller = await dial(house.port + 1, f"{MAIN}\r\n".encode())
    await caller.hear_bytes(5)
    let_time_pass(house)
    assert await caller.hear_end() == b"icy-caps:11\r\n\r\n"[-17:]
    assert not house.router.encoders


async def test_an_upload_that_ends_is_answered_at_its_end(
    house: Transmitter, dial: Dial
):
    caller = await put(house, dial, "Transfer-Encoding: chunked")
    caller.say(b"3\r\n\xff\xfb\x90\r\n0\r\n\r\n")
    answer = await caller.hear()
    assert answer.status == 200
    await until(lambda: not house.stations["kgnd"].sources)


async def test_an_upload_that_is_cut_off_frees_its_place(
    house: Transmitter, dial: Dial
):
    caller = await put(house, dial, "Transfer-Encoding: chunked")
    caller.say(b"3\r\n\xff\xfb")
    caller.hang_up()
    await until(lambda: not house.stations["kgnd"].sources)
    await until(lambda: not house.router.encoders)


@pytest.mark.parametrize("damage", [b"nonsense\r\n", b"3\r\nabcd\r\n", b"a" * 300])
async def test_a_damaged_upload_ends_in_an_attempt_that_says_what_to_do(
    house: Transmitter, dial: Dial, damage: bytes
):
    caller = await put(house, dial, "Transfer-Encoding: chunked")
    caller.say(b"3\r\n\xff\xfb\x90\r\n" + damage)
    assert await caller.hear_end() == b""
    attempt = house.status().attempts[-1]
    assert attempt.outcome == "bad_request"
    assert "choose an encoder setting without chunked transfer" in attempt.sentence
    assert house.stations["kgnd"].sources == {}


async def test_an_encoder_that_leaves_before_it_is_on_air_leaves_nothing_behind(
    house: Transmitter, dial: Dial, connect
):
    await connect()  # half-open: the next one has to wait for its place
    request = written("SOURCE /kgnd HTTP/1.0", basic("source", MAIN))
    waiting = await dial(house.port, request)
    await until(lambda: len(house.router.encoders) == 2)
    waiting.hang_up()
    await until(lambda: not house.router.encoders, seconds=4)
    assert house.stations["kgnd"].sources == {}


async def test_stopping_the_transmitter_ends_every_source(
    empty_house: Transmitter, house: Transmitter, connect
):
    callers = [(await connect(role))[0] for role in (Role.MAIN, Role.BACKUP)]
    await house.router.close()
    for caller in callers:
        assert await caller.hear_end() == b""
    assert house.stations["kgnd"].sources == {}


# --- a line-up that changes meanwhile ----------------------------------------------

HEADERS = b"content-type:audio/mpeg\r\n\r\n"
OTHER_MOUNTS = (MountLine(path="/other.mp3", codec=Codec.MP3),)


def changed(**facts: object) -> LineupPublished:
    return lineup_of(kgnd_without_standby(**facts), edition=2)


async def test_a_key_revoked_before_a_shoutcast_encoder_described_itself_is_no_key(
    house: Transmitter, dial: Dial
):
    caller = await dial(house.port + 1, f"{MAIN}\r\n".encode())
    await caller.hear_bytes(5)
    await house.take_lineup(changed(keys=()))
    caller.say(HEADERS)
    assert await caller.hear_end()
    assert house.stations["kgnd"].sources == {}
    assert house.status().attempts[-1].outcome == "wrong_key"


async def test_a_shoutcast_encoder_goes_on_the_air_of_the_station_as_it_is_now(
    house: Transmitter, dial: Dial
):
    caller = await dial(house.port + 1, f"{MAIN}\r\n".encode())
    await caller.hear_bytes(5)
    await house.take_lineup(changed(mounts=OTHER_MOUNTS))
    caller.say(HEADERS)
    await until(lambda: house.stations["kgnd"].sources)


async def test_a_station_that_leaves_takes_no_shoutcast_encoder_any_more(
    house: Transmitter, dial: Dial
):
    caller = await dial(house.port + 1, f"{MAIN}\r\n".encode())
    await caller.hear_bytes(5)
    await house.take_lineup(lineup_of(edition=2))
    caller.say(HEADERS)
    assert await caller.hear_end()
    assert house.status().attempts[-1].outcome == "unknown_mount"


@pytest.mark.parametrize(
    ("facts", "status"), [({"mounts": OTHER_MOUNTS}, 200), ({"keys": ()}, 401)]
)
async def test_who_waits_for_a_half_open_place_is_judged_by_the_line_up_of_now(
    house: Transmitter, dial: Dial, connect, facts: dict[str, object], status: int
):
    await connect()
    request = written("SOURCE /kgnd HTTP/1.0", basic("source", MAIN))
    waiting = await dial(house.port, request)
    await until(lambda: len(house.router.encoders) == 2)
    await house.take_lineup(changed(**facts))
    assert (await waiting.hear_head()).status == status
