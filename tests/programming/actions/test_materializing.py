from __future__ import annotations

from datetime import date, timedelta

import pytest

from groundwave.patchbay.messages import Announced
from groundwave.programming.actions import cancel_airing, materialize, override_airing
from groundwave.programming.models import Airing, Slot
from groundwave.stations.models import Station
from programming.conftest import NOW, utc


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def rows():
    facts = ("pk", "name", "starts_at", "ends_at", "kind", "is_cancelled")
    return list(Airing.objects.order_by("pk").values_list(*facts))


def test_doing_it_twice_changes_nothing(jazz, plan):
    plan(jazz, "10:00", 60)
    before = rows()

    assert materialize(NOW) == 0
    assert rows() == before


def test_each_day_adds_a_day(jazz, plan):
    plan(jazz, "10:00", 60)
    before = rows()

    assert materialize(NOW + 3 * DAY) == 3
    assert rows()[: len(before)] == before


def test_a_zone_that_changes_its_rules_moves_what_is_to_come_and_nothing_else(
    jazz, plan
):
    plan(jazz, "10:00", 60, now=NOW - DAY)
    airings = {each.date.day: each for each in Airing.objects.all()[:10]}
    cancel_airing(airings[25], now=NOW)
    override_airing(airings[26], ends_at=utc("26 19:00"), now=NOW)
    before = {row[1]: row for row in rows()}

    # As if Denver's clocks had been put forward for good today.
    Station.objects.update(timezone="America/Chicago")
    materialize(NOW)

    after = {row[1]: row for row in rows()}
    moved = {name for name in before if before[name][2] != after[name][2]}
    stayed = {airings[22].name, airings[26].name}
    assert set(before) <= set(after)
    assert moved == set(before) - stayed
    assert after[airings[25].name][5]  # still cancelled
    assert after[airings[23].name][2] == utc("23 16:00")


def test_what_is_on_the_air_and_said_no_more_was_heard_until_now(jazz, plan):
    plan(jazz, "11:00", 120)
    Slot.objects.update(until=date(2026, 11, 21))

    materialize(NOW)

    (left,) = Airing.objects.all()
    assert (left.starts_at, left.ends_at) == (utc("22 18:00"), NOW)


def test_what_is_on_the_air_began_when_it_did_whatever_the_zone_says_since(jazz, plan):
    plan(jazz, "11:00", 240)
    on_air = Airing.objects.first()

    Station.objects.update(timezone="America/Chicago")
    materialize(NOW)

    on_air.refresh_from_db()
    assert (on_air.starts_at, on_air.ends_at) == (utc("22 18:00"), utc("22 21:00"))


def test_what_a_zone_puts_on_the_air_already_begins_now(jazz, plan):
    plan(jazz, "12:30", 120)
    coming = Airing.objects.first()
    assert coming.starts_at > NOW

    Station.objects.update(timezone="America/Chicago")
    materialize(NOW)

    coming.refresh_from_db()
    assert (coming.starts_at, coming.ends_at) == (NOW, utc("22 20:30"))
    assert materialize(NOW) == 0


def test_what_was_moved_and_heard_days_before_is_not_said_again(jazz, plan):
    plan(jazz, "10:00", 60, "", starts_on=date(2026, 11, 28))
    override_airing(
        Airing.objects.get(), starts_at=NOW, ends_at=utc("22 20:00"), now=NOW
    )

    assert materialize(NOW + 4 * DAY) == 0


def test_only_what_pages_may_show_already_is_told_to_them(
    transmitter, jazz, plan, django_capture_on_commit_callbacks
):
    plan(jazz, "10:00", 60)

    with django_capture_on_commit_callbacks(execute=True) as done:
        materialize(NOW + DAY)
    assert done == []

    Slot.objects.update(minutes=90)
    with django_capture_on_commit_callbacks(execute=True):
        materialize(NOW + DAY)
    assert transmitter.next_heard(Announced).station == "kgnd"


def test_a_schedule_of_sixty_slots_is_some_queries(
    show, plan, django_assert_max_num_queries
):
    each = show("Some")
    for number in range(60):
        plan(each, f"{number % 24:02}:{number % 60:02}", 20)
    Airing.objects.all().delete()

    # SQLite takes some ninety rows at once.
    with django_assert_max_num_queries(40):
        assert materialize(NOW) >= 60 * 42
