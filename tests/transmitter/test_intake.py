from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from equipment.callers import Caller, Dial, basic, until, written
from equipment.transmitters import digest, key_for, kgnd_without_standby, lineup_of
from groundwave.patchbay.messages import KeyLine, Role, Window
from groundwave.transmitter.attempt import KEPT_OF_ONE_ADDRESS
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.intake import HALF_OPEN_SECONDS


MP3 = (Path(__file__).parents[1] / "vectors/frames/mp3-cbr.mp3").read_bytes()
MAIN = key_for(Role.MAIN)


def asking(
    start: str = "SOURCE /kgnd HTTP/1.0",
    *headers: str,
    password: str = MAIN,
    content_type: str = "audio/mpeg",
) -> bytes:
    login = basic("source", password)
    return written(start, login, f"Content-Type: {content_type}", *headers)


@pytest.fixture
async def go_on_air(dial: Dial, house: Transmitter):
    async def go_on_air(**facts: str) -> Caller:
        caller = await dial(house.port, asking(**facts))  # type: ignore[arg-type]
        assert (await caller.hear_head()).status == 200
        caller.say(MP3[:2000])  # too little to start a codec for
        return caller

    return go_on_air


@asynccontextmanager
async def sending(caller: Caller) -> AsyncIterator[None]:
    """The encoder is alive: it sends many times a second."""

    async def send() -> None:
        while True:
            caller.say(MP3[:500])
            await asyncio.sleep(0.1)

    task = asyncio.create_task(send())
    yield
    task.cancel()


def only_on(house: Transmitter, *, in_days: int) -> KeyLine:
    """A key that is good for a minute, some days from now."""
    today = house.clock.now().astimezone(ZoneInfo("America/Denver")).weekday()
    window = Window(weekday=(today + in_days) % 7, starts_at="00:00", minutes=1)
    return KeyLine(
        id=9,
        person="Odetta",
        role=Role.MAIN,
        digest=digest("Odetta's"),
        windows=(window,),
    )


# --- refusals ------------------------------------------------------------------

REFUSALS = [
    ({"password": "wrong"}, "/kgnd", 401, "wrong_key", "copy the whole key again"),
    ({"password": "Odetta's"}, "/kgnd", 403, "outside_window", "your air time"),
    ({}, "/elsewhere", 404, "unknown_mount", "set the encoder's mountpoint"),
    (
        {"content_type": "text/html"},
        "/kgnd",
        415,
        "unsupported_type",
        "set the encoder to MP3 or AAC",
    ),
    (
        {"content_type": "image/jpeg"},
        "/kgnd",
        415,
        "unsupported_type",
        "set the encoder to MP3 or AAC",
    ),
]


@pytest.mark.parametrize("start", ["SOURCE {} HTTP/1.0", "PUT {} HTTP/1.1"])
@pytest.mark.parametrize(("facts", "mount", "status", "outcome", "words"), REFUSALS)
async def test_every_refusal_is_a_sentence_in_the_answer_and_in_the_records(
    house: Transmitter,
    dial: Dial,
    start: str,
    facts: dict[str, str],
    mount: str,
    status: int,
    outcome: str,
    words: str,
):
    keys = (*kgnd_without_standby().keys, only_on(house, in_days=3))
    await house.take_lineup(lineup_of(kgnd_without_standby(keys=keys), edition=2))
    request = asking(start.format(mount), "User-Agent: butt 0.1.37", **facts)
    answer = await (await dial(house.port, request)).hear()

    assert answer.status == status
    assert words in answer.text
    assert ("www-authenticate" in answer.head.headers) is (status == 401)
    attempt = house.status().attempts[-1]
    assert attempt.outcome == outcome
    assert attempt.sentence == answer.text.strip()
    assert (attempt.mount, attempt.agent) == (mount, "butt 0.1.37")
    assert attempt.protocol == start.replace(" {}", "")
    assert attempt.address == "127.0.0.1"


async def test_a_put_that_waits_for_leave_is_refused_instead_of_being_told_to_go_on(
    house: Transmitter, dial: Dial
):
    request = asking("PUT /kgnd", "Expect: 100-continue", password="wrong")
    answer = await (await dial(house.port, request)).hear()
    assert answer.status == 401


async def test_a_request_without_a_password_is_told_what_the_server_can_do(
    house: Transmitter, dial: Dial
):
    poke = await dial(house.port, written("SOURCE /kgnd HTTP/1.0"))
    answer = await poke.hear()
    assert answer.status == 401
    assert "put your source key into the encoder's password field" in answer.text
    assert answer.header("allow") == "GET, PUT, OPTIONS, SOURCE"
    assert await poke.hear_end() == b""
    assert house.status().attempts == ()


async def test_a_transfer_coding_nobody_knows_is_refused_in_words(
    house: Transmitter, dial: Dial
):
    request = asking("PUT /kgnd", "Transfer-Encoding: gzip")
    answer = await (await dial(house.port, request)).hear()
    assert answer.status == 501
    assert "turn other transfer encodings off" in answer.text


async def test_one_address_is_remembered_for_its_last_attempts_only(
    house: Transmitter, dial: Dial
):
    for number in range(KEPT_OF_ONE_ADDRESS + 2):
        request = asking(f"SOURCE /no-{number} HTTP/1.0")
        caller = await dial(house.port, request)
        assert (await caller.hear()).status == 404
        caller.hang_up()
    mounts = [attempt.mount for attempt in house.status().attempts]
    assert mounts == [f"/no-{number}" for number in range(2, KEPT_OF_ONE_ADDRESS + 2)]


# --- admission -----------------------------------------------------------------


@pytest.mark.parametrize("mount", ["/kgnd", "/kgnd.mp3", "/kgnd.aac", "kgnd", "/kgnd/"])
async def test_a_source_is_admitted_at_its_station_however_its_mount_is_written(
    house: Transmitter, dial: Dial, mount: str
):
    caller = await dial(house.port, asking(f"SOURCE {mount} HTTP/1.0"))
    assert (await caller.hear_head()).status == 200
    (attempt,) = house.status().attempts
    assert attempt.outcome == "accepted"
    assert set(house.stations["kgnd"].sources) == {Role.MAIN}


async def test_a_source_that_names_no_mount_is_admitted_where_its_key_is_known(
    house: Transmitter, dial: Dial
):
    caller = await dial(house.port, asking("SOURCE / HTTP/1.0"))
    assert (await caller.hear_head()).status == 200
    assert set(house.stations["kgnd"].sources) == {Role.MAIN}


async def test_without_a_mount_a_wrong_key_is_what_is_complained_of(
    house: Transmitter, dial: Dial
):
    request = asking("SOURCE / HTTP/1.0", password="wrong")
    answer = await (await dial(house.port, request)).hear()
    assert answer.status == 401
    assert "copy the whole key again" in answer.text


async def test_a_put_that_expects_nothing_may_send_as_fast_as_it_can(
    house: Transmitter, dial: Dial
):
    song = MP3 * 9  # more than is kept before the verdict
    await dial(house.port, asking("PUT /kgnd") + song)
    await until_received(await source_at(house, Role.MAIN), song)


async def test_what_a_source_sends_while_it_waits_for_a_half_open_place_is_heard(
    house: Transmitter, dial: Dial, go_on_air
):
    await go_on_air()
    present, song = await source_at(house, Role.MAIN), MP3 * 9
    await dial(house.port, asking("PUT /kgnd") + song)
    sources = house.stations["kgnd"].sources
    await until(lambda: sources.get(Role.MAIN) not in (present, None))
    await until_received(await source_at(house, Role.MAIN), song)


async def until_received(source, song: bytes) -> None:
    await until(lambda: source.feed.bytes_received >= len(song))


async def source_at(house: Transmitter, role: Role):
    await until(lambda: role in house.stations["kgnd"].sources)
    return house.stations["kgnd"].sources[role]


# --- a place in use --------------------------------------------------------------


async def test_a_living_source_keeps_its_place_against_its_own_key(
    house: Transmitter, dial: Dial, go_on_air
):
    first = await go_on_air()
    present = await source_at(house, Role.MAIN)
    async with sending(first):
        answer = await (await dial(house.port, asking())).hear()
    assert (answer.status, answer.head.reason) == (403, "Mountpoint in use")
    assert "stop that one first" in answer.text
    assert house.stations["kgnd"].sources == {Role.MAIN: present}


async def test_a_source_gone_quiet_on_the_wire_gives_its_place_to_the_same_key(
    house: Transmitter, dial: Dial, go_on_air
):
    first = await go_on_air()
    present = await source_at(house, Role.MAIN)
    began = asyncio.get_running_loop().time()
    again = await dial(house.port, asking())
    assert (await again.hear_head()).status == 200
    waited = asyncio.get_running_loop().time() - began
    assert waited < HALF_OPEN_SECONDS + 1
    assert await first.hear_end() == b""
    assert house.stations["kgnd"].sources[Role.MAIN] is not present


async def test_a_source_that_comes_back_for_its_half_open_place_keeps_its_grace(
    house: Transmitter, dial: Dial, go_on_air
):
    """It was its line that broke: nobody else takes the air in between."""
    patient = kgnd_without_standby(grace_seconds=10.0)
    await house.take_lineup(lineup_of(patient, edition=2))
    station = house.stations["kgnd"]
    first = await go_on_air()
    present = await source_at(house, Role.MAIN)
    backup = await go_on_air(password=key_for(Role.BACKUP))
    async with sending(backup):
        async with sending(first):
            await until(lambda: station.on_air is Role.MAIN, seconds=10)
        again = await dial(house.port, asking())
        assert (await again.hear_head()).status == 200
        assert await source_at(house, Role.MAIN) is not present
        station.tick()
        assert station.on_air is Role.MAIN


async def test_a_place_is_not_given_to_another_key_whatever_its_holder_does(
    house: Transmitter, dial: Dial, go_on_air
):
    keys = (
        *kgnd_without_standby().keys,
        KeyLine(id=7, person="Ida", role=Role.MAIN, digest=digest("Ida's")),
    )
    await house.take_lineup(lineup_of(kgnd_without_standby(keys=keys), edition=2))
    await go_on_air()
    present = await source_at(house, Role.MAIN)
    await asyncio.sleep(HALF_OPEN_SECONDS)
    answer = await (await dial(house.port, asking(password="Ida's"))).hear()
    assert answer.status == 403
    assert house.stations["kgnd"].sources == {Role.MAIN: present}


async def test_of_two_that_want_a_half_open_place_one_gets_it(
    house: Transmitter, dial: Dial, go_on_air
):
    await go_on_air()
    await source_at(house, Role.MAIN)
    both = [await dial(house.port, asking()) for _ in range(2)]
    statuses = [(await caller.hear_head()).status for caller in both]
    assert sorted(statuses) == [200, 403]


async def test_a_source_that_was_made_to_wait_is_not_taken_for_half_open(
    house: Transmitter, dial: Dial, go_on_air
):
    first = await go_on_air()
    present = await source_at(house, Role.MAIN)
    first.say(MP3)
    await until(lambda: present.feed.passes_through)
    first.say(MP3 * 10)  # ten seconds of sound at once
    await until(lambda: present.feed.pause() > 0)
    await asyncio.sleep(HALF_OPEN_SECONDS)
    answer = await (await dial(house.port, asking())).hear()
    assert answer.status == 403
    assert house.stations["kgnd"].sources[Role.MAIN] is present


async def test_every_role_has_a_place_of_its_own(house: Transmitter, go_on_air):
    for role in (Role.STUDIO, Role.MAIN, Role.BACKUP):
        await go_on_air(password=key_for(role))
    assert set(house.stations["kgnd"].sources) == {
        Role.STUDIO,
        Role.MAIN,
        Role.BACKUP,
    }


async def test_a_source_that_leaves_frees_its_place(house: Transmitter, go_on_air):
    for _ in range(3):
        caller = await go_on_air()
        caller.hang_up()
        await until(lambda: not house.stations["kgnd"].sources)


# --- SHOUTcast -------------------------------------------------------------------

HEADERS = b"icy-name:KGND\r\nicy-br:64\r\ncontent-type:audio/mpeg\r\n\r\n"
WELCOME = b"OK2\r\nicy-caps:11\r\n\r\n"


@pytest.mark.parametrize("password", [MAIN, f"kgnd:{MAIN}", f"/kgnd:{MAIN}"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
async def test_a_shoutcast_source_is_admitted_by_its_key_with_or_without_a_mount(
    house: Transmitter, dial: Dial, password: str, end: bytes
):
    caller = await dial(house.port + 1, password.encode() + end)
    assert await caller.hear_bytes(len(WELCOME)) == WELCOME
    caller.say(HEADERS + MP3)
    source = await source_at(house, Role.MAIN)
    assert source.content_type == "audio/mpeg"
    assert house.status().attempts[-1].protocol == "SHOUTcast 1"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"wrong\r\n", "Invalid Password"),
        (b"kgnd:wrong\r\n", "Invalid Password"),
        (b"elsewhere:" + MAIN.encode() + b"\r\n", "No station at this mountpoint"),
        (b"!POKE\n", "Invalid Password"),
        (b"GET /kgnd.mp3 HTTP/1.1\r\n\r\n", "set the encoder's port to one less"),
        (asking(), "set the encoder's port to one less"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", "set the encoder's port to one less"),
        (b"a" * 600, "set the encoder's port to one less"),
    ],
)
async def test_a_shoutcast_source_that_is_refused_is_told_why(
    house: Transmitter, dial: Dial, sent: bytes, words: str
):
    caller = await dial(house.port + 1, sent)
    assert words in (await caller.hear_end()).decode()
    assert house.stations["kgnd"].sources == {}


async def test_an_encoder_set_to_the_wrong_port_is_in_the_records(
    house: Transmitter, dial: Dial
):
    await (await dial(house.port + 1, asking())).hear_end()
    (attempt,) = house.status().attempts
    assert attempt.outcome == "bad_request"
    assert "set the encoder's port to one less" in attempt.sentence


async def test_a_shoutcast_source_of_no_sound_is_refused_by_its_description(
    house: Transmitter, dial: Dial
):
    caller = await dial(house.port + 1, MAIN.encode() + b"\r\n")
    await caller.hear_bytes(len(WELCOME))
    caller.say(b"content-type:text/html\r\n\r\n")
    assert await caller.hear_end() == b""
    assert house.status().attempts[-1].outcome == "unsupported_type"


async def test_a_shoutcast_source_that_dawdles_does_not_take_a_place_given_meanwhile(
    house: Transmitter, dial: Dial, go_on_air
):
    slow = await dial(house.port + 1, MAIN.encode() + b"\r\n")
    await slow.hear_bytes(len(WELCOME))
    first = await go_on_air()
    present = await source_at(house, Role.MAIN)
    async with sending(first):
        slow.say(HEADERS + MP3)
        assert await slow.hear_end() == b""
        assert house.stations["kgnd"].sources == {Role.MAIN: present}
    assert house.status().attempts[-1].outcome == "mount_taken"
