from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from groundwave.delivery.days import Day, day_of, minute_of_day, utc_text


DENVER = ZoneInfo("America/Denver")


@pytest.mark.parametrize(
    ("on", "hours"),
    [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 11, 2), 24)],
)
def test_a_day_is_as_long_as_the_clocks_make_it(on, hours):
    assert Day(on, DENVER).lasts == timedelta(hours=hours)


def test_a_half_hours_change_is_counted_as_one():
    lord_howe = ZoneInfo("Australia/Lord_Howe")

    assert Day(date(2026, 4, 5), lord_howe).lasts == timedelta(hours=24.5)


def test_a_day_knows_when_its_clocks_are_changed():
    (change,) = Day(date(2026, 11, 1), DENVER).changes

    assert change.at == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert change.by == timedelta(hours=-1)
    assert Day(date(2026, 11, 2), DENVER).changes == ()


def test_the_day_is_the_stations_not_the_servers():
    late = datetime(2026, 11, 3, 5, tzinfo=UTC)

    assert day_of(late, DENVER).date == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("first_weekday", "first"), [(0, date(2026, 11, 1)), (1, date(2026, 10, 26))]
)
def test_a_week_begins_where_the_reader_is_used_to(first_weekday, first):
    week = Day(date(2026, 11, 1), DENVER).week(first_weekday)

    assert [day.date for day in week] == [first + timedelta(n) for n in range(7)]


def test_days_of_a_week_follow_each_other_without_a_gap():
    week = Day(date(2026, 11, 1), DENVER).week(0)

    assert all(day.ends_at == day.after.starts_at for day in week)


def test_a_wall_clock_that_goes_back_shows_its_minutes_twice():
    first = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)

    assert minute_of_day(first, DENVER) == 90
    assert minute_of_day(first + timedelta(hours=1), DENVER) == 90


def test_an_instant_travels_in_utc():
    at = datetime(2026, 11, 1, 11, 30, tzinfo=DENVER)

    assert utc_text(at) == "2026-11-01T18:30:00Z"
