from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from groundwave.programming.schedule.recurrence import read_rule
from groundwave.programming.schedule.repeats import (
    PLACES,
    WEEKDAYS,
    How,
    Repeat,
    repeat_of,
    rule_of,
)


weekdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(
    lambda days: tuple(sorted(days, key=WEEKDAYS.index))
)
places = st.sets(st.sampled_from(PLACES), min_size=1).map(
    lambda found: tuple(sorted(found, key=PLACES.index))
)
every = st.integers(1, 99)
repeats = st.one_of(
    st.just(Repeat(How.ONCE)),
    st.builds(Repeat, st.just(How.DAILY), every),
    st.builds(Repeat, st.just(How.WEEKLY), every, weekdays),
    st.builds(Repeat, st.just(How.MONTHLY), every, weekdays, places),
)


@given(repeats)
def test_what_somebody_chose_is_chosen_when_they_come_back(repeat: Repeat):
    assert repeat_of(rule_of(repeat)) == repeat


@given(repeats)
def test_every_choice_is_a_rule_that_can_be_carried_out(repeat: Repeat):
    if repeat.how is not How.ONCE:
        assert read_rule(rule_of(repeat), date(2026, 1, 5))


@pytest.mark.parametrize(
    ("rule", "repeat"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", Repeat(How.WEEKLY, 2, ("TU", "TH"))),
        ("FREQ=MONTHLY;BYDAY=-1FR", Repeat(How.MONTHLY, 1, ("FR",), (-1,))),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", Repeat(How.MONTHLY, 1, ("TU",), (1, 3))),
    ],
)
def test_rules_are_understood(rule: str, repeat: Repeat):
    assert repeat_of(rule) == repeat


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=5",
        "FREQ=WEEKLY",
        "FREQ=MONTHLY;BYDAY=1TU,3TH",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYMONTHDAY=13",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
        "FREQ=WEEKLY;INTERVAL=x;BYDAY=MO",
        "nonsense",
    ],
)
def test_a_rule_that_no_choice_says_is_kept_as_it_is(rule: str):
    assert repeat_of(rule) == Repeat(How.BY_RULE, rule=rule)
    assert rule_of(repeat_of(rule)) == rule
