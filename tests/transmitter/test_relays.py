from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from equipment.transmitters import kgnd_without_standby
from groundwave.patchbay.messages import (
    FromTransmitter,
    Role,
    SourceConnected,
    StationLine,
)
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.encodings import RENDITIONS
from groundwave.transmitter.relays import Relays
from groundwave.transmitter.station import Station
from groundwave.transmitter.tape.recorder import Recorder


@pytest.fixture
async def remote() -> AsyncIterator[str]:
    """The address of a stream that begins and does not end."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n\xff\xfb\x50")
        await reader.read()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


class Desk:
    """Whoever is told, and does not take the first source well."""

    def __init__(self) -> None:
        self.connected = 0
        self.news = asyncio.Event()

    def tell(self, message: FromTransmitter) -> None:
        if isinstance(message, SourceConnected):
            self.connected += 1
            if self.connected == 1:
                raise RuntimeError("nobody foresaw this")
            self.news.set()


def station_of(line: StationLine, folder: Path, desk: Desk) -> Station:
    clock = Clock()
    recorder = Recorder(
        folder, RENDITIONS, window_seconds=60, keep_hours=1, now=clock.unix()
    )
    return Station(
        line,
        clock=clock,
        recorder=recorder,
        tell=desk.tell,
        departed=lambda *_: None,
    )


async def test_a_relay_goes_on_after_a_fault_that_nobody_foresaw(
    remote: str, tmp_path: Path
):
    desk = Desk()
    station = station_of(kgnd_without_standby(relays=(remote,)), tmp_path, desk)
    relays = Relays(station, clock=Clock())
    with capture_logs() as logs:
        relays.start()
        await asyncio.wait_for(desk.news.wait(), 5)
    assert [log["rhythm"] for log in logs if log["event"] == "rhythm_failed"] == [
        "relay"
    ]
    assert station.sources[Role.RELAY].address == remote

    await asyncio.wait_for(relays.close(), 5)
    assert Role.RELAY not in station.sources
    await station.close()
