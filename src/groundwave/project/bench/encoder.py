"""
The bench's own source client: it sends frames exactly as fast as they sound.

Real encoders are bursty and drift; this one is even, so that what listeners
miss was lost by the server.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.sound import FRAME_SECONDS


ANSWER_SECONDS = 10.0


async def go_on_air(
    host: str, port: int, path: str, password: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """
    Connect as a source to *path* with the ``SOURCE`` method.

    Raises:
        Unmeasurable: the server did not want it; the message has its words.
    """
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(
        f"SOURCE {path} HTTP/1.0\r\nAuthorization: {basic(password)}\r\n"
        "User-Agent: groundwave-bench\r\nContent-Type: audio/mpeg\r\n"
        "ice-name: Bench\r\nice-bitrate: 128\r\n"
        "ice-audio-info: bitrate=128;channels=2;samplerate=44100\r\n\r\n".encode()
    )
    async with asyncio.timeout(ANSWER_SECONDS):
        answer = await reader.readline()
    if b" 200 " not in answer:
        writer.close()
        raise Unmeasurable(
            f"The source was refused at {path}: "
            f"{answer.decode('latin-1').strip() or 'without a word'}."
        )
    return reader, writer


class Pace:
    """
    Sends frames when they are due.

    Attributes:
        late: by how many seconds the machine kept it from being on time, at worst.
    """

    def __init__(self) -> None:
        self.late = 0.0

    async def send(self, writer: asyncio.StreamWriter, loop: Sequence[bytes]) -> None:
        """Send *loop* round and round, each frame when it is due, until cut."""
        started = time.monotonic()
        for number, frame in enumerate(itertools.cycle(loop)):
            due = max(started + number * FRAME_SECONDS, time.monotonic())
            await asyncio.sleep(due - time.monotonic())
            self.late = max(self.late, time.monotonic() - due)
            writer.write(frame)
            await writer.drain()


@asynccontextmanager
async def encoding(
    host: str, port: int, path: str, password: str, loop: Sequence[bytes]
) -> AsyncIterator[Pace]:
    """
    Be on air for as long as the block lasts.

    Raises:
        Unmeasurable: the server refused, or ended the connection meanwhile.
    """
    _, writer = await go_on_air(host, port, path, password)
    pace = Pace()
    sending = asyncio.create_task(pace.send(writer, loop))
    try:
        yield pace
        if sending.done():
            raise Unmeasurable("The server ended the encoder's connection.")
    finally:
        sending.cancel()
        with suppress(asyncio.CancelledError, ConnectionError):
            await sending
        writer.close()


async def entitle(host: str, port: int, path: str, password: str, title: str) -> None:
    """Change the title that *path* plays, the way encoders do."""
    reader, writer = await asyncio.open_connection(host, port)
    words = title.replace(" ", "%20")
    writer.write(
        f"GET /admin/metadata?mode=updinfo&mount={path}&charset=UTF-8&song={words} "
        f"HTTP/1.0\r\nAuthorization: {basic(password)}\r\n\r\n".encode()
    )
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await reader.read()
    finally:
        writer.close()


def basic(password: str) -> str:
    """Return the value of ``Authorization`` for a source with *password*."""
    return "Basic " + base64.b64encode(f"source:{password}".encode()).decode()
