from __future__ import annotations

import threading
from datetime import time

import pytest
from django.db import DatabaseError
from django.utils import timezone

from groundwave.programming.actions import plan_slot
from groundwave.programming.models import Airing, Show, Slot
from groundwave.project import scheduling
from groundwave.project.scheduling import AGAIN_SECONDS, HOUR_SECONDS, run_scheduling


pytestmark = pytest.mark.django_db


class Hours(threading.Event):
    """A stop signal under which a rest takes no time; set after so many of them."""

    def __init__(self, rests):
        super().__init__()
        self.rested = []
        self._rests = rests

    def wait(self, timeout=None):
        self.rested.append(timeout)
        if len(self.rested) == self._rests:
            self.set()
        return self.is_set()


@pytest.fixture
def nothing_stored(kgnd):
    now = timezone.now()
    plan_slot(
        kgnd,
        show=Show.objects.create(title="Jazz", slug="jazz"),
        starts_on=now.date(),
        begins=time(10),
        minutes=60,
        rule="FREQ=DAILY",
        now=now,
    )
    Airing.objects.all().delete()


def test_airings_are_made_when_the_worker_starts_and_every_hour(nothing_stored):
    hours = Hours(2)

    run_scheduling(hours)

    assert Airing.objects.count() > 40
    assert hours.rested == [HOUR_SECONDS, HOUR_SECONDS]


def test_with_the_database_away_it_tries_again_within_the_hour(
    nothing_stored, monkeypatch
):
    real = scheduling.materialize
    failures = iter([DatabaseError("database is locked")])

    def fails_once(now):
        for failure in failures:
            raise failure
        return real(now)

    monkeypatch.setattr(scheduling, "materialize", fails_once)
    hours = Hours(2)

    run_scheduling(hours)

    assert Airing.objects.count() > 40
    assert hours.rested == [AGAIN_SECONDS, HOUR_SECONDS]


def test_a_slot_that_cannot_be_read_does_not_end_it(nothing_stored):
    Slot.objects.update(timezone="Mars/Olympus")
    hours = Hours(2)

    run_scheduling(hours)

    assert hours.rested == [AGAIN_SECONDS, AGAIN_SECONDS]
