"""What comes and goes by the clock, at its moment."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from equipment.carried import carry, connect
from equipment.photos import keep_photo
from groundwave.delivery.models import Edition
from groundwave.pages.models import HomePage, PlainPage
from groundwave.photos.models import Photo
from groundwave.project import timekeeping
from groundwave.project.timekeeping import LOOK_SECONDS, run_timekeeping


pytestmark = pytest.mark.django_db


class Rests(threading.Event):
    """A stop signal under which time passes as the rests say; set after the last event."""

    def __init__(self, clock, *events):
        super().__init__()
        self.rested, self._clock, self._events = [], clock, list(events)

    def wait(self, timeout=None):
        self.rested.append(timeout)
        self._clock.shift(timedelta(seconds=timeout))
        if not self._events:
            self.set()
        elif event := self._events.pop(0):
            event()
        return self.is_set()


@pytest.fixture
def start(time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    return now


def scheduled(at):
    page = HomePage.objects.get().add_child(
        instance=PlainPage(title="Open day", live=False, go_live_at=at)
    )
    page.save_revision().publish()
    return page


def test_a_page_goes_live_at_its_moment(kgnd, start, time_machine):
    page = scheduled(start + timedelta(seconds=2))
    rests = Rests(time_machine, None)

    run_timekeeping(rests)

    page.refresh_from_db()
    assert page.live
    assert rests.rested[0] == 2.0


def test_what_was_due_while_nobody_looked_is_done_at_once(kgnd, start, time_machine):
    page = scheduled(start + timedelta(hours=1))
    time_machine.shift(timedelta(hours=2))

    run_timekeeping(Rests(time_machine))

    page.refresh_from_db()
    assert page.live


def test_what_is_scheduled_meanwhile_is_a_few_seconds_late_at_most(
    kgnd, start, time_machine
):
    pages = []
    soon = start + timedelta(seconds=LOOK_SECONDS + 1)
    rests = Rests(time_machine, lambda: pages.append(scheduled(soon)), None)

    run_timekeeping(rests)

    pages[0].refresh_from_db()
    assert pages[0].live
    assert rests.rested == [LOOK_SECONDS, 1.0, LOOK_SECONDS]


def test_a_page_leaves_at_its_moment(kgnd, start, time_machine):
    page = HomePage.objects.get().add_child(
        instance=PlainPage(title="Open day", expire_at=start + timedelta(seconds=1))
    )

    run_timekeeping(Rests(time_machine, None))

    page.refresh_from_db()
    assert not page.live


def test_a_photo_goes_at_the_moment_at_which_its_rights_end(start, time_machine):
    photo = keep_photo(width=60, height=40)
    photo.get_rendition("width-30")
    Photo.objects.update(expires_at=start + timedelta(seconds=2))
    rests = Rests(time_machine, None)

    run_timekeeping(rests)

    assert rests.rested[0] == 2.0
    assert not photo.renditions.exists()


def test_with_the_database_away_it_looks_again(kgnd, start, time_machine, monkeypatch):
    page = scheduled(start + timedelta(seconds=1))
    time_machine.shift(timedelta(minutes=1))
    real = timekeeping.publish_due
    failures = iter([DatabaseError("database is locked")])

    def fails_once(now):
        for failure in failures:
            raise failure
        return real(now)

    monkeypatch.setattr(timekeeping, "publish_due", fails_once)
    rests = Rests(time_machine, None)

    run_timekeeping(rests)

    page.refresh_from_db()
    assert page.live
    assert rests.rested[0] == LOOK_SECONDS


def test_what_is_recommended_no_more_ends_the_edition(start, news, time_machine):
    until = start + timedelta(seconds=LOOK_SECONDS + 1)
    carry(connect(news), recommended_until=until)
    Edition.objects.get_or_create(pk=1)
    numbers = []

    def note():
        numbers.append(Edition.objects.get().number)

    rests = Rests(time_machine, note, note, note)

    run_timekeeping(rests)

    assert rests.rested == [LOOK_SECONDS, 1.0, LOOK_SECONDS, LOOK_SECONDS]
    assert [after - numbers[0] for after in numbers] == [0, 0, 1]
