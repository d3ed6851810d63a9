"""
The public of a soak: people who come and go, for as long as they are let.

Each function is one seat: whoever leaves it is followed by the next. What goes
wrong for a well-behaved one is counted in ``Tally``, never hidden.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urljoin

import msgspec

from groundwave.project.bench.ear import Ear
from groundwave.project.bench.goodbye import reset
from groundwave.project.bench.ours import MOUNT, STATION
from groundwave.project.bench.server import HOST
from groundwave.project.bench.sound import BYTERATE


ANSWER_SECONDS = 15.0
PLAYLIST_SECONDS = 5.0


class Silence(msgspec.Struct, frozen=True):
    """
    A listener's buffer ran dry; all in seconds.

    Attributes:
        at: since the soak began.
        into_visit: since this listener's first sound.
    """

    at: float
    into_visit: float
    lasted: float


class Tally(msgspec.Struct):
    """
    What the public went through.

    Attributes:
        sessions: listening sessions the transmitter reported.
        visits: listeners, pages and playlists that were served.
        cut_off: listeners and pages whose connection ended before they left.
        refused: requests that were answered with anything but 200, or not at all.
        silences: each listener's longest, where there was any.
    """

    sessions: int = 0
    visits: int = 0
    cut_off: int = 0
    refused: int = 0
    silences: list[Silence] = []

    @property
    def longest_silence(self) -> float:
        return max((silence.lasted for silence in self.silences), default=0.0)


@dataclass(frozen=True, slots=True)
class Seat:
    """What everyone needs to take part: the port, a die, the tally, and since when."""

    port: int
    dice: Random
    tally: Tally
    began: float = field(default_factory=time.monotonic)


class TurnedAway(Exception):
    """The answer was not what was asked for."""


async def listen(seat: Seat) -> None:
    """Tune in for a while, with or without titles; leave politely or not."""
    while True:
        await asyncio.sleep(seat.dice.uniform(0.0, 5.0))
        icy = seat.dice.random() < 0.5
        try:
            async with _asked(seat, MOUNT, "Icy-MetaData: 1" if icy else "") as reader:
                await _hear(seat, reader)
        except (OSError, EOFError, TimeoutError, TurnedAway):
            seat.tally.refused += 1


async def doze(seat: Seat) -> None:
    """Tune in and never read: the listener whom the server has to let go."""
    while True:
        try:
            async with _connected(seat) as (_, writer):
                writer.write(_request(MOUNT))
                await asyncio.sleep(seat.dice.uniform(60.0, 120.0))
        except OSError:
            seat.tally.refused += 1


async def follow(seat: Seat) -> None:
    """Listen by HLS: the playlists, then each new segment."""
    while True:
        await asyncio.sleep(seat.dice.uniform(0.0, PLAYLIST_SECONDS))
        try:
            await _follow_one_playlist(seat, playlists=seat.dice.randint(2, 12))
        except (OSError, EOFError, TimeoutError, TurnedAway):
            seat.tally.refused += 1


async def read_page(seat: Seat) -> None:
    """Keep a page open that is told what is playing; come back with its last id."""
    last_id = ""
    while True:
        await asyncio.sleep(seat.dice.uniform(0.0, 3.0))
        resume = f"Last-Event-ID: {last_id}" if last_id else ""
        try:
            path = f"/events?station={STATION}"
            async with _asked(seat, path, resume) as reader:
                last_id = await _read_events(seat, reader) or last_id
        except (OSError, EOFError, TimeoutError, TurnedAway):
            seat.tally.refused += 1


async def pester(seat: Seat) -> None:
    """Send what no server should have to read: noise, halves, and wrong keys."""
    nonsense = (
        lambda: seat.dice.randbytes(seat.dice.randint(1, 4096)),
        lambda: b"GET /" + b"x" * 20_000,
        lambda: b"SOURCE /bench HTTP/1.0\r\nAuthorization: Basic eDp5\r\n\r\n",
        lambda: b"GET /bench.mp3 HTTP/1.1\r\nHost:",
    )
    while True:
        await asyncio.sleep(seat.dice.uniform(0.2, 2.0))
        try:
            async with _connected(seat) as (reader, writer):
                writer.write(seat.dice.choice(nonsense)())
                async with asyncio.timeout(seat.dice.uniform(0.1, 20.0)):
                    await reader.read()
        except (OSError, TimeoutError):
            continue  # being thrown out is the right thing to happen


# --- one visit ---------------------------------------------------------------


async def _hear(seat: Seat, reader: asyncio.StreamReader) -> None:
    ear = Ear(BYTERATE)
    seat.tally.visits += 1
    try:
        async with asyncio.timeout(seat.dice.uniform(5.0, 90.0)):
            while data := await reader.read(65536):
                ear.hear(len(data), time.monotonic())
        seat.tally.cut_off += 1
    except TimeoutError:
        ear.play(time.monotonic())
    if ear.first_at is not None and ear.longest_at is not None:
        silence = Silence(
            at=ear.longest_at - seat.began,
            into_visit=ear.longest_at - ear.first_at,
            lasted=ear.longest,
        )
        seat.tally.silences.append(silence)


async def _read_events(seat: Seat, reader: asyncio.StreamReader) -> str:
    """Read until it is enough; return the last event's id."""
    last_id = ""
    seat.tally.visits += 1
    try:
        async with asyncio.timeout(seat.dice.uniform(10.0, 90.0)):
            while line := await reader.readline():
                if line.startswith(b"id:"):
                    last_id = line[3:].decode().strip()
        seat.tally.cut_off += 1
    except TimeoutError:
        pass  # enough
    return last_id


async def _follow_one_playlist(seat: Seat, *, playlists: int) -> None:
    top = f"/{STATION}/live.m3u8"
    rendition = urljoin(top, seat.dice.choice(_uris(await _fetch(seat, top))))
    seen = ""
    for _ in range(playlists):
        newest = urljoin(rendition, _uris(await _fetch(seat, rendition))[-1])
        if newest != seen:
            await _fetch(seat, newest)
        seen = newest
        await asyncio.sleep(PLAYLIST_SECONDS)


def _uris(playlist: bytes) -> list[str]:
    lines = playlist.decode().splitlines()
    uris = [line for line in lines if line and not line.startswith("#")]
    if not uris:
        raise TurnedAway("an empty playlist")
    return uris


async def _fetch(seat: Seat, path: str) -> bytes:
    async with _asked(seat, path) as reader, asyncio.timeout(ANSWER_SECONDS):
        body = await reader.read()
    seat.tally.visits += 1
    return body


@asynccontextmanager
async def _asked(
    seat: Seat, path: str, header: str = ""
) -> AsyncIterator[asyncio.StreamReader]:
    """Ask for *path*; yield the reader once the head of a 200 was read."""
    async with _connected(seat) as (reader, writer):
        writer.write(_request(path, header))
        async with asyncio.timeout(ANSWER_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        if b" 200" not in head.partition(b"\r\n")[0]:
            raise TurnedAway(head.decode("latin-1"))
        yield reader


@asynccontextmanager
async def _connected(
    seat: Seat,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(HOST, seat.port)
    try:
        yield reader, writer
    finally:
        if seat.dice.random() < 0.3:
            reset(writer)
        writer.close()


def _request(path: str, header: str = "") -> bytes:
    more = f"{header}\r\n" if header else ""
    return (
        f"GET {path} HTTP/1.0\r\nHost: {HOST}\r\n"
        f"User-Agent: groundwave-bench\r\n{more}\r\n"
    ).encode()
