from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from groundwave.programming.schedule.occurrences import Pattern
from groundwave.programming.schedule.recurrence import Recurrence


DENVER = ZoneInfo("America/Denver")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def pattern(
    begins: str, hours: float, *, zone: ZoneInfo = DENVER, rule: str = "FREQ=DAILY"
) -> Pattern:
    return Pattern(
        Recurrence(date(2026, 1, 1), rule),
        time.fromisoformat(begins),
        timedelta(hours=hours),
        zone,
    )


def test_a_show_across_midnight_belongs_to_the_day_it_starts_on():
    night = pattern("23:00", 3)
    (found,) = night.between(utc("2026-06-02 07:00"), utc("2026-06-02 07:01"))
    assert found.date == date(2026, 6, 1)
    assert (found.starts_at, found.ends_at) == (
        utc("2026-06-02 05:00"),
        utc("2026-06-02 08:00"),
    )


@pytest.mark.parametrize(
    ("on", "begins", "hours", "lasts"),
    [
        (date(2026, 3, 8), "02:30", 1.5, 1.0),  # begins at 03:00, and is shortened
        (date(2026, 3, 8), "02:00", 1.0, 0.0),  # does not air
        (date(2026, 3, 8), "01:00", 3.0, 2.0),
        (date(2026, 3, 7), "22:00", 8.0, 7.0),
        (date(2026, 11, 1), "01:00", 1.0, 2.0),
        (date(2026, 11, 1), "02:00", 1.0, 1.0),
        (date(2026, 10, 31), "22:00", 8.0, 9.0),
    ],
)
def test_on_the_night_the_clocks_change_a_show_keeps_its_wall_times(
    on: date, begins: str, hours: float, lasts: float
):
    found = pattern(begins, hours).occurrence(on)
    assert found.lasts == timedelta(hours=lasts)
    assert found.planned == timedelta(hours=hours)


def test_only_what_is_on_the_air_in_the_span_is_found():
    hourly = pattern("12:00", 1)
    noon = utc("2026-06-01 18:00")
    hour = timedelta(hours=1)
    assert len(list(hourly.between(noon, noon + hour))) == 1
    assert list(hourly.between(noon - hour, noon)) == []
    assert list(hourly.between(noon + hour, noon + 2 * hour)) == []


def test_a_networks_slot_goes_by_the_networks_clock():
    eastern = pattern("17:00", 1, zone=ZoneInfo("America/New_York"))
    found = eastern.occurrence(date(2026, 7, 1))
    assert found.starts_at.astimezone(DENVER).hour == 15


def test_a_show_of_a_whole_week_is_found_on_its_last_day():
    marathon = Pattern(Recurrence(date(2026, 6, 1)), time(0), timedelta(days=7), DENVER)
    (found,) = marathon.between(utc("2026-06-08 05:00"), utc("2026-06-08 05:30"))
    assert found.date == date(2026, 6, 1)
