from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from groundwave.programming.schedule.walltime import (
    ClockChange,
    clock_changes,
    instant,
    wall_time,
)


ZONES = [
    "America/Denver",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Europe/Zurich",
    "Pacific/Apia",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
walls = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001
    lambda wall: wall.replace(microsecond=0)
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "at"),
    [
        ("America/Denver", "2026-07-01 12:00", "2026-07-01 18:00"),
        # Skipped: the instant of the change, which is 02:00 and 03:00 in one.
        ("America/Denver", "2026-03-08 02:00", "2026-03-08 09:00"),
        ("America/Denver", "2026-03-08 02:30", "2026-03-08 09:00"),
        ("America/Denver", "2026-03-08 03:00", "2026-03-08 09:00"),
        # Twice: the first.
        ("America/Denver", "2026-11-01 01:30", "2026-11-01 07:30"),
        ("America/Denver", "2026-11-01 02:00", "2026-11-01 09:00"),
        # Half an hour, in the other half of the year.
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
        # Back for Ramadan, which is daylight saving upside down.
        ("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30"),
        ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:00"),
        # A day that never was.
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
        # Nepal's and India's clocks never change.
        ("Asia/Kolkata", "2026-03-08 02:30", "2026-03-07 21:00"),
    ],
)
def test_a_wall_time_is_an_instant(zone: str, wall: str, at: str):
    assert instant(datetime.fromisoformat(wall), ZoneInfo(zone)) == utc(at)


@given(zones, walls, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_later_wall_time_is_never_an_earlier_instant(
    zone: ZoneInfo, wall: datetime, later: timedelta
):
    assert instant(wall, zone) <= instant(wall + later, zone)


@given(zones, walls)
def test_what_the_wall_shows_is_what_was_meant_unless_it_was_skipped(
    zone: ZoneInfo, wall: datetime
):
    at = instant(wall, zone)
    shown = wall_time(at, zone)
    assert shown >= wall
    if shown != wall:
        assert wall_time(at - timedelta(seconds=1), zone) < wall


def test_the_changes_of_a_year_are_found():
    changes = clock_changes(
        ZoneInfo("America/Denver"), utc("2026-01-01 00:00"), utc("2027-01-01 00:00")
    )
    assert list(changes) == [
        ClockChange(utc("2026-03-08 09:00"), timedelta(hours=1)),
        ClockChange(utc("2026-11-01 08:00"), timedelta(hours=-1)),
    ]


def test_half_an_hour_is_a_change_and_no_change_is_none():
    year = utc("2026-01-01 00:00"), utc("2027-01-01 00:00")
    found = list(clock_changes(ZoneInfo("Australia/Lord_Howe"), *year))
    assert [change.by for change in found] == [
        timedelta(minutes=-30),
        timedelta(minutes=30),
    ]
    assert list(clock_changes(ZoneInfo("Asia/Kolkata"), *year)) == []


def test_a_change_belongs_to_the_span_that_begins_with_it():
    at = utc("2026-03-08 09:00")
    zone, hour = ZoneInfo("America/Denver"), timedelta(hours=1)
    assert [c.at for c in clock_changes(zone, at, at + hour)] == [at]
    assert list(clock_changes(zone, at - hour, at)) == []
