from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.syndication.models import Original
from groundwave.syndication.polling.timetable import next_check


NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def pause(pk=97, **facts):
    known = {"pk": pk, "arrived_at": NOW - timedelta(days=30)}
    return next_check(Original(**known, **facts), NOW) - NOW


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ({"minutes": 1}, {"minutes": 5}),
        ({"hours": 5, "minutes": 59}, {"minutes": 5}),
        ({"hours": 6}, {"minutes": 30}),
        ({"hours": 71}, {"minutes": 30}),
        ({"hours": 72}, {"days": 1}),
        ({"days": 2000}, {"days": 1}),
    ],
)
def test_the_newer_the_sooner(age, expected):
    assert pause(modified_at=NOW - timedelta(**age)) == timedelta(**expected)


def test_what_is_archived_is_still_asked_for():
    long_ago = NOW - timedelta(days=40)

    assert pause(modified_at=long_ago, archived_at=long_ago) == timedelta(days=3)


def test_what_is_to_be_archived_is_not_yet():
    later = NOW + timedelta(days=1)

    assert pause(archived_at=later) == timedelta(days=1)


def test_the_last_change_of_any_sort_counts():
    day = timedelta(days=1)

    assert pause(
        modified_at=NOW - 9 * day, updated_at=NOW - day, published_at=NOW - 10 * day
    ) == timedelta(minutes=30)


def test_a_clock_that_goes_ahead_makes_it_new():
    assert pause(modified_at=NOW + timedelta(days=400)) == timedelta(minutes=5)


def test_what_says_no_date_goes_by_when_it_came():
    assert pause() == timedelta(days=1)


def test_long_pauses_are_spread_and_never_longer():
    pauses = {pause(pk=pk) for pk in range(1, 98)}

    assert len(pauses) == 97
    assert timedelta(hours=19) < min(pauses) < max(pauses) == timedelta(days=1)
