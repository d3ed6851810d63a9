from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from groundwave.patchbay.messages import Announced
from groundwave.programming.actions import materialize, remove_slot
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Slot
from groundwave.stations.models import Station
from programming.conftest import NOW, named, utc


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon():
    """It is NOW for everybody."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_station_that_keeps_another_clock_takes_its_schedule_along(kgnd, jazz, plan):
    plan(jazz, "14:00", 60, starts_on=NOW.date())

    kgnd.timezone = "America/Chicago"
    kgnd.save()

    tiles = guide(kgnd, NOW, NOW + DAY / 2, now=NOW)
    assert named(tiles) == ["19:00 -", "20:00 Jazz", "21:00 -"]
    assert Airing.objects.first().starts_at == utc("22 20:00")
    assert materialize(NOW) == 0


def test_open_pages_are_told_a_stations_new_name(
    transmitter, kgnd, django_capture_on_commit_callbacks
):
    kgnd.name = "KGND Valley Radio"
    with django_capture_on_commit_callbacks(execute=True):
        kgnd.save()

    assert transmitter.next_heard(Announced).station == "kgnd"


def test_a_station_that_aired_anything_is_not_deleted(kgnd, jazz, plan):
    slot = plan(jazz, "11:00", 120)

    with pytest.raises(ProtectedError):
        kgnd.delete()

    remove_slot(slot, now=NOW)
    with pytest.raises(ProtectedError):
        kgnd.delete()
    assert Airing.objects.exists()


def test_a_station_that_never_aired_anything_can_be_deleted(kgnd, jazz, plan):
    remove_slot(plan(jazz, "14:00", 60, starts_on=NOW.date()), now=NOW)

    kgnd.delete()

    assert not Station.objects.exists()
    assert not Slot.objects.exists()


@pytest.mark.parametrize("name", ["localtime", "Factory", "posixrules", "Mars/Olympus"])
def test_a_clock_that_no_browser_knows_is_refused(kgnd, name):
    kgnd.timezone = name

    with pytest.raises(ValidationError, match="is not a time zone"):
        kgnd.full_clean()
