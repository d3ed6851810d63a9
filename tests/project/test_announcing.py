from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest

from equipment.broken_database import failing_once
from groundwave.patchbay.messages import Announced
from groundwave.programming.actions import plan_slot
from groundwave.programming.models import Show, Slot
from groundwave.project.announcing import LOOK_SECONDS, look, run_announcing
from groundwave.stations.actions import open_station


pytestmark = pytest.mark.django_db

# Jazz is on from 12:10 to 12:40 in Denver.
TEN_PAST = datetime(2026, 11, 22, 19, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def jazz(kgnd):
    jazz = Show.objects.create(title="Jazz", slug="jazz")
    plan_slot(
        kgnd,
        show=jazz,
        starts_on=date(2026, 11, 1),
        begins=time(12, 10),
        minutes=30,
        rule="FREQ=DAILY",
        now=TEN_PAST - timedelta(days=1),
    )
    return jazz


class Clock(threading.Event):
    """A stop signal under which a rest moves the clock; set after so many of them."""

    def __init__(self, time_machine, *, rests, at=TEN_PAST - 10 * SECOND):
        super().__init__()
        self.rested = []
        self._now = at
        self._machine = time_machine
        self._rests = rests
        time_machine.move_to(self._now, tick=False)

    def wait(self, timeout=None):
        self.rested.append(timeout)
        self._now += timedelta(seconds=timeout or 0)
        self._machine.move_to(self._now, tick=False)
        if len(self.rested) == self._rests:
            self.set()
        return self.is_set()


def test_it_wakes_at_the_boundary_and_not_before(kgnd, jazz):
    before = TEN_PAST - 10 * SECOND

    assert look(before - SECOND, before) == ([], TEN_PAST)
    assert look(before, TEN_PAST)[0] == [kgnd]
    assert look(TEN_PAST, TEN_PAST + SECOND)[0] == []


def test_a_boundary_that_passed_while_it_slept_is_told(kgnd, jazz):
    assert look(TEN_PAST - SECOND, TEN_PAST + 7 * SECOND)[0] == [kgnd]


def test_where_nothing_ever_begins_pages_are_told_every_hour(kgnd):
    eight = TEN_PAST.replace(hour=20, minute=0)

    assert look(eight - SECOND, eight)[0] == [kgnd]
    assert look(eight, eight + SECOND) == (
        [],
        eight + SECOND + timedelta(seconds=LOOK_SECONDS),
    )


def test_pages_are_told_at_the_boundary(kgnd, jazz, transmitter, time_machine):
    clock = Clock(time_machine, rests=2)

    run_announcing(clock)

    news = json.loads(transmitter.next_heard(Announced).data)
    assert clock.rested[0] == 10
    assert news["at"] == "2026-11-22T19:10:00.000Z"
    (on_air,) = (
        each for each in news["tiles"] if each["starts_at"] == "2026-11-22T19:10:00Z"
    )
    assert on_air["show"]["title"] == "Jazz"


def test_what_passed_while_the_database_was_away_is_told_when_it_is_back(
    kgnd, jazz, transmitter, time_machine
):
    clock = Clock(time_machine, rests=2)

    with failing_once():
        run_announcing(clock)

    assert clock.rested[0] == LOOK_SECONDS
    assert transmitter.next_heard(Announced).station == "kgnd"


def test_a_station_whose_plans_cannot_be_read_is_passed_over(
    kgnd, jazz, transmitter, time_machine
):
    open_station(
        kgnd.licensee, slug="valley", name="The Valley", timezone="America/Denver"
    )
    Slot.objects.update(timezone="Mars/Olympus")
    eight = TEN_PAST.replace(hour=20, minute=0)
    clock = Clock(time_machine, rests=3, at=eight - 10 * SECOND)

    run_announcing(clock)

    assert len(clock.rested) == 3
    assert transmitter.next_heard(Announced).station == "valley"
