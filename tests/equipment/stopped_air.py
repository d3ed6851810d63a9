"""A station without encoders or listeners, whose clock stands still until a test winds it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path

from equipment.encoders import mp3_frames
from equipment.transmitters import kgnd
from groundwave.patchbay.messages import OnAirChanged, Role
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.encodings import RENDITIONS
from groundwave.transmitter.feed import Feed
from groundwave.transmitter.source import Source
from groundwave.transmitter.station import Station
from groundwave.transmitter.tape.recorder import Recorder


class StoppedClock(Clock):
    """A clock that a test winds."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1000.0

    def air(self) -> float:
        return self.at


@asynccontextmanager
async def on_air(tmp_path: Path, **line: object):
    clock, told = StoppedClock(), []
    recorder = Recorder(
        tmp_path, RENDITIONS, window_seconds=60, keep_hours=1, now=clock.unix()
    )
    station = Station(
        kgnd(**line),
        clock=clock,
        recorder=recorder,
        tell=told.append,
        departed=lambda *_: None,
    )
    feeds: list[Feed] = []

    def connect(role: Role) -> Source:
        feed = Feed(
            content_type="audio/mpeg",
            outputs=tuple(station.outputs.values()),
            silence_dbfs=-50,
            air=clock.air,
            hear=lambda name, frames: station.hear(source, name, frames),
            refuse=lambda _: None,
        )
        feeds.append(feed)
        source = Source(role=role, feed=feed, since=clock.now(), hang_up=lambda _: None)
        station.connect(source)
        return source

    def send(*sources: Source, seconds: float) -> None:
        """Each source sends its tone a little fast, a tenth of a second at once."""
        for _ in range(round(seconds * 10)):
            clock.at += 0.1
            for source in sources:
                tone = 440 if source.role is Role.MAIN else 880
                source.feed.receive(b"".join(f.data for f in mp3_frames(tone)[:4]))
            station.tick()

    station.feeds, station.told = feeds, told  # type: ignore[attr-defined]
    try:
        yield station, clock, connect, send
    finally:
        for feed in feeds:
            await feed.close()
        await station.close()


def changes(station: Station) -> list[Role | None]:
    told = station.told  # type: ignore[attr-defined]
    return [m.role for m in told if isinstance(m, OnAirChanged)]
