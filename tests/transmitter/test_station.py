from __future__ import annotations

import pytest

from equipment.callers import until
from equipment.encoders import mp3_frames
from equipment.stopped_air import changes, on_air
from equipment.transmitters import kgnd
from groundwave.patchbay.messages import OnAirChanged, Role, TitleChanged
from groundwave.transmitter.encodings import RENDITIONS
from groundwave.transmitter.station import Station
from groundwave.transmitter.tape.recorder import Recorder
from groundwave.transmitter.tape.title import between


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


async def test_the_timeline_names_who_held_and_who_gave_the_air_back(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        send(main, backup, seconds=4)
        station.hold(Role.BACKUP, by="Ines")
        station.hold(None, by="Odetta")
        send(main, backup, seconds=1)
        station.hold(None, by="Odetta")  # nothing is held: the chain goes on
        station.disconnect(main, "It hung up.")
        send(backup, seconds=1)

        told = [one.reason for one in station.told if isinstance(one, OnAirChanged)]
        assert told[-3:] == [
            "Ines put backup on air.",
            "Odetta gave the air back; main took over.",
            "Main disconnected; backup took over.",
        ]


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


# --- titles on the tape ------------------------------------------------------------


def titled(station: Station) -> list[tuple[float, str]]:
    """What the tape has of titles, by air time."""
    clock = station._clock
    recorder = station.recorder
    known = [t for segment in recorder.segments for t in segment.titles]
    known += recorder.titles_to_come
    offset = clock.unix_at(0)
    return [(t.at - offset, t.text) for t in between(known, 0, 1e11)]


async def test_a_title_is_dated_by_the_sound_that_arrives_with_it(tmp_path):
    async with on_air(tmp_path) as (station, clock, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=1)
        station.entitle(main, "Vatn")
        ((at, text),) = titled(station)

        assert text == "Vatn"
        assert at == pytest.approx(clock.at, abs=0.15)


async def test_a_source_that_is_ahead_has_its_titles_ahead_too(tmp_path):
    async with on_air(tmp_path) as (station, clock, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=1)
        main.feed.receive(b"".join(f.data for f in mp3_frames(440)) * 5)
        reel = station.mounts["/kgnd.mp3"].reel
        assert reel.ends_at > clock.at + 3
        station.entitle(main, "Vatn")
        ((at, _),) = titled(station)

        assert at == pytest.approx(reel.ends_at, abs=0.01)
        (told,) = (m for m in station.told if isinstance(m, TitleChanged))
        assert told.at.timestamp() == pytest.approx(clock.unix_at(at), abs=0.001)
        assert told.at == station.entitled_at


async def test_a_source_that_takes_the_air_brings_its_title_or_none(tmp_path):
    """From its first sound, which is where the one before ended."""
    async with on_air(tmp_path) as (station, _, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        station.entitle(backup, "Stormur")
        send(main, backup, seconds=2)
        station.entitle(main, "Vatn")
        relay, ended_at = connect(Role.RELAY), []
        for gone, left in ((main, backup), (backup, relay)):
            send(gone, left, seconds=2)
            ended_at.append(station.mounts["/kgnd.mp3"].reel.ends_at)
            station.disconnect(gone, "Ines ended the connection.")
            send(left, seconds=1)

        texts = [text for _, text in titled(station)]
        assert texts == ["Vatn", "Stormur", ""]
        for (at, _), expected in zip(titled(station)[1:], ended_at, strict=True):
            assert at == pytest.approx(expected, abs=0.05)


async def test_what_a_source_said_of_sound_that_nobody_hears_is_not_on_the_tape(
    tmp_path,
):
    """It was ahead, said a title, and another took the air from where it ended."""
    async with on_air(tmp_path) as (station, _, connect, send):
        main, backup = connect(Role.MAIN), connect(Role.BACKUP)
        send(main, backup, seconds=3)
        station.entitle(backup, "Stormur")
        main.feed.receive(b"".join(f.data for f in mp3_frames(440)) * 3)
        station.entitle(main, "Never heard")
        station.disconnect(main, "Ines ended the connection.")
        send(backup, seconds=5)

        assert [text for _, text in titled(station)] == ["Stormur"]


async def test_after_a_long_time_off_air_a_title_begins_with_its_sound(tmp_path):
    async with on_air(tmp_path) as (station, clock, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=2)
        station.entitle(main, "Vatn")
        send(main, seconds=1)
        station.disconnect(main, "Ines ended the connection.")
        send(seconds=2)
        went_off_at, clock.at = clock.at, clock.at + 3600
        again = connect(Role.MAIN)
        again.title = "Ljós"
        began = clock.at
        send(again, seconds=2)

        (_, vatn), (off_at, none), (at, ljos) = titled(station)
        assert (vatn, none, ljos) == ("Vatn", "", "Ljós")
        assert off_at < went_off_at
        assert began - 0.5 < at < began + 1.5
        changed = [m for m in station.told if isinstance(m, OnAirChanged)][-1]
        assert changed.heard_at.timestamp() == pytest.approx(
            clock.unix_at(at), abs=0.001
        )


async def until_recorded(station: Station) -> None:
    await until(lambda: bool(station.recorder.segments))


async def test_a_restart_does_not_give_an_old_title_to_new_sound(tmp_path):
    async with on_air(tmp_path) as (station, _, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=2)
        station.entitle(main, "Vatn")
        send(main, seconds=6)
        await until_recorded(station)
    async with on_air(tmp_path) as (again, clock, connect, send):
        last = again.recorder.store.between(0, 1e11)[-1].segment
        assert [t.text for t in last.titles] == ["Vatn"]
        clock.at += 60
        send(connect(Role.MAIN), seconds=2)

        assert titled(again)[-1][1] == ""


async def test_a_station_that_is_opened_anew_keeps_the_title_to_come(tmp_path):
    async with on_air(tmp_path) as (before, clock, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=1)
        before.entitle(main, "Vatn")
        await before.end_tape()
        recorder = Recorder(
            tmp_path / "new",
            RENDITIONS,
            window_seconds=60,
            keep_hours=1,
            now=clock.unix(),
        )
        after = Station(
            kgnd(),
            clock=clock,
            recorder=recorder,
            tell=lambda _: None,
            departed=lambda *_: None,
        )
        after.go_on_from(before)

        assert [title.text for title in recorder.titles.to_come] == ["Vatn"]
        await after.close()


async def test_an_encoder_whose_sound_is_in_trouble_is_said_to_be(tmp_path):
    async with on_air(tmp_path) as (_, clock, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=1)
        main.feed.health.trouble = "The sound is damaged; restart the encoder."
        status = main.status(on_air=True, unix_at=clock.unix_at)

        assert status.trouble == "The sound is damaged; restart the encoder."


async def test_an_encoder_that_stalls_is_neither_loud_nor_healthy_any_more(tmp_path):
    async with on_air(tmp_path) as (_, clock, connect, send):
        main = connect(Role.MAIN)
        send(main, seconds=1)
        now = clock.at
        main.feed.health.measured(-12.0, silent=False, since=now - 0.4, now=now)
        status = main.status(on_air=True, unix_at=clock.unix_at)
        assert (status.level_dbfs, status.healthy) == (-12.0, True)

        clock.at += 2.5
        status = main.status(on_air=True, unix_at=clock.unix_at)
        assert (status.level_dbfs, status.healthy) == (None, False)
