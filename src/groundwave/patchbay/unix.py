"""
Lines over a unix socket, for asyncio: the transmitter serves, the site connects.

``serve`` never fails because of what a client does: one that is silent, of
another version or not ours is sent away, and the owner hears a sentence of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Generic

from groundwave.patchbay.errors import (
    GarbledLine,
    LineClosed,
    NoAnswer,
    NotServed,
    PatchbayError,
    PathUnusable,
)
from groundwave.patchbay.line import (
    SITE,
    TRANSMITTER,
    Framing,
    Receives,
    Sends,
    SiteLine,
    TransmitterLine,
    site_framing,
    transmitter_framing,
)
from groundwave.patchbay.messages import VERSION, FromSite, FromTransmitter
from groundwave.patchbay.socketpath import address_of, bound_socket


GREETING_SECONDS = 5.0

_READ = 65536

OnLine = Callable[[TransmitterLine], Awaitable[None]]


def _say_nothing(_: PatchbayError) -> None:
    pass


class SocketLine(Generic[Sends, Receives]):
    """A ``Line`` over an asyncio stream; ``greet`` comes before all else."""

    def __init__(
        self,
        framing: Framing[Sends, Receives],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._framing = framing
        self._reader = reader
        self._writer = writer
        self._closed = False

    @property
    def peer(self) -> str:
        return self._framing.peer or ""

    async def greet(self) -> None:
        """Say hello and hear it, within ``GREETING_SECONDS``."""
        try:
            async with asyncio.timeout(GREETING_SECONDS):
                await self._write(self._framing.hello())
                while self._framing.peer is None:
                    await self._read()
        except TimeoutError:
            raise NoAnswer(
                f"The other end said nothing for {GREETING_SECONDS:.0f} seconds after "
                "connecting; if it hangs, start it again."
            ) from None

    async def send(self, message: Sends, /) -> None:
        await self._write(self._framing.message(message))

    async def receive(self) -> Receives:
        while True:
            if self._closed:
                raise LineClosed
            message = self._next_message()
            if message is not None:
                return message
            await self._read()

    def close(self) -> None:
        self._closed = True
        self._writer.close()

    def _next_message(self) -> Receives | None:
        try:
            return self._framing.next_message()
        except GarbledLine:
            self.close()
            raise

    async def _write(self, data: bytes) -> None:
        if self._closed:
            raise LineClosed
        self._writer.write(data)
        try:
            await self._writer.drain()
        except OSError as problem:
            self.close()
            raise LineClosed from problem

    async def _read(self) -> None:
        try:
            data = await self._reader.read(_READ)
        except OSError as problem:
            self.close()
            raise LineClosed from problem
        if not data:
            self.close()
            raise LineClosed
        try:
            self._framing.receive_data(data)
        except GarbledLine:
            self.close()
            raise


class LineServer:
    """What ``serve`` started; ``close`` ends it and every line on it."""

    def __init__(
        self,
        on_line: OnLine,
        on_trouble: Callable[[PatchbayError], None],
        *,
        version: int,
    ) -> None:
        self._on_line = on_line
        self._on_trouble = on_trouble
        self._version = version
        self._held = ExitStack()
        self._attending: set[asyncio.Task[None]] = set()

    async def open(self, path: Path) -> None:
        """Start to listen on *path*."""
        with ExitStack() as held:
            sock = held.enter_context(bound_socket(path))
            self._server = await asyncio.start_unix_server(self._accept, sock=sock)
            self._held = held.pop_all()

    async def close(self) -> None:
        """End every line, then leave the path to whoever serves it next."""
        self._server.close()
        for task in self._attending:
            task.cancel()
        # Not wait_closed: it would wait for a peer that has stopped reading.
        await asyncio.gather(*self._attending, return_exceptions=True)
        self._held.close()

    def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        framing = transmitter_framing(TRANSMITTER, version=self._version)
        task = asyncio.ensure_future(self._attend(SocketLine(framing, reader, writer)))
        self._attending.add(task)
        task.add_done_callback(self._attended)

    async def _attend(self, line: SocketLine[FromTransmitter, FromSite]) -> None:
        try:
            await line.greet()
            await self._on_line(line)
        except LineClosed:
            pass  # the usual end of a line
        except PatchbayError as trouble:
            self._on_trouble(trouble)
        finally:
            line.close()

    def _attended(self, task: asyncio.Task[None]) -> None:
        self._attending.discard(task)
        if not task.cancelled() and (problem := task.exception()):
            task.get_loop().call_exception_handler(
                {"message": "A patchbay line ended in a fault", "exception": problem}
            )


async def serve(
    path: Path,
    on_line: OnLine,
    *,
    on_trouble: Callable[[PatchbayError], None] = _say_nothing,
    version: int = VERSION,
) -> LineServer:
    """
    Listen on *path* and run *on_line* for every line, each in a task of its own.

    A line is closed when its *on_line* returns or raises; ``LineClosed`` may be
    left to rise. *on_trouble* hears why any other line was ended.

    Raises:
        AlreadyServed: something else answers there.
        PathUnusable: no socket can be made there.
    """
    server = LineServer(on_line, on_trouble, version=version)
    await server.open(path)
    return server


async def connect(path: Path, *, name: str = SITE, version: int = VERSION) -> SiteLine:
    """
    Open the site's end of a line to the transmitter that serves *path*.

    *name* is what this end calls itself; the transmitter sees it as ``peer``.

    Raises:
        NotServed: the transmitter is not running.
        PathUnusable: it runs as another user, or the path is too long.
        NoAnswer: it is there and says nothing.
        VersionMismatch: it is of a release that cannot be understood.
    """
    try:
        with address_of(path) as address:
            reader, writer = await asyncio.open_unix_connection(address)
    except OSError as problem:
        raise unreachable(path, problem) from problem
    line = SocketLine(site_framing(name, version=version), reader, writer)
    try:
        await line.greet()
    except BaseException:
        line.close()
        raise
    return line


def unreachable(path: Path, problem: OSError) -> PatchbayError:
    """Return what *problem*, met while connecting to *path*, means."""
    if isinstance(problem, PermissionError):
        return PathUnusable(
            f"{path} belongs to another user; run the site and the transmitter as one."
        )
    if isinstance(problem, BlockingIOError | TimeoutError):
        return NoAnswer(f"The transmitter at {path} is busy; try again in a moment.")
    return NotServed(
        f"The transmitter is not running: nothing answers at {path}. Start it the way "
        "it is started on this machine: by its service, or with `groundwave up`."
    )
