"""Exactly one answer to "now", whatever was planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.programming.schedule.clashes import clashes
from groundwave.programming.schedule.occurrences import Pattern
from groundwave.programming.schedule.recurrence import Recurrence
from groundwave.programming.schedule.tiling import (
    Precedence,
    next_after,
    tile,
    tile_at,
)


MIDNIGHT = datetime(2026, 6, 1, tzinfo=UTC)
SIX_ZONES = [
    "America/Denver",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Europe/Zurich",
]


@dataclass(frozen=True)
class Plan:
    name: str
    starts_at: datetime
    ends_at: datetime
    precedence: int = Precedence.SERIES


def plan(name: str, begins: float, ends: float, precedence: int = 1) -> Plan:
    hour = timedelta(hours=1)
    return Plan(name, MIDNIGHT + begins * hour, MIDNIGHT + ends * hour, precedence)


def heard(*plans: Plan, begins: float = 0, ends: float = 24) -> list[str]:
    """``name:from-to`` in hours."""
    hour = timedelta(hours=1)
    tiles = tile(plans, MIDNIGHT + begins * hour, MIDNIGHT + ends * hour)
    return [
        f"{each.planned.name if each.planned else '-'}:"
        f"{(each.starts_at - MIDNIGHT) / hour:g}-{(each.ends_at - MIDNIGHT) / hour:g}"
        for each in tiles
    ]


def test_what_was_not_planned_is_the_default_shows():
    assert heard() == ["-:0-24"]
    assert heard(plan("jazz", 9, 12)) == ["-:0-9", "jazz:9-12", "-:12-24"]


def test_a_one_off_pre_empts_and_the_show_goes_on_after_it():
    morning, speech = plan("morning", 6, 12), plan("speech", 10, 10.5, 3)
    assert heard(morning, speech, begins=6, ends=12) == [
        "morning:6-10",
        "speech:10-10.5",
        "morning:10.5-12",
    ]
    *_, again = tile([morning, speech], morning.starts_at, morning.ends_at)
    assert again.is_resumed


@pytest.mark.parametrize("order", [1, -1])
def test_of_equals_whatever_began_last_is_heard(order: int):
    plans = [plan("long", 0, 24), plan("short", 9, 10)][::order]
    assert heard(*plans) == ["long:0-9", "short:9-10", "long:10-24"]


@pytest.mark.parametrize("order", [1, -1])
def test_of_those_that_began_together_the_answer_does_not_depend_on_an_order(order):
    assert heard(*[plan("a", 0, 24), plan("b", 0, 24)][::order]) == ["a:0-24"]


def test_what_the_clock_skips_is_not_heard():
    assert heard(plan("skipped", 2, 2)) == ["-:0-24"]


def test_the_tile_at_an_instant_and_the_one_after_it():
    tiles = tile([plan("jazz", 9, 12)], MIDNIGHT, MIDNIGHT + timedelta(days=1))
    nine = MIDNIGHT + timedelta(hours=9)
    assert tile_at(tiles, nine) is tiles[1]
    assert tile_at(tiles, nine - timedelta(seconds=1)) is tiles[0]
    assert next_after(tiles, nine) is tiles[2]
    assert tile_at(tiles, MIDNIGHT + timedelta(days=1)) is None
    assert tile_at(tiles, MIDNIGHT - timedelta(seconds=1)) is None
    assert next_after(tiles, nine + timedelta(hours=4)) is None


def test_overlaps_of_equals_are_clashes_and_pre_emptions_are_not():
    jazz, news, speech = plan("jazz", 9, 12), plan("news", 11, 13), plan("s", 10, 11, 3)
    (found,) = clashes([jazz, news, speech])
    assert (found.first, found.second) == (jazz, news)
    assert (found.starts_at, found.ends_at) == (news.starts_at, jazz.ends_at)


def test_of_two_that_start_together_the_second_is_the_one_that_is_heard():
    jazz, news = plan("jazz", 9, 12), plan("news", 9, 11)
    for each in ([jazz, news], [news, jazz]):
        (found,) = clashes(each)
        assert found.second.name in heard(jazz, news)[1]


# --- years of schedules, made up --------------------------------------------------


rules = st.one_of(
    st.just(""),
    st.just("FREQ=DAILY"),
    st.lists(
        st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]),
        min_size=1,
        unique=True,
    ).map(lambda days: f"FREQ=WEEKLY;BYDAY={','.join(days)}"),
    st.integers(2, 5).map(lambda weeks: f"FREQ=WEEKLY;INTERVAL={weeks}"),
    st.sampled_from(["1MO", "2FR", "-1SU", "5WE"]).map("FREQ=MONTHLY;BYDAY={}".format),
)


@st.composite
def slots(draw: st.DrawFn, zones: list[str]) -> tuple[Pattern, Precedence]:
    starts_on = date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 1200)))
    until = draw(st.none() | st.integers(0, 900).map(timedelta))
    recurrence = Recurrence(
        starts_on, draw(rules), starts_on + until if until is not None else None
    )
    begins = time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30, 59])))
    lasts = timedelta(minutes=draw(st.integers(1, 36 * 60)))
    zone = ZoneInfo(draw(st.sampled_from(zones)))
    precedence = draw(st.sampled_from(Precedence))
    return Pattern(recurrence, begins, lasts, zone), precedence


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.parametrize("zone", SIX_ZONES)
def test_there_is_exactly_one_answer_to_now_at_every_instant(
    zone: str, data: st.DataObject
):
    patterns = data.draw(
        st.lists(slots([zone, zone, "America/New_York"]), max_size=8), label="slots"
    )
    start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(
        hours=data.draw(st.integers(0, 24 * 1000), label="hours")
    )
    end = start + timedelta(days=data.draw(st.integers(1, 400), label="days"))
    plans = [
        Plan(f"{number}-{found.date}", found.starts_at, found.ends_at, precedence)
        for number, (pattern, precedence) in enumerate(patterns)
        for found in pattern.between(start, end)
    ]
    tiles = tile(plans, start, end)

    assert (tiles[0].starts_at, tiles[-1].ends_at) == (start, end)
    assert all(each.starts_at < each.ends_at for each in tiles)
    for before, after in pairwise(tiles):
        assert before.ends_at == after.starts_at
        assert before.planned is not after.planned
    instants = data.draw(
        st.lists(st.datetimes(start.replace(tzinfo=None), end.replace(tzinfo=None)))
    )
    edges = [edge for each in plans for edge in (each.starts_at, each.ends_at)]
    for at in [*edges, *(each.replace(tzinfo=UTC) for each in instants)]:
        if start <= at < end:
            found = tile_at(tiles, at)
            assert found is not None
            assert found.planned == _by_hand(plans, at)


def _by_hand(plans: list[Plan], at: datetime) -> Plan | None:
    running = [each for each in plans if each.starts_at <= at < each.ends_at]
    first_of_ties = sorted(running, key=lambda each: each.name)
    return max(
        first_of_ties, key=lambda each: (each.precedence, each.starts_at), default=None
    )


@pytest.mark.parametrize("zone", SIX_ZONES)
def test_slots_that_fill_the_wall_clock_fill_every_day_of_the_year(zone: str):
    """Also the day of 23 hours, of 25, of 23 and a half."""
    edges = [0, 1, 2, 2.5, 3, 6, 9, 23.5, 24]
    patterns = [
        Pattern(
            Recurrence(date(2025, 12, 1), "FREQ=DAILY"),
            time(int(begins), int(begins % 1 * 60)),
            timedelta(hours=ends - begins),
            ZoneInfo(zone),
        )
        for begins, ends in pairwise(edges)
    ]
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    plans = [
        Plan(f"{number}-{found.date}", found.starts_at, found.ends_at)
        for number, pattern in enumerate(patterns)
        for found in pattern.between(start, end)
    ]
    assert list(clashes(plans)) == []
    assert all(each.planned for each in tile(plans, start, end))
