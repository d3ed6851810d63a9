from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from equipment.photos import keep_photo
from groundwave.delivery.darkroom import develop
from groundwave.patchbay import messages
from groundwave.photos.models import Photo
from groundwave.project import forgetting
from groundwave.project.forgetting import AGAIN_SECONDS, DAY_SECONDS, run_forgetting
from groundwave.stations.models import ListeningSession


pytestmark = pytest.mark.django_db


class Days(threading.Event):
    """A stop signal under which a rest takes no time; set after so many of them."""

    def __init__(self, rests):
        super().__init__()
        self.rested = []
        self._rests = rests

    def wait(self, timeout=None):
        if timeout in {DAY_SECONDS, AGAIN_SECONDS}:
            self.rested.append(timeout)
            if len(self.rested) == self._rests:
                self.set()
        return self.is_set()


@pytest.fixture
def old_session():
    ended = timezone.now() - timedelta(days=731)
    record = messages.ListeningSession(
        id="s1",
        station="kgnd",
        mount="/kgnd.mp3",
        started_at=ended,
        ended_at=ended,
        bytes_sent=48_000,
    )
    ListeningSession.objects.keep([record])
    return ListeningSession.objects.filter(pk="s1")


def test_what_was_kept_for_long_enough_goes_every_day(old_session):
    days = Days(2)

    run_forgetting(days)

    assert not old_session.exists()
    assert days.rested == [DAY_SECONDS, DAY_SECONDS]


def test_with_the_database_away_it_tries_again_before_tomorrow(
    old_session, monkeypatch
):
    real = forgetting.forget_sessions
    failures = iter([DatabaseError("database is locked")])

    def fails_once(*, now):
        for failure in failures:
            raise failure
        return real(now=now)

    monkeypatch.setattr(forgetting, "forget_sessions", fails_once)
    days = Days(2)

    run_forgetting(days)

    assert not old_session.exists()
    assert days.rested == [AGAIN_SECONDS, DAY_SECONDS]


def test_a_photo_whose_rights_have_ended_does_not_stay_on_the_disk():
    photo = keep_photo(width=60, height=40)
    photo.get_rendition("width-30")
    Photo.objects.update(expires_at=timezone.now())

    run_forgetting(Days(1))

    assert not photo.renditions.exists()
    assert photo.file.storage.exists(photo.file.name)


def test_what_the_worker_did_is_not_kept_for_good():
    for days in (9, 1):
        done = develop.enqueue(-days)
        DBTaskResult.objects.filter(pk=done.id).update(
            status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=days)
        )
    waiting = develop.enqueue(-1)

    run_forgetting(Days(1))

    kept = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert [each["args"] for each in kept.order_by("args_kwargs")] == [[-1], [-1]]
    assert DBTaskResult.objects.filter(pk=waiting.id).exists()
