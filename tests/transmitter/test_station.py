from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path

from equipment.encoders import mp3_frames
from equipment.transmitters import kgnd
from groundwave.patchbay.messages import OnAirChanged, Role, TitleChanged
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.feed import Feed
from groundwave.transmitter.source import Source
from groundwave.transmitter.station import RENDITIONS, Station
from groundwave.transmitter.tape.recorder import Recorder


class StoppedClock(Clock):
    """A clock that a test winds."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1000.0

    def air(self) -> float:
        return self.at


@asynccontextmanager
async def on_air(tmp_path: Path):
    clock, told = StoppedClock(), []
    recorder = Recorder(
        tmp_path, RENDITIONS, window_seconds=60, keep_hours=1, now=clock.unix()
    )
    station = Station(
        kgnd(),
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
        """Each source sends its tone in real time, a tenth of a second at once."""
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


async def test_an_encoder_that_is_back_within_the_grace_period_never_left(tmp_path):
    async with on_air(tmp_path) as (station, clock, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        send(main, backup, seconds=3)
        station.disconnect(main, "The encoder disconnected.", lost=True)
        send(backup, seconds=0.5)
        again = connect(Role.MAIN)
        send(again, backup, seconds=3)

        assert changes(station)[-1] is Role.MAIN
        assert Role.BACKUP not in changes(station)[1:]
        reel = station.mounts["/kgnd.mp3"].reel
        assert clock.at - reel.ends_at < 0.5


async def test_an_encoder_that_stays_away_loses_the_air_and_no_second_of_sound(
    tmp_path,
):
    async with on_air(tmp_path) as (station, clock, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        send(main, backup, seconds=3)
        reel = station.mounts["/kgnd.mp3"].reel
        before, began = reel.end, clock.at
        station.disconnect(main, "The encoder disconnected.", lost=True)
        send(backup, seconds=3)

        assert changes(station)[-1] is Role.BACKUP
        sounded = (reel.end - before) / 16000
        assert abs(sounded - (clock.at - began)) < 0.3


async def test_an_encoder_that_a_person_ended_has_no_grace(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        send(main, backup, seconds=3)
        station.disconnect(main, "Ines ended the connection.")
        station.tick()
        assert changes(station)[-1] is Role.BACKUP


async def test_a_backup_that_is_lost_too_does_not_cost_the_studio_its_grace(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        send(main, backup, seconds=3)
        station.disconnect(main, "The line broke.", lost=True)
        station.disconnect(backup, "The line broke.", lost=True)
        send(seconds=0.5)
        assert changes(station)[-1] is Role.MAIN


async def test_a_title_is_still_shown_when_its_encoder_is_back_in_time(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=3)
        station.entitle(main, "Ottoline Sine - Ground Return")
        station.disconnect(main, "The line broke.", lost=True)
        send(seconds=0.3)
        send(connect(Role.MAIN), seconds=2)
        assert station.title == "Ottoline Sine - Ground Return"


async def test_when_the_last_source_is_lost_nothing_is_said_to_be_on_air(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=3)
        station.disconnect(main, "The line broke.", lost=True)
        send(seconds=0.8)
        assert station.status().on_air is Role.MAIN
        send(seconds=0.5)
        assert station.status().on_air is None
        assert changes(station)[-1] is None


async def test_an_encoder_that_is_back_without_sound_has_no_longer_grace(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=3)
        station.disconnect(main, "The line broke.", lost=True)
        again = connect(Role.MAIN)
        send(seconds=1.5)
        assert station.status().on_air is None
        send(again, seconds=1.5)
        assert station.status().on_air is Role.MAIN


async def test_a_source_that_stalled_takes_the_air_with_sound_of_now(tmp_path):
    async with on_air(tmp_path) as (station, clock, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        send(main, backup, seconds=3)
        send(backup, seconds=3)
        assert station.on_air is Role.BACKUP
        reel = station.mounts["/kgnd.mp3"].reel
        for _ in range(80):
            send(main, backup, seconds=0.1)
            assert clock.at - reel.ends_at < 1.3
        assert station.on_air is Role.MAIN


async def test_a_title_that_is_said_again_is_no_news(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=1)
        for title in ("Vatn", "Vatn", "Ljós", "Ljós", "Vatn"):
            station.entitle(main, title)
        titles = [m.title for m in station.told if isinstance(m, TitleChanged)]
        assert titles == ["Vatn", "Ljós", "Vatn"]


async def test_a_title_that_is_still_shown_is_not_told_again_after_a_hiccup(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=3)
        station.entitle(main, "Vatn")
        began = station.entitled_at
        station.disconnect(main, "The line broke.", lost=True)
        send(seconds=0.3)
        send(connect(Role.MAIN), seconds=2)
        assert (station.title, station.entitled_at) == ("Vatn", began)
