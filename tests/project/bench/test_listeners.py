from __future__ import annotations

import asyncio
import socket
import time

import pytest

from groundwave.project.bench.listeners import Audience
from groundwave.project.bench.orders import Order, TunedIn, TuningIn


BYTERATE = 16_000
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n"
BURST = HEAD + bytes(4 * BYTERATE)


def _order(port):
    return Order(
        host="127.0.0.1",
        port=port,
        path="/bench.mp3",
        listeners=5,
        admission_seconds=1.0,
        hold_seconds=0.0,
    )


async def listen(order, say=lambda _: None):
    audience = Audience(order, say)
    try:
        return await asyncio.to_thread(audience.listen)
    finally:
        audience.close()


async def test_everyone_hears_the_burst(tiny_server):
    async with tiny_server(BURST) as server:
        heard = await listen(server.order())

    assert heard.heard == heard.listeners == 20
    assert (heard.refused, heard.dropped, heard.never, heard.gaps) == ({}, {}, 0, 0)
    assert 0.0 < heard.first_byte.p50 <= heard.second.p50
    assert heard.second.longest <= heard.all_within < 5.0
    assert heard.sound_bytes == 20 * 4 * BYTERATE


async def test_a_second_of_sound_is_heard_with_its_last_byte(tiny_server):
    half = bytes(BYTERATE // 2)
    async with tiny_server(HEAD + half, 0.5, half, 0.1, half) as server:
        heard = await listen(server.order())

    assert heard.first_byte.longest < 0.4
    assert 0.5 <= heard.second.p50 < 1.0


async def test_a_head_in_pieces_is_not_sound(tiny_server):
    pieces = [HEAD[:9], 0.02, HEAD[9:-1], 0.02, HEAD[-1:] + bytes(BYTERATE)]
    async with tiny_server(*pieces) as server:
        heard = await listen(server.order(listeners=3))

    assert heard.sound_bytes == 3 * BYTERATE


async def test_a_refusal_is_counted_by_its_words(tiny_server):
    async with tiny_server(b"HTTP/1.0 503 Full\r\n\r\nTry again.") as server:
        heard = await listen(server.order())

    assert heard.refused == {"HTTP/1.0 503 Full": 20}
    assert (heard.heard, heard.lost, heard.all_within) == (0, 20, None)


async def test_nobody_at_the_door_is_a_refusal():
    with socket.socket() as closed:  # bound, and not listened on
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        order = _order(port)
        heard = await listen(order)

    assert heard.refused == {"ECONNREFUSED": 5}


async def test_a_cut_connection_is_a_drop(tiny_server):
    async with tiny_server(BURST, 0.2, None) as server:
        heard = await listen(server.order(hold_seconds=0.6))

    assert heard.heard == 20
    assert heard.dropped == {"closed by the server": 20}


async def test_a_dry_buffer_is_a_gap_for_everyone(tiny_server):
    second = bytes(BYTERATE)
    async with tiny_server(HEAD + second, 1.5, second) as server:
        heard = await listen(server.order(hold_seconds=1.8))

    assert heard.gaps == heard.ears_with_gaps == 20
    assert heard.longest_silence > 0.1  # half a second, less where we were late


async def test_sound_in_time_is_no_gap_however_it_is_sliced(tiny_server):
    steps = [bytes(BYTERATE // 4), 0.2] * 6
    async with tiny_server(HEAD + bytes(BYTERATE), *steps) as server:
        heard = await listen(server.order(hold_seconds=1.0))

    assert heard.gaps == 0


async def test_a_mute_server_costs_the_time_it_was_given_and_no_more(tiny_server):
    started = time.monotonic()
    async with tiny_server(HEAD) as server:
        heard = await listen(server.order(admission_seconds=0.3, hold_seconds=0.2))

    assert time.monotonic() - started < 2.0
    assert (heard.never, heard.heard, heard.lost) == (20, 0, 20)
    assert heard.second.p50 is None


async def test_listeners_ask_for_titles_only_when_told_to(tiny_server):
    async with tiny_server(BURST) as server:
        await listen(server.order(listeners=2))
        await listen(server.order(listeners=2, icy=True))

    asked = [b"Icy-MetaData: 1\r\n" in request for request in server.requests]
    assert asked == [False, False, True, True]


async def test_tuning_in_can_be_spread(tiny_server):
    async with tiny_server(BURST) as server:
        heard = await listen(server.order(spread_seconds=0.5))

    assert 0.4 < heard.all_within < 2.0


async def test_listeners_come_from_the_address_they_are_told(tiny_server):
    peers = []

    class Server(tiny_server):
        async def _serve(self, reader, writer):
            peers.append(writer.get_extra_info("peername")[0])
            await super()._serve(reader, writer)

    async with Server(BURST) as server:
        await listen(server.order(listeners=2, source_address="127.0.0.7"))

    assert peers == ["127.0.0.7", "127.0.0.7"]


async def test_the_end_of_admission_is_announced_once(tiny_server):
    said = []
    async with tiny_server(BURST) as server:
        await listen(server.order(), said.append)

    assert isinstance(said[-1], TunedIn)
    assert said[-1].heard == 20
    assert all(isinstance(word, TuningIn) for word in said[:-1])


async def test_the_driver_knows_what_it_costs_itself(tiny_server):
    async with tiny_server(BURST) as server:
        heard = await listen(server.order(hold_seconds=0.3))

    assert heard.hold_wall == pytest.approx(0.3, abs=0.2)
    assert 0.0 <= heard.hold_cpu < heard.hold_wall
