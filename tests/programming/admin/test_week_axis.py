from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from groundwave.programming.admin.week_axis import monday_of, week_axis, week_start


DENVER = ZoneInfo("America/Denver")
ZONES = [
    "America/Denver",
    "America/St_Johns",
    "America/Havana",  # changes at midnight
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
]
MINUTE = timedelta(minutes=1)
mondays = st.dates(date(2000, 1, 1), date(2036, 12, 31)).map(monday_of)
# Weeks in which something happens would hardly ever be met by chance.
changes = st.sampled_from(
    [
        (date(2026, 3, 2), "America/Denver"),
        (date(2026, 10, 26), "America/Denver"),
        (date(2026, 3, 30), "Australia/Lord_Howe"),
        (date(2026, 9, 28), "Australia/Lord_Howe"),
        (date(2026, 2, 9), "Africa/Casablanca"),
        (date(2026, 3, 16), "Africa/Casablanca"),
        (date(2026, 3, 2), "America/Havana"),
        (date(2026, 10, 26), "America/Havana"),
        (date(2005, 10, 24), "America/St_Johns"),  # one minute past midnight
        (date(2005, 4, 4), "America/St_Johns"),
    ]
)
weeks = changes | st.tuples(mondays, st.sampled_from(ZONES))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(weeks)
def test_a_minute_of_air_is_a_minute_of_grid_on_every_day(week):
    monday, zone = week
    axis = week_axis(monday, ZoneInfo(zone))

    assert (axis.ends_at - axis.starts_at) == sum(
        (day.lasts for day in axis.days), timedelta()
    )
    for day in axis.days:
        drawn = sum(part.bottom - part.top for part in day.segments)
        voids = sum(bottom - top for top, bottom in axis.voids(day))
        assert drawn == pytest.approx(day.lasts / MINUTE)
        assert drawn + voids == pytest.approx(axis.length)


@given(weeks, st.integers(0, 7 * 24 * 60 - 61))
def test_later_is_lower_and_every_instant_is_found_again(week, minute):
    monday, zone = week
    axis = week_axis(monday, ZoneInfo(zone))
    at = axis.starts_at + minute * MINUTE
    day = next(each for each in axis.days if each.starts_at <= at < each.ends_at)

    top = day.position(at)
    bottom = day.position(at + MINUTE, ending=True)
    (part,) = [each for each in day.segments if each.top <= top < each.bottom]
    assert bottom == pytest.approx(top + 1)
    assert part.starts_at + (top - part.top) * MINUTE == at


def test_the_skipped_hour_is_a_void_in_its_day_alone():
    axis = week_axis(date(2026, 3, 2), DENVER)

    assert axis.length == 24 * 60
    *others, sunday = axis.days
    assert sunday.lasts == timedelta(hours=23)
    assert list(axis.voids(sunday)) == [(120, 180)]
    assert [list(axis.voids(day)) for day in others] == [[]] * 6
    # What ends at the change ends above the void, what begins then below it.
    change = utc("2026-03-08 09:00")
    assert sunday.position(change, ending=True) == 120
    assert sunday.position(change) == 180


def test_the_hour_that_comes_twice_has_rows_of_its_own_that_no_other_day_has():
    axis = week_axis(date(2026, 10, 26), DENVER)

    assert axis.length == 25 * 60
    *others, sunday = axis.days
    assert sunday.lasts == timedelta(hours=25)
    assert list(axis.voids(sunday)) == []
    assert [list(axis.voids(day)) for day in others] == [[(120, 180)]] * 6
    rows = [(row.top, f"{row.time:%H:%M}", row.again) for row in axis.rows()[:5]]
    assert rows == [
        (0, "00:00", False),
        (60, "01:00", False),
        (120, "01:00", True),
        (180, "02:00", False),
        (240, "03:00", False),
    ]
    first, second = utc("2026-11-01 07:30"), utc("2026-11-01 08:30")
    assert (sunday.position(first), sunday.position(second)) == (90, 150)
    assert others[0].position(utc("2026-10-26 08:30")) == 210


def test_half_an_hour_comes_twice_on_lord_howe():
    axis = week_axis(date(2026, 3, 30), ZoneInfo("Australia/Lord_Howe"))

    assert axis.length == 24.5 * 60
    (again,) = [row for row in axis.rows() if row.again]
    assert (again.top, f"{again.time:%H:%M}") == (120, "01:30")


def test_the_week_begins_as_the_publics_schedule_does():
    sunday = date(2026, 9, 13)

    assert {week_start(sunday + timedelta(days=n)) for n in range(7)} == {sunday}
