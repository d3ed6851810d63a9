"""A time by the clock of a place: there once, twice or never."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from groundwave.newsroom.wall_time import instants_of


DENVER = ZoneInfo("America/Denver")


def test_an_ordinary_time_was_once():
    noon = datetime.fromisoformat("2026-07-01T12:00")

    assert instants_of(noon, DENVER) == [datetime(2026, 7, 1, 18, tzinfo=UTC)]


def test_a_time_in_the_hour_that_autumn_repeats_was_twice():
    wall = datetime.fromisoformat("2026-11-01T01:30")

    assert instants_of(wall, DENVER) == [
        datetime(2026, 11, 1, 7, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
    ]


def test_a_time_in_the_hour_that_spring_leaves_out_never_was():
    assert instants_of(datetime.fromisoformat("2026-03-08T02:30"), DENVER) == []


def test_what_no_clock_can_show_was_never():
    for end in (datetime(9999, 12, 31, 23, 59), datetime(1, 1, 1)):  # noqa: DTZ001 - a wall has no zone
        assert instants_of(end, DENVER) in ([], [end.replace(tzinfo=DENVER)])
