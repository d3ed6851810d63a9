from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from groundwave.patchbay.messages import Announced
from groundwave.programming.actions import (
    cancel_airing,
    change_slot,
    end_slot,
    materialize,
    override_airing,
    remove_slot,
    retire_show,
)
from groundwave.programming.errors import NothingLeft, ShowRetired
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Slot
from groundwave.stations.actions import open_station
from programming.conftest import NOW, named, utc


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def starts() -> list[str]:
    return [f"{each.starts_at:%d %H:%M}" for each in Airing.objects.standing()]


def test_a_planned_slot_has_airings_for_six_weeks(jazz, plan):
    plan(jazz, "10:00", 120, "FREQ=WEEKLY;BYDAY=TU")

    assert starts() == [
        "24 17:00",
        "01 17:00",
        "08 17:00",
        "15 17:00",
        "22 17:00",
        "29 17:00",
    ]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"rule": "FREQ=HOURLY"}, "how often"),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=0"}, "cannot be in this rule"),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "days that exist"),
        ({"minutes": 0}, "greater than or equal to 1"),
        ({"minutes": 1441}, "24 hours at most. Plan what goes on in a second slot"),
        ({"timezone": "Mars/Olympus"}, "America/Denver"),
        ({"until": date(2026, 10, 1)}, "end before it starts"),
        (
            {"rule": "FREQ=WEEKLY;BYDAY=MO", "until": date(2026, 11, 1)},
            "It never comes: none of its days",
        ),
        ({"starts_on": date(9999, 12, 31)}, "Choose a date from 1920-01-01 to 2199"),
        ({"starts_on": date(1, 1, 1)}, "Choose a date from 1920-01-01 to 2199"),
        ({"until": date.max}, "Choose a date from 1920-01-01 to 2199"),
        ({"timezone": "localtime"}, "localtime is not a time zone"),
    ],
)
def test_a_slot_that_cannot_be_is_refused_in_words(jazz, plan, facts, sentence):
    usual = {"begins": "10:00", "minutes": 60}
    with pytest.raises(ValidationError, match=sentence):
        plan(jazz, **(usual | facts))

    assert not Slot.objects.exists()


def test_a_slot_within_the_hour_that_is_skipped_does_not_air_that_night(
    kgnd, jazz, plan
):
    night = date(2027, 3, 13)
    plan(jazz, "02:15", 30, starts_on=night)

    tiles = guide(
        kgnd, utc("22 00:00") + 110 * DAY, utc("22 00:00") + 115 * DAY, now=NOW
    )

    aired = [each.planned.date.day for each in tiles if each.planned]
    assert aired == [13, 15, 16]


# --- this and following ---


def test_a_change_from_a_date_on_keeps_what_was_aired_before(kgnd, jazz, news, plan):
    slot = plan(jazz, "10:00", 60)
    later = NOW + 7 * DAY  # 29 November

    changed = change_slot(
        slot, from_date=date(2026, 12, 1), now=later, show=news, begins=time(11)
    )

    tiles = guide(kgnd, utc("22 19:00"), utc("12-03 00:00"), now=later)
    heard = [
        f"{each.starts_at:%d %H:%M} {each.planned.show}"
        for each in tiles
        if each.planned
    ]
    assert heard == [
        *(f"{day} 17:00 Jazz" for day in range(23, 31)),
        "01 18:00 News",
        "02 18:00 News",
    ]
    slot.refresh_from_db()
    assert (slot.until, changed.starts_on) == (date(2026, 11, 30), date(2026, 12, 1))


def test_a_change_keeps_the_names_of_what_follows(jazz, plan):
    slot = plan(jazz, "10:00", 60)
    before = dict(Airing.objects.values_list("date", "name"))

    change_slot(slot, from_date=date(2026, 12, 1), now=NOW, begins=time(9))

    assert dict(Airing.objects.values_list("date", "name")) == before


def test_what_was_changed_one_by_one_stays_so_when_the_slot_changes(
    kgnd, jazz, news, plan
):
    slot = plan(jazz, "10:00", 60)
    on = {each.date.day: each for each in Airing.objects.all()[:10]}
    cancel_airing(on[28], now=NOW)
    override_airing(on[29], show=news, now=NOW)

    changed = change_slot(slot, from_date=date(2026, 11, 27), now=NOW, begins=time(12))

    tiles = guide(kgnd, utc("27 07:00"), utc("30 07:00"), now=NOW)
    assert named(tiles) == ["07:00 -", "19:00 Jazz", "20:00 -", "17:00 News", "18:00 -"]
    assert Airing.objects.get(name=on[29].name).slot == changed


def test_a_slot_that_has_not_begun_is_changed_itself(jazz, plan):
    slot = plan(jazz, "10:00", 60, starts_on=date(2026, 12, 1))

    changed = change_slot(slot, from_date=date(2026, 11, 25), now=NOW, minutes=90)

    assert changed == slot == Slot.objects.get()
    assert Airing.objects.first().ends_at == utc("12-01 18:30")


def test_what_has_begun_today_is_changed_from_tomorrow(kgnd, jazz, plan):
    slot = plan(jazz, "10:00", 180)
    assert slot.airings.filter(starts_at__lt=NOW).exists()

    change_slot(slot, from_date=date(2026, 11, 22), now=NOW, minutes=60)

    first, second = Airing.objects.all()[:2]
    assert first.ends_at - first.starts_at == timedelta(minutes=180)
    assert second.ends_at - second.starts_at == timedelta(minutes=60)


def test_a_fortnightly_slot_stays_in_the_same_weeks(jazz, plan):
    slot = plan(
        jazz,
        "10:00",
        60,
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        starts_on=date(2026, 11, 3),
    )
    before = list(Airing.objects.values_list("date", flat=True))

    change_slot(slot, from_date=date(2026, 11, 25), now=NOW, minutes=30)
    assert list(Airing.objects.values_list("date", flat=True)) == before


def test_another_day_of_a_fortnightly_slot_is_in_the_same_weeks(jazz, plan):
    slot = plan(
        jazz,
        "10:00",
        60,
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        starts_on=date(2026, 11, 3),
    )

    mondays = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    change_slot(slot, from_date=date(2026, 11, 25), now=NOW, rule=mondays)

    assert starts() == ["30 17:00", "14 17:00", "28 17:00"]


def test_a_number_of_times_is_not_counted_again(jazz, plan):
    slot = plan(jazz, "10:00", 60, "FREQ=DAILY;COUNT=5", starts_on=date(2026, 11, 23))

    change_slot(slot, from_date=date(2026, 11, 25), now=NOW, begins=time(12))

    assert starts() == ["23 17:00", "24 17:00", "25 19:00", "26 19:00", "27 19:00"]


def test_a_slot_that_is_over_has_nothing_to_change(jazz, plan):
    slot = plan(jazz, "10:00", 60, rule="", starts_on=date(2026, 11, 20))

    with pytest.raises(NothingLeft, match="plan a new one"):
        change_slot(slot, from_date=date(2026, 11, 20), now=NOW, minutes=30)

    slot.refresh_from_db()
    assert (slot.minutes, slot.until) == (60, None)


def test_a_slot_does_not_run_on_into_its_own_next_part(jazz, plan):
    slot = plan(jazz, "10:00", 60)
    change_slot(slot, from_date=date(2026, 12, 1), now=NOW, minutes=30)

    with pytest.raises(ValidationError, match="changed from 2026-12-01 on"):
        change_slot(slot, from_date=date(2026, 11, 25), now=NOW, until=None)


def test_a_simulcast_can_be_ended(kgnd, jazz, plan):
    two = open_station(kgnd.licensee, slug="two", name="Two")
    slot = plan(jazz, "10:00", 60, also_on=[two])

    change_slot(slot, from_date=date(2026, 11, 25), now=NOW, also_on=[])

    assert [each.date.day for each in two.airings.all()] == [23, 24]
    assert named(guide(two, utc("25 00:00"), utc("28 00:00"), now=NOW)) == ["00:00 -"]


def test_two_changes_at_once_do_not_both_take_the_same_dates(jazz, plan):
    slot = plan(jazz, "10:00", 60)
    one, other = Slot.objects.get(pk=slot.pk), Slot.objects.get(pk=slot.pk)
    from_date = date(2026, 12, 1)
    change_slot(one, from_date=from_date, now=NOW, begins=time(9))

    with pytest.raises(NothingLeft):
        change_slot(other, from_date=from_date, now=NOW, begins=time(12))

    assert [each.begins for each in Slot.objects.all()] == [time(10), time(9)]


def test_no_two_parts_of_a_slot_begin_on_one_date(jazz, plan):
    slot = plan(jazz, "10:00", 60)
    slot.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        slot.save(force_insert=True)


def test_a_slot_that_somebody_removed_is_not_changed(jazz, plan):
    slot = plan(jazz, "10:00", 60)
    remove_slot(Slot.objects.get(), now=NOW)

    with pytest.raises(NothingLeft, match="not planned any more"):
        change_slot(slot, from_date=date(2026, 12, 1), now=NOW, minutes=30)


def test_a_later_part_does_not_begin_among_the_dates_of_the_one_before(jazz, plan):
    slot = plan(jazz, "10:00", 60)
    later = change_slot(slot, from_date=date(2026, 12, 1), now=NOW, minutes=30)

    with pytest.raises(ValidationError, match="Until 2026-11-30 it airs as it did"):
        change_slot(
            later, from_date=date(2026, 11, 25), now=NOW, starts_on=date(2026, 11, 28)
        )


def test_a_retired_show_gets_no_slot_and_takes_none_over(jazz, news, plan):
    slot = plan(news, "10:00", 60)
    retire_show(jazz, now=NOW)

    with pytest.raises(ShowRetired, match="Bring it back first"):
        plan(jazz, "12:00", 60)
    with pytest.raises(ShowRetired, match="Bring it back first"):
        change_slot(slot, from_date=date(2026, 12, 1), now=NOW, show=jazz)

    assert Slot.objects.get().show == news


# --- the end ---


def test_what_a_removed_slot_aired_stays_known(kgnd, jazz, plan):
    slot = plan(jazz, "10:00", 60, starts_on=date(2026, 11, 20), now=NOW - 3 * DAY)

    remove_slot(slot, now=NOW)

    assert starts() == ["20 17:00", "21 17:00", "22 17:00"]
    tiles = guide(kgnd, NOW, NOW + 30 * DAY, now=NOW)
    assert [each.planned for each in tiles] == [None]


def test_what_is_on_the_air_when_its_slot_is_removed_ends_then(kgnd, jazz, plan):
    slot = plan(jazz, "11:30", 60)

    remove_slot(slot, now=NOW)

    (left,) = Airing.objects.all()
    assert (left.starts_at, left.ends_at) == (utc("22 18:30"), NOW)


def test_an_ended_slot_has_its_last_date_and_no_more(jazz, news, plan):
    slot = plan(jazz, "10:00", 60)
    override_airing(Airing.objects.get(date=date(2026, 11, 27)), show=news, now=NOW)

    end_slot(slot, last_date=date(2026, 11, 24), now=NOW)

    assert starts() == ["23 17:00", "24 17:00"]


def test_with_a_slot_its_later_parts_end_but_for_those_of_another_show(
    jazz, news, plan
):
    slot = plan(jazz, "10:00", 60)
    later = change_slot(slot, from_date=date(2026, 12, 1), now=NOW, begins=time(11))
    change_slot(later, from_date=date(2026, 12, 8), now=NOW, show=news)

    end_slot(slot, last_date=date(2026, 11, 24), now=NOW)

    assert starts()[:3] == ["23 17:00", "24 17:00", "08 18:00"]
    assert [each.show for each in Slot.objects.all()] == [jazz, news]


def test_a_slot_that_ends_before_it_begins_is_removed(jazz, plan):
    slot = plan(jazz, "10:00", 60)

    end_slot(slot, last_date=date(2026, 10, 24), now=NOW)

    assert not Slot.objects.exists()
    assert not Airing.objects.exists()


def test_open_pages_are_told_once_it_is_true(
    transmitter, kgnd, jazz, plan, django_capture_on_commit_callbacks
):
    two = open_station(kgnd.licensee, slug="two", name="Two")
    with django_capture_on_commit_callbacks(execute=True) as done:
        plan(jazz, "10:00", 24 * 60, also_on=[two])  # on the air whenever this runs

    told = [transmitter.next_heard(Announced) for _ in range(2)]
    assert len(done) == 1
    assert [(each.event, each.station) for each in told] == [
        ("schedule", "kgnd"),
        ("schedule", "two"),
    ]
    assert all("Jazz" in each.data for each in told)


def test_a_schedule_is_planned_while_the_transmitter_is_away(
    jazz, plan, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        plan(jazz, "10:00", 60)

    assert materialize(NOW) == 0
