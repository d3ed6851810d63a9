from __future__ import annotations

import asyncio
from contextlib import suppress
from random import Random

import pytest

from groundwave.project.bench import crowd
from groundwave.project.bench.crowd import Seat, Tally


OK = b"HTTP/1.0 200 OK\r\n\r\n"
SECOND = bytes(16_000)


class Hurried(Random):
    """A die for people with no time: whatever they do, they do it for a moment."""

    moment = 0.05

    def uniform(self, low, high):
        return self.moment


@pytest.fixture
def tally():
    return Tally()


async def sit(do, server, tally, *, seconds=0.6, moment=0.05):
    dice = Hurried(1)
    dice.moment = moment
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await do(Seat(server.port, dice, tally))


async def test_listeners_come_leave_and_are_followed_by_others(tiny_server, tally):
    async with tiny_server(OK + 4 * SECOND) as server:
        await sit(crowd.listen, server, tally)

    assert tally.visits > 2
    assert (tally.cut_off, tally.refused, tally.silences) == (0, 0, [])
    assert any(b"Icy-MetaData: 1" in request for request in server.requests)


async def test_a_listener_who_is_cut_off_is_counted(tiny_server, tally):
    async with tiny_server(OK + SECOND, None) as server:
        await sit(crowd.listen, server, tally)

    assert tally.cut_off == tally.visits > 0


async def test_a_listener_who_is_turned_away_is_counted(tiny_server, tally):
    async with tiny_server(b"HTTP/1.0 503 Full\r\n\r\n") as server:
        await sit(crowd.listen, server, tally)

    assert tally.refused > 0
    assert tally.visits == 0


async def test_a_silence_is_counted_with_its_length(tiny_server, tally):
    async with tiny_server(OK + SECOND[:1600]) as server:
        await sit(crowd.listen, server, tally, seconds=1.0, moment=0.4)

    (silence,) = tally.silences
    assert 0.2 < silence.lasted == tally.longest_silence < 0.5
    assert 0.3 < silence.into_visit < silence.at < 1.0


async def test_a_page_comes_back_with_the_last_event_it_has(tiny_server, tally):
    async with tiny_server(OK + b"id: a-1\ndata: x\n\nid: a-2\ndata: y\n\n") as server:
        await sit(crowd.read_page, server, tally)

    assert tally.visits > 1
    assert b"Last-Event-ID" not in server.requests[0]
    assert b"\r\nLast-Event-ID: a-2\r\n" in server.requests[1]


async def test_a_player_fetches_the_playlists_and_the_newest_segment(
    tiny_server, tally
):
    class Hls(tiny_server):
        async def _serve(self, reader, writer):
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split()[1].decode()
            self.requests.append(path)
            writer.write(OK + self.script[0].get(path, b"sound"))
            writer.close()

    pages = {
        "/bench/live.m3u8": b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\naac/live.m3u8\n",
        "/bench/aac/live.m3u8": b"#EXTM3U\n#EXTINF:5,\n1.m4s\n#EXTINF:5,\n2.m4s\n",
    }
    async with Hls(pages) as server:
        await sit(crowd.follow, server, tally)

    assert server.requests == [*pages, "/bench/aac/2.m4s"]
    assert tally.visits == 3


async def test_pests_mind_nothing(tiny_server, tally):
    async with tiny_server(b"HTTP/1.0 400 No\r\n\r\n", None) as server:
        await sit(crowd.pester, server, tally)

    assert tally == Tally()
