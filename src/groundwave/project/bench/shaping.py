"""
A line into a house: so many bits a second, and every round trip takes its time.

It stands between a browser and a server on the same machine. Laws:

- A byte arrives half a round trip after it was sent, and never before those sent
  earlier; all connections share the line's rate, each way.
- A new connection costs a round trip before its first byte, as TCP's handshake does.
- A connection begins with ten segments under way and doubles them every round trip, as
  TCP's slow start does; nothing is ever lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import msgspec

from groundwave.project.bench.server import HOST


SEGMENT_BYTES = 1_460
FIRST_SEGMENTS = 10  # RFC 6928
READ_BYTES = 4 * SEGMENT_BYTES


class Shape(msgspec.Struct, frozen=True):
    """What a line carries in a second, each way, and how long there and back takes."""

    megabits: float
    round_trip: float

    @property
    def one_way(self) -> float:
        """Seconds from one end to the other."""
        return self.round_trip / 2

    @property
    def byterate(self) -> float:
        """Bytes in a second."""
        return self.megabits * 1_000_000 / 8


class Lane:
    """One direction of a line, for all the connections that use it."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._free_at = 0.0

    def arrival(self, size: int, sent_at: float) -> float:
        """Put *size* bytes on the line at *sent_at*; return when the last arrives."""
        begun_at = max(sent_at, self._free_at)
        self._free_at = begun_at + size / self._shape.byterate
        return self._free_at + self._shape.one_way


class Window:
    """How much of one direction of a connection may be under way."""

    def __init__(self) -> None:
        self.size = FIRST_SEGMENTS * SEGMENT_BYTES
        self._under_way = 0
        self._changed = asyncio.Event()

    async def take(self, size: int) -> None:
        """Wait for room, and take it."""
        while self._under_way and self._under_way + size > self.size:
            self._changed.clear()
            await self._changed.wait()
        self._under_way += size

    def acknowledge(self, size: int) -> None:
        """Give the room back, and as much again: the window grows with what arrives."""
        self._under_way -= size
        self.size += size
        self._changed.set()


# What was sent, and when it arrives; nothing at all is the end.
UnderWay = asyncio.Queue[tuple[float, bytes]]


async def _send(
    reader: asyncio.StreamReader,
    under_way: UnderWay,
    window: Window,
    lane: Lane,
) -> None:
    loop = asyncio.get_running_loop()
    while data := await reader.read(READ_BYTES):
        await window.take(len(data))
        arrives_at = lane.arrival(len(data), loop.time())
        under_way.put_nowait((arrives_at, data))
    under_way.put_nowait((lane.arrival(0, loop.time()), b""))


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


class ShapedLine:
    """A line of one shape; every server behind it gets a port of its own."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._up, self._down = Lane(shape), Lane(shape)

    @asynccontextmanager
    async def to(self, port: int) -> AsyncIterator[int]:
        """Yield the port on which callers reach *port* by this line."""
        calls: set[asyncio.Task[None]] = set()

        def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            call = asyncio.create_task(self._call(reader, writer, port))
            calls.add(call)
            call.add_done_callback(calls.discard)

        server = await asyncio.start_server(answer, HOST, 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

    async def _call(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int
    ) -> None:
        async with AsyncExitStack() as ends:
            ends.push_async_callback(_hang_up, writer)
            # What the caller says meanwhile waits in the kernel, as behind a SYN.
            await asyncio.sleep(self._shape.round_trip)
            with suppress(OSError):
                inner_reader, inner = await asyncio.open_connection(HOST, port)
                ends.push_async_callback(_hang_up, inner)
                await self._connect(reader, inner, inner_reader, writer)

    async def _connect(
        self,
        reader: asyncio.StreamReader,
        inner: asyncio.StreamWriter,
        inner_reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        try:
            async with asyncio.TaskGroup() as call:
                self._carry(call, reader, inner, self._up)
                self._carry(call, inner_reader, writer, self._down)
        except* OSError:
            pass  # one side hung up; so does the other

    def _carry(
        self,
        call: asyncio.TaskGroup,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        lane: Lane,
    ) -> None:
        """Carry one direction of a *call*."""
        under_way: UnderWay = asyncio.Queue()
        window = Window()
        call.create_task(_send(reader, under_way, window, lane))
        call.create_task(self._deliver(under_way, writer, window))

    async def _deliver(
        self,
        under_way: UnderWay,
        writer: asyncio.StreamWriter,
        window: Window,
    ) -> None:
        loop = asyncio.get_running_loop()
        while True:
            arrives_at, data = await under_way.get()
            await asyncio.sleep(arrives_at - loop.time())
            if not data:
                break
            writer.write(data)
            await writer.drain()
            loop.call_later(self._shape.one_way, window.acknowledge, len(data))
        with suppress(OSError):
            writer.write_eof()
