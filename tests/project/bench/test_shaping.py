from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, strategies as st

from groundwave.project.bench.shaping import (
    FIRST_SEGMENTS,
    SEGMENT_BYTES,
    Lane,
    Shape,
    ShapedLine,
    Window,
)


HOUSEHOLD = Shape(megabits=40, round_trip=0.05)
SIZES = st.lists(st.integers(0, 50_000), max_size=30)


@given(SIZES, st.floats(0.1, 1_000), st.floats(0, 2))
def test_no_byte_overtakes_another_and_none_is_early(sizes, megabits, round_trip):
    shape = Shape(megabits, round_trip)
    lane = Lane(shape)

    arrivals = [lane.arrival(size, number * 0.01) for number, size in enumerate(sizes)]

    assert arrivals == sorted(arrivals)
    for number, (size, at) in enumerate(zip(sizes, arrivals, strict=True)):
        least = number * 0.01 + size / shape.byterate + shape.one_way
        assert at >= least - 1e-9


def test_a_second_of_the_lines_rate_takes_a_second_and_the_way():
    lane = Lane(HOUSEHOLD)

    arrivals = [lane.arrival(5_000, 0.0) for _ in range(1_000)]

    assert arrivals[-1] == pytest.approx(1.0 + 0.025)


async def test_a_window_opens_as_what_was_sent_arrives():
    window = Window()
    room = FIRST_SEGMENTS * SEGMENT_BYTES
    await window.take(room)
    more = asyncio.create_task(window.take(2 * room))
    await asyncio.sleep(0)
    assert not more.done()

    window.acknowledge(room)

    await more
    assert window.size == 2 * room


@asynccontextmanager
async def echo():
    """A server that says everything back."""

    async def answer(reader, writer):
        while data := await reader.read(65_536):
            writer.write(data)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def said_back(port, data):
    """Say *data* on a connection of its own; return what came, and after how long."""
    loop = asyncio.get_running_loop()
    begun_at = loop.time()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer, loop.time() - begun_at


async def test_a_first_answer_takes_two_round_trips():
    async with echo() as port, ShapedLine(Shape(40, 0.2)).to(port) as shaped:
        answer, seconds = await said_back(shaped, b"hello")

    assert answer == b"hello"
    # One for the connection, one for the question; the machine may be late, not early.
    assert 0.4 <= seconds < 0.8


async def test_much_arrives_whole_and_no_faster_than_the_line():
    data = bytes(range(256)) * 2_000
    async with echo() as port, ShapedLine(Shape(8, 0.01)).to(port) as shaped:
        answer, seconds = await said_back(shaped, data)

    assert answer == data
    assert seconds >= len(data) / 1_000_000


async def test_connections_share_the_line():
    data = bytes(250_000)
    async with echo() as port, ShapedLine(Shape(8, 0.01)).to(port) as shaped:
        both = await asyncio.gather(*(said_back(shaped, data) for _ in range(2)))

    assert max(seconds for _, seconds in both) >= 2 * len(data) / 1_000_000


async def test_who_calls_where_nobody_answers_is_hung_up_on():
    async with echo() as port:
        pass
    async with ShapedLine(HOUSEHOLD).to(port) as shaped:
        answer, _ = await said_back(shaped, b"hello?")

    assert answer == b""
