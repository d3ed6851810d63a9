from __future__ import annotations

import asyncio

from groundwave.project.bench.pages import Pages
from groundwave.project.bench.surge_orders import OpenPages


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def event(number: int) -> bytes:
    return b'event: story\ndata: {"text":"Bench update %d."}\n\n' % number


async def opened(port, pages=3):
    order = OpenPages(
        host="127.0.0.1",
        port=port,
        path="/events",
        pages=pages,
        source_address="127.0.0.1",
        spread_seconds=0.0,
        hold_seconds=0.5,
    )
    pages = Pages(order)
    try:
        first = await asyncio.to_thread(pages.open)
        return first, await asyncio.to_thread(pages.wait)
    finally:
        pages.close()


async def test_each_page_knows_each_update_once(tiny_server):
    async with tiny_server(HEAD, event(1) + event(1), 0.1, event(2), 1.0) as server:
        first, told = await opened(server.port)

    assert first.opened == 3
    assert {n: len(at) for n, at in told.told_at.items()} == {1: 3, 2: 3}
    assert min(told.told_at[2]) > max(told.told_at[1])
    assert told.lost == 0


async def test_a_mark_that_comes_in_two_pieces_is_found(tiny_server):
    one = event(7)
    async with tiny_server(HEAD, one[:35], 0.1, one[35:], 1.0) as server:
        _, told = await opened(server.port)

    assert list(told.told_at) == [7]


async def test_a_line_that_ends_is_lost(tiny_server):
    async with tiny_server(HEAD, None) as server:
        _, told = await opened(server.port)

    assert told.lost == 3
