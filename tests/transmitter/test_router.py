from __future__ import annotations

import asyncio
import json

import pytest

from equipment.callers import Caller, Dial, ask, written
from equipment.transmitters import kgnd_without_standby, lineup_of
from groundwave.patchbay.messages import Announced
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame
from groundwave.wire.icy import METAINT
from groundwave.wire.sse import EventStreamReader, ServerSentEvent


FRAME_BYTES = 418
FRAME_SECONDS = 1152 / 44100


def play(house: Transmitter, path: str, seconds: float, slug: str = "kgnd") -> bytes:
    """Put numbered frames on a mount's reel; return their bytes."""
    mount = house.stations[slug].mounts[path]
    first = mount.reel.end // FRAME_BYTES
    count = round(seconds / FRAME_SECONDS)
    frames = [
        StampedFrame(
            Frame(
                data=number.to_bytes(4, "big") + bytes(FRAME_BYTES - 4),
                samples=1152,
                sample_rate=44100,
                channels=2,
                bitrate_kbps=128,
                independent=True,
            ),
            at=number * FRAME_SECONDS,
        )
        for number in range(first, first + count)
    ]
    mount.hear(frames)
    return b"".join(stamped.frame.data for stamped in frames)


# --- listeners -------------------------------------------------------------------


async def test_a_listener_gets_an_answer_every_radio_understands_and_the_burst(
    house: Transmitter, dial: Dial
):
    sound = play(house, "/kgnd.mp3", 10)
    caller = await dial(house.port, written("GET /kgnd.mp3 HTTP/1.0"))
    head = await caller.hear_head()
    assert (head.version, head.status) == ("HTTP/1.0", 200)
    assert head.headers.get("content-type") == "audio/mpeg"
    assert head.headers.get("icy-name") == "KGND 89.3"
    assert head.headers.get("icy-br") == "128"
    assert head.headers.get("access-control-allow-origin") == "*"
    assert "no-store" in head.headers.get("cache-control")
    for unwanted in ("accept-ranges", "content-length", "icy-metaint"):
        assert unwanted not in head.headers
    assert await caller.hear_bytes(4 * 16_000) in sound


async def test_the_first_mount_is_heard_at_the_stations_own_address(
    house: Transmitter, dial: Dial
):
    play(house, "/kgnd.mp3", 1)
    caller = await dial(house.port, written("GET /kgnd"))
    assert (await caller.hear_head()).headers.get("content-type") == "audio/mpeg"
    (listener,) = house.stations["kgnd"].mounts["/kgnd.mp3"].fanout
    assert listener.address == "127.0.0.1"


@pytest.mark.parametrize(
    "ranges", ["bytes=0-1", "bytes=0-", "bytes=100-199", "bytes=-500", "nonsense"]
)
async def test_a_range_probe_is_answered_with_the_stream_itself(
    house: Transmitter, dial: Dial, ranges: str
):
    """iOS asks for two bytes first, and believes a 206 for ever."""
    play(house, "/kgnd.aac", 10)
    request = written("GET /kgnd.aac", f"Range: {ranges}", "X-Playback-Session-Id: 1")
    caller = await dial(house.port, request)
    head = await caller.hear_head()
    assert head.status == 200
    assert "accept-ranges" not in head.headers
    assert "content-range" not in head.headers
    assert len(await caller.hear_bytes(4 * 16_000)) == 4 * 16_000


async def test_titles_are_sent_to_who_asks_for_them_only(
    house: Transmitter, dial: Dial
):
    house.stations["kgnd"].mounts["/kgnd.mp3"].reel.entitle("Odetta at noon")
    play(house, "/kgnd.mp3", 10)
    request = written("GET /kgnd.mp3 HTTP/1.0", "Icy-MetaData: 1")
    caller = await dial(house.port, request)
    assert (await caller.hear_head()).headers.get("icy-metaint") == str(METAINT)
    received = await caller.hear_bytes(METAINT + 40)
    assert b"StreamTitle='Odetta at noon';" in received[METAINT:]


async def test_head_tells_what_get_would_and_sends_no_sound(house: Transmitter):
    play(house, "/kgnd.mp3", 10)
    answer = await ask(house.port, "HEAD /kgnd.mp3")
    assert answer.status == 200
    assert answer.header("content-type") == "audio/mpeg"
    assert answer.header("icy-name") == "KGND 89.3"
    assert house.stations["kgnd"].listeners == 0


@pytest.mark.parametrize(
    "path", ["/kgnd.mp3", "/kgnd", "/kgnd/live.m3u8", "/events", "/status-json.xsl"]
)
async def test_a_browser_may_ask_from_any_page_whether_it_may_ask(
    house: Transmitter, path: str
):
    answer = await ask(house.port, f"OPTIONS {path}", "Origin: https://example.org")
    assert answer.status == 204
    assert answer.header("access-control-allow-origin") == "*"
    assert "GET" in answer.header("access-control-allow-methods")
    assert "Icy-MetaData" in answer.header("access-control-allow-headers")


@pytest.mark.parametrize("path", ["/kgnd.mp3", "/kgnd/live.m3u8", "/"])
@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "CONNECT"])
async def test_what_no_client_of_radio_does_is_refused_in_words(
    house: Transmitter, method: str, path: str
):
    answer = await ask(house.port, f"{method} {path}")
    assert answer.status == 405
    assert "GET" in answer.header("allow")
    assert answer.text == f"{method} is not something this address does; use GET.\n"


async def test_a_full_station_says_so_and_keeps_whom_it_has(
    house: Transmitter, dial: Dial
):
    line = kgnd_without_standby(max_listeners=2)
    await house.take_lineup(lineup_of(line, edition=2))
    play(house, "/kgnd.mp3", 1)
    first = await dial(house.port, written("GET /kgnd.mp3"))
    second = await dial(house.port, written("GET /kgnd.aac"))
    for caller in (first, second):
        assert (await caller.hear_head()).status == 200
    answer = await ask(house.port, "GET /kgnd.mp3")
    assert answer.status == 503
    assert answer.text == "KGND 89.3 is full; try again in a minute.\n"
    first.hang_up()
    play(house, "/kgnd.mp3", 5)
    async with asyncio.timeout(5):
        while (await ask(house.port, "HEAD /kgnd.mp3")).status != 200 or (
            house.stations["kgnd"].listeners == 2
        ):
            play(house, "/kgnd.mp3", 0.5)
            await asyncio.sleep(0.1)
    third = await dial(house.port, written("GET /kgnd.mp3"))
    assert (await third.hear_head()).status == 200


async def test_a_connection_that_asked_before_may_become_a_listener(
    house: Transmitter, dial: Dial
):
    sound = play(house, "/kgnd.mp3", 10)
    caller = await dial(house.port, written("GET /health"))
    assert (await caller.hear()).status == 200
    caller.say(written("GET /kgnd.mp3"))
    assert (await caller.hear_head()).status == 200
    assert await caller.hear_bytes(1000) in sound


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/kgnd.ogg",
        "/kgnd/",
        "/kgnd/nothing.m3u8",
        "/kgnd/high/../../etc/passwd",
        "/kgnd/high/%2e%2e%2findex",
        "//kgnd.flac",
        "/favicon.ico",
    ],
)
async def test_an_address_where_nothing_is_says_so(house: Transmitter, path: str):
    answer = await ask(house.port, f"GET {path}")
    assert answer.status == 404
    assert answer.text.endswith(".\n")
    assert answer.header("access-control-allow-origin") == "*"


async def test_the_front_page_says_what_this_is(house: Transmitter):
    answer = await ask(house.port, "GET /")
    assert answer.status == 200
    assert answer.text == (
        "This is a Groundwave transmitter. Listen at /kgnd.mp3, /kgnd.aac.\n"
    )


async def test_the_front_page_of_a_new_transmitter_names_no_mount(
    empty_house: Transmitter,
):
    answer = await ask(empty_house.port, "GET /")
    assert "It has no station yet." in answer.text


# --- pages -----------------------------------------------------------------------


async def told(caller: Caller, count: int) -> list[ServerSentEvent]:
    reader, events = EventStreamReader(), []
    while len(events) < count:
        events += reader.receive_data(await caller.hear_bytes(1))
    return events


async def test_a_page_learns_of_its_station_and_of_what_the_site_announces(
    house: Transmitter, dial: Dial
):
    caller = await dial(house.port, written("GET /events?station=kgnd"))
    head = await caller.hear_head()
    assert head.headers.get("content-type").startswith("text/event-stream")
    on_air, title = await told(caller, 2)
    assert (on_air.event, title.event) == ("on_air", "now_playing")
    assert json.loads(on_air.data)["role"] is None
    house.announce(Announced(event="story", data='{"slug": "flood"}'))
    house.announce(Announced(event="story", data="{}", station="kxyz"))
    house.announce(Announced(event="show", data="{}", station="kgnd"))
    story, show = await told(caller, 2)
    assert (story.event, story.data) == ("story", '{"slug": "flood"}')
    assert show.event == "show"


@pytest.mark.parametrize("by", ["Last-Event-ID: {}", "?last_id={}"])
async def test_a_page_resumes_by_header_or_by_query(
    house: Transmitter, dial: Dial, by: str
):
    first = await dial(house.port, written("GET /events"))
    await first.hear_head()
    *_, last = await told(first, 2)
    house.announce(Announced(event="story", data="missed"))
    query, header = (by, "X: y") if by.startswith("?") else ("", by)
    request = written(f"GET /events{query.format(last.id)}", header.format(last.id))
    back = await dial(house.port, request)
    await back.hear_head()
    (story,) = await told(back, 1)
    assert story.data == "missed"


# --- titles ----------------------------------------------------------------------


async def test_a_refusal_for_want_of_a_password_asks_for_one(house: Transmitter):
    """A browser, and libshout, send a password only when they are asked for it."""
    for path in (
        "/admin/stats",
        "/admin/metadata?mode=updinfo&mount=/kgnd&song=Hello",
    ):
        answer = await ask(house.port, f"GET {path}")
        assert answer.status == 401
        assert answer.header("www-authenticate").startswith("Basic ")


# --- proxies ---------------------------------------------------------------------


async def test_a_stranger_cannot_say_who_it_is(house: Transmitter, dial: Dial):
    play(house, "/kgnd.mp3", 1)
    caller = await dial(
        house.port, written("GET /kgnd.mp3", "X-Forwarded-For: 203.0.113.7")
    )
    await caller.hear_head()
    (listener,) = house.stations["kgnd"].mounts["/kgnd.mp3"].fanout
    assert listener.address == "127.0.0.1"
