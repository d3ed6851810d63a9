from __future__ import annotations

from datetime import date, timedelta

import pytest

from groundwave.people.models import Person
from groundwave.programming.actions import (
    cancel_airing,
    override_airing,
    pre_empt,
    set_default_show,
)
from groundwave.programming.guide import default_show, guide, now_and_next
from groundwave.programming.models import Airing, Host
from groundwave.stations.actions import open_station
from programming.conftest import NOW, named, utc


pytestmark = pytest.mark.django_db

FAR = timedelta(days=200)


def test_a_slot_is_heard_at_its_wall_time(kgnd, jazz, plan):
    plan(jazz, "10:00", 120)

    tiles = guide(kgnd, utc("24 00:00"), utc("25 00:00"), now=NOW)

    assert named(tiles) == ["00:00 -", "17:00 Jazz", "19:00 -"]


def test_it_is_heard_though_nobody_materialized_so_far_ahead(kgnd, jazz, plan):
    plan(jazz, "10:00", 120)
    start = utc("24 00:00") + FAR

    tiles = guide(kgnd, start, start + timedelta(days=1), now=NOW)

    # Denver's clocks are an hour on in June.
    assert named(tiles) == ["00:00 -", "16:00 Jazz", "18:00 -"]
    assert tiles[1].planned.pk is None


@pytest.mark.parametrize("ahead", [timedelta(days=2), FAR])
def test_what_was_cancelled_is_not_heard_whether_stored_or_not(kgnd, jazz, plan, ahead):
    plan(jazz, "10:00", 120)
    start = utc("22 00:00") + ahead
    end = start + timedelta(days=1)
    airing = guide(kgnd, start, end, now=NOW)[1].planned

    cancel_airing(airing, now=NOW)

    assert named(guide(kgnd, start, end, now=NOW)) == ["00:00 -"]


@pytest.mark.parametrize("ahead", [timedelta(days=2), FAR])
def test_what_was_moved_to_another_day_is_heard_there_and_not_twice(
    kgnd, jazz, plan, ahead
):
    plan(jazz, "10:00", 120, "FREQ=WEEKLY;BYDAY=TU")
    start = utc("22 00:00") + ahead
    found = [each.planned for each in guide(kgnd, start, start + ahead * 4, now=NOW)]
    airing = next(filter(None, found))
    day = airing.starts_at.replace(hour=0, minute=0)
    later = timedelta(days=1)

    override_airing(
        airing,
        starts_at=airing.starts_at + later,
        ends_at=airing.ends_at + later,
        now=NOW,
    )

    assert named(guide(kgnd, day, day + later, now=NOW)) == ["00:00 -"]
    assert "Jazz" in str(named(guide(kgnd, day + later, day + 2 * later, now=NOW)))


def test_the_past_is_what_was_stored_and_not_what_slots_say_today(kgnd, jazz, plan):
    plan(jazz, "10:00", 120)

    tiles = guide(kgnd, utc("10 00:00"), utc("11 00:00"), now=NOW)

    assert named(tiles) == ["00:00 -"]


def test_a_show_across_midnight_is_heard_on_both_days(kgnd, jazz, plan):
    plan(jazz, "23:00", 180, "FREQ=WEEKLY;BYDAY=FR")
    midnight = utc("28 07:00")

    before = guide(kgnd, midnight - timedelta(hours=2), midnight, now=NOW)
    after = guide(kgnd, midnight, midnight + timedelta(hours=3), now=NOW)

    assert named(before) == ["05:00 -", "06:00 Jazz"]
    assert named(after) == ["07:00 Jazz", "09:00 -"]
    assert after[0].is_resumed
    assert after[0].planned.date == date(2026, 11, 27)


def test_a_simulcast_is_heard_at_one_instant_on_both_stations(kgnd, jazz, plan):
    two = open_station(kgnd.licensee, slug="two", name="Two", timezone="Europe/Zurich")
    plan(jazz, "10:00", 60, also_on=[two])
    span = utc("24 16:00"), utc("24 19:00")

    here, there = (guide(each, *span, now=NOW) for each in (kgnd, two))

    assert named(here) == named(there) == ["16:00 -", "17:00 Jazz", "18:00 -"]
    assert here[1].planned.name == there[1].planned.name


def test_another_stations_schedule_is_its_own(kgnd, jazz, plan):
    two = open_station(kgnd.licensee, slug="two", name="Two")
    plan(jazz, "10:00", 60)

    assert named(guide(two, utc("24 00:00"), utc("25 00:00"), now=NOW)) == ["00:00 -"]


def test_a_slot_whose_rule_cannot_be_read_does_not_take_the_rest_down(
    kgnd, jazz, news, plan
):
    broken = plan(jazz, "10:00", 60)
    plan(news, "12:00", 60)
    Airing.objects.all().delete()
    type(broken).objects.filter(pk=broken.pk).update(rule="FREQ=SOMETIMES")

    tiles = guide(kgnd, utc("24 16:00"), utc("24 21:00"), now=NOW)

    assert named(tiles) == ["16:00 -", "19:00 News", "20:00 -"]


# --- now and next ---


def test_now_and_next_at_the_edge_of_a_show(kgnd, jazz, news, plan):
    plan(jazz, "12:00", 60)
    plan(news, "13:00", 30)

    found = now_and_next(kgnd, now=NOW)
    later = now_and_next(kgnd, now=NOW + timedelta(hours=1))

    assert named([found.on_air, found.following]) == ["19:00 Jazz", "20:00 News"]
    assert named([later.on_air]) == ["20:00 News"]
    assert named([later.following]) == ["20:30 -"]


def test_what_is_next_is_found_though_it_is_days_away(kgnd, jazz, plan):
    plan(jazz, "10:00", 60, "FREQ=WEEKLY;BYDAY=SA")

    found = now_and_next(kgnd, now=NOW)

    assert found.on_air.planned is None
    assert named([found.following]) == ["17:00 Jazz"]


def test_a_station_without_a_schedule_still_has_a_now(kgnd, jazz):
    found = now_and_next(kgnd, now=NOW)
    assert found.on_air.starts_at < NOW < found.on_air.ends_at
    assert (found.on_air.planned, found.following) == (None, None)

    assert default_show(kgnd) is None
    set_default_show(kgnd, jazz)
    assert default_show(kgnd) == jazz
    set_default_show(kgnd, None)
    assert default_show(kgnd) is None


def test_a_show_that_was_interrupted_goes_on_and_says_so(kgnd, jazz, news, plan):
    plan(jazz, "10:00", 240)
    pre_empt(
        kgnd, show=news, starts_at=NOW, ends_at=NOW + timedelta(minutes=5), now=NOW
    )

    found = now_and_next(kgnd, now=NOW)

    assert named([found.on_air, found.following]) == ["19:00 News", "19:05 Jazz"]
    assert found.following.is_resumed


# --- how much it asks of the database ---


def test_a_full_week_is_a_handful_of_queries(
    kgnd, show, plan, django_assert_max_num_queries
):
    ida = Person.objects.create(name="Ida", slug="ida")
    for hour in range(24):
        each = show(f"Show {hour}".replace(" ", "-"))
        Host.objects.create(show=each, person=ida)
        plan(each, f"{hour:02}:00", 60)

    with django_assert_max_num_queries(8):
        tiles = guide(kgnd, NOW, NOW + timedelta(days=7), now=NOW)
        hosts = {
            host.person.name for tile in tiles for host in tile.planned.show.hosts.all()
        }

    assert len(tiles) == 7 * 24
    assert hosts == {"Ida"}
