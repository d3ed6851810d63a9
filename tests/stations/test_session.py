from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW
from groundwave.patchbay import messages
from groundwave.stations.models import ListeningSession


pytestmark = pytest.mark.django_db


def session(name="s1", **facts):
    usual = {
        "station": "kgnd",
        "mount": "/kgnd.mp3",
        "started_at": NOW,
        "ended_at": NOW + timedelta(minutes=12),
        "bytes_sent": 11_520_000,
        "agent": "Kitchen radio",
    }
    return messages.ListeningSession(id=name, **(usual | facts))


def test_a_session_is_kept_as_it_was_counted():
    ListeningSession.objects.keep([session()])

    kept = ListeningSession.objects.get()
    assert kept.ended_at - kept.started_at == timedelta(minutes=12)
    assert (kept.bytes_sent, kept.agent) == (11_520_000, "Kitchen radio")


def test_the_same_batch_twice_is_counted_once():
    batch = [session("s1"), session("s2")]

    ListeningSession.objects.keep(batch)
    ListeningSession.objects.keep([*batch, session("s3")])

    assert set(ListeningSession.objects.values_list("pk", flat=True)) == {
        "s1",
        "s2",
        "s3",
    }


def test_nothing_a_listeners_program_says_holds_up_the_ledger():
    ListeningSession.objects.keep([session(agent="\0" * 3 + "x" * 9000)])

    assert ListeningSession.objects.get().agent == "x" * 500


def test_a_clock_that_stepped_back_does_not_either():
    ListeningSession.objects.keep([session(ended_at=NOW - timedelta(hours=1))])

    assert ListeningSession.objects.exists()
