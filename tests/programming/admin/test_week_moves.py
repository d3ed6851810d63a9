from __future__ import annotations

from datetime import date

import pytest

from groundwave.programming.admin.week_moves import CannotMove, moved_rule


MONDAY, TUESDAY, WEDNESDAY = date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16)
SECOND_FRIDAY, THIRD_SATURDAY = date(2026, 9, 11), date(2026, 9, 19)
LAST_FRIDAY, LAST_MONDAY = date(2026, 9, 25), date(2026, 9, 28)


@pytest.mark.parametrize(
    ("rule", "old", "new", "moved"),
    [
        ("", MONDAY, TUESDAY, ""),
        ("FREQ=WEEKLY", MONDAY, TUESDAY, "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=MO", MONDAY, TUESDAY, "FREQ=WEEKLY;BYDAY=TU"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
            MONDAY,
            WEDNESDAY,
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,FR",
        ),
        ("FREQ=DAILY", MONDAY, MONDAY, "FREQ=DAILY"),
        (
            "FREQ=MONTHLY;BYDAY=2FR",
            SECOND_FRIDAY,
            THIRD_SATURDAY,
            "FREQ=MONTHLY;BYDAY=3SA",
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1FR",
            LAST_FRIDAY,
            LAST_MONDAY,
            "FREQ=MONTHLY;BYDAY=-1MO",
        ),
    ],
)
def test_the_day_that_was_dragged_changes_and_the_others_stay(rule, old, new, moved):
    assert moved_rule(rule, old, new) == moved


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,TU",
        "FREQ=MONTHLY;BYMONTHDAY=14",
        "FREQ=MONTHLY;BYDAY=2MO,4MO",
        "FREQ=YEARLY;BYMONTH=9;BYDAY=2MO",
    ],
)
def test_a_rule_in_which_no_one_day_can_be_moved_is_left_alone(rule):
    with pytest.raises(CannotMove, match="Move only this date"):
        moved_rule(rule, MONDAY, TUESDAY)
