from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given, strategies as st

from groundwave.programming.schedule.recurrence import (
    Recurrence,
    RuleUnreadable,
    read_rule,
    weekday_of_month,
)


MONDAY = date(2026, 1, 5)
FAR = date(2100, 1, 1)


def first(count: int, recurrence: Recurrence) -> list[str]:
    return [str(day) for day in islice(recurrence.dates(date.min, FAR), count)]


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("", ["2026-01-05"]),
        ("FREQ=DAILY", ["2026-01-05", "2026-01-06", "2026-01-07"]),
        ("FREQ=WEEKLY", ["2026-01-05", "2026-01-12", "2026-01-19"]),
        ("FREQ=WEEKLY;BYDAY=WE,SU", ["2026-01-07", "2026-01-11", "2026-01-14"]),
        ("FREQ=WEEKLY;INTERVAL=2", ["2026-01-05", "2026-01-19", "2026-02-02"]),
        # The second Friday, and the last: what was asked of LibreTime for years.
        ("FREQ=MONTHLY;BYDAY=2FR", ["2026-01-09", "2026-02-13", "2026-03-13"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=WEEKLY;COUNT=2", ["2026-01-05", "2026-01-12"]),
    ],
)
def test_rules_name_dates(rule: str, dates: list[str]):
    assert first(3, Recurrence(MONDAY, rule)) == dates


def test_the_last_date_is_included():
    weekly = Recurrence(MONDAY, "FREQ=WEEKLY", until=date(2026, 1, 19))
    assert first(9, weekly) == ["2026-01-05", "2026-01-12", "2026-01-19"]


def test_every_second_week_is_counted_from_the_first_whoever_asks():
    fortnightly = Recurrence(MONDAY, "FREQ=WEEKLY;INTERVAL=2")
    whole = list(fortnightly.dates(MONDAY, date(2026, 12, 31)))
    asked = [
        day
        for start in range(0, 361, 7)
        for day in fortnightly.dates(
            MONDAY + timedelta(days=start), MONDAY + timedelta(days=start + 6)
        )
    ]
    assert asked[: len(whole)] == whole


@pytest.mark.parametrize(
    "rule",
    [
        "WEEKLY",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=3",
        "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=WEEKLY;UNTIL=20260301T000000Z",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;",
        "RRULE:FREQ=WEEKLY\nEXDATE:20260101",
        "freq=weekly",
        "FREQ=MONTHLY;BYDAY=9FR",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=2FR",
    ],
)
def test_what_no_slot_can_mean_is_refused_in_words(rule: str):
    with pytest.raises(RuleUnreadable) as refused:
        read_rule(rule, MONDAY)
    assert str(refused.value).endswith(".")


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_refused(text: str):
    with suppress(RuleUnreadable):
        list(Recurrence(MONDAY, text).dates(MONDAY, MONDAY + timedelta(days=30)))


def test_a_rule_that_names_no_date_is_refused():
    with pytest.raises(RuleUnreadable, match="names no date"):
        read_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", MONDAY)


@pytest.mark.parametrize(
    ("day", "which", "is_last"),
    [(9, 2, False), (30, 5, True), (23, 4, False), (1, 1, False)],
)
def test_a_date_is_such_a_weekday_of_its_month(day: int, which: int, is_last: bool):
    assert weekday_of_month(date(2026, 1, day)) == (which, is_last)


# --- from a date on ---

EVERY = st.builds(
    "FREQ={};INTERVAL={}{}".format,
    st.sampled_from(["DAILY", "WEEKLY"]),
    st.integers(1, 5),
    st.just(""),
) | st.builds(
    "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
    st.integers(1, 5),
    st.lists(
        st.sampled_from(["MO", "WE", "SU"]), min_size=1, max_size=3, unique=True
    ).map(",".join),
)
COUNTED = (
    EVERY
    | st.builds("{};COUNT={}".format, EVERY, st.integers(1, 40))
    | st.sampled_from(["", "FREQ=MONTHLY;BYDAY=-1SU;INTERVAL=2", "FREQ=YEARLY;COUNT=3"])
)
LATER = st.integers(0, 900).map(lambda days: MONDAY + timedelta(days=days))


@given(EVERY, st.integers(0, 6).map(lambda n: MONDAY + timedelta(days=n)), LATER)
def test_dates_far_on_are_those_that_counting_from_the_start_gives(
    rule: str, starts_on: date, later: date
):
    end = later + timedelta(days=60)
    counted = read_rule(rule, starts_on)

    assert list(Recurrence(starts_on, rule).dates(later, end)) == [
        each.date()
        for each in takewhile(lambda at: at.date() <= end, counted)
        if each.date() >= later
    ]


@given(COUNTED, LATER)
def test_what_is_left_of_a_recurrence_has_the_same_dates(rule: str, later: date):
    whole = Recurrence(MONDAY, rule, until=MONDAY + timedelta(days=1500))
    rest = whole.rest(later)

    left = list(whole.dates(later, FAR))
    assert left == (list(rest.dates(date.min, FAR)) if rest else [])
