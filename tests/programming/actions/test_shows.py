from __future__ import annotations

from datetime import timedelta

import pytest

from groundwave.programming.actions import (
    bring_back_show,
    change_slot,
    pre_empt,
    remove_show,
    retire_show,
    set_default_show,
)
from groundwave.programming.errors import ShowRetired, StillNeeded
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Show, Slot
from programming.conftest import NOW, named, utc


pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def test_a_show_that_is_retired_comes_no_more_and_was_heard(kgnd, jazz, plan):
    plan(jazz, "10:00", 60, now=NOW - WEEK)
    pre_empt(
        kgnd, show=jazz, starts_at=utc("26 10:00"), ends_at=utc("26 11:00"), now=NOW
    )

    retire_show(jazz, now=NOW)

    jazz.refresh_from_db()
    assert jazz.retired_at == NOW
    assert not Show.objects.listed().exists()
    assert named(guide(kgnd, NOW, NOW + WEEK, now=NOW)) == ["19:00 -"]
    heard = guide(kgnd, utc("21 16:00"), utc("21 19:00"), now=NOW)
    assert named(heard) == ["16:00 -", "17:00 Jazz", "18:00 -"]


def test_what_is_on_the_air_is_heard_to_its_end(kgnd, jazz, plan):
    plan(jazz, "11:00", 120, now=NOW - WEEK)

    retire_show(jazz, now=NOW)

    tiles = guide(kgnd, NOW, NOW + WEEK, now=NOW)
    assert named(tiles) == ["19:00 Jazz", "20:00 -"]


def test_a_show_that_took_the_slot_over_stays_when_the_one_before_is_retired(
    kgnd, jazz, news, plan
):
    slot = plan(jazz, "10:00", 60)
    change_slot(slot, from_date=utc("25 00:00").date(), now=NOW, show=news)

    retire_show(jazz, now=NOW)

    tiles = guide(kgnd, utc("23 00:00"), utc("26 00:00"), now=NOW)
    assert named(tiles) == ["00:00 -", "17:00 News", "18:00 -"]


def test_a_retired_show_does_not_become_what_a_station_falls_back_on(kgnd, jazz):
    retire_show(jazz, now=NOW)

    with pytest.raises(ShowRetired, match="Bring it back first"):
        set_default_show(kgnd, jazz)


def test_a_slot_that_has_not_begun_goes_with_its_show(kgnd, jazz, plan):
    plan(jazz, "10:00", 60, starts_on=(NOW + WEEK).date())

    retire_show(jazz, now=NOW)

    assert not Slot.objects.exists()
    assert not Airing.objects.exists()


def test_a_retired_show_comes_back_and_is_planned_anew(kgnd, jazz, plan):
    retire_show(jazz, now=NOW)

    bring_back_show(jazz)
    plan(jazz, "13:00", 60)

    jazz.refresh_from_db()
    assert list(Show.objects.listed()) == [jazz]
    assert "20:00 Jazz" in named(guide(kgnd, NOW, NOW + WEEK, now=NOW))


def test_what_was_heard_is_not_deleted(kgnd, jazz, plan):
    plan(jazz, "10:00", 60, now=NOW - WEEK)

    with pytest.raises(
        StillNeeded, match=r"Jazz has been on the air.*Retire it instead"
    ):
        remove_show(jazz, now=NOW)

    assert Airing.objects.filter(show=jazz, starts_at__lt=NOW).count() == 7


def test_a_show_that_nobody_has_heard_is_deleted_with_all_its_plans(kgnd, jazz, plan):
    plan(jazz, "13:00", 60)

    remove_show(jazz, now=NOW)

    assert not Show.objects.exists()
    assert not Slot.objects.exists()
    assert not Airing.objects.exists()


@pytest.mark.parametrize("verb", [remove_show, retire_show])
def test_what_a_station_falls_back_on_stays(kgnd, jazz, verb):
    set_default_show(kgnd, jazz)

    with pytest.raises(StillNeeded, match="another default show"):
        verb(jazz, now=NOW)


def test_a_show_that_never_was_listed_is_not_listed_by_coming_back(kgnd, jazz):
    Show.objects.filter(pk=jazz.pk).update(is_listed=False)
    jazz.refresh_from_db()

    retire_show(jazz, now=NOW)
    bring_back_show(jazz)

    assert not Show.objects.listed().exists()


def test_a_retired_show_is_not_listed_whatever_is_ticked(kgnd, jazz):
    retire_show(jazz, now=NOW)
    Show.objects.update(is_listed=True)

    jazz.refresh_from_db()
    assert not Show.objects.listed().exists()
    assert not jazz.is_public
