from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW
from groundwave.patchbay import messages
from groundwave.stations.actions import forget_sessions
from groundwave.stations.models import ListeningSession, Transmission
from groundwave.stations.models.session import BATCH


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


def test_who_heard_nothing_leaves_no_record():
    ListeningSession.objects.keep([session(bytes_sent=4095)])

    assert not ListeningSession.objects.exists()


# --- forgetting ---


def forget():
    """Forget to the end, and return in how many batches."""
    return len(list(forget_sessions(now=NOW)))


def kept(days_ago, name="s1", **facts):
    ended = NOW - timedelta(days=days_ago)
    record = session(name, started_at=ended, ended_at=ended, **facts)
    ListeningSession.objects.keep([record])
    return ListeningSession.objects.filter(pk=name)


def test_a_record_goes_after_two_years_and_not_a_day_before():
    old, young = kept(731, "old"), kept(729, "young")

    forget()

    assert not old.exists()
    assert young.exists()


def test_how_long_records_are_kept_is_for_the_station_to_say():
    Transmission.objects.create(pk=1, session_days=30)
    old, young = kept(31, "old"), kept(29, "young")

    forget()

    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7"])
def test_a_whole_address_goes_after_a_hundred_days(address):
    old, young = kept(101, "old", address=address), kept(99, "young", address=address)

    forget()

    assert old.get().address == ""
    assert young.get().address == address


@pytest.mark.parametrize("address", ["192.0.2.0", "2001:db8:7::"])
def test_a_shortened_address_stays_with_its_record(address):
    old = kept(101, address=address)

    forget()

    assert old.get().address == address


def test_it_goes_in_small_batches_even_where_all_ended_at_once():
    ended = {"started_at": NOW - timedelta(days=800)}
    ended["ended_at"] = ended["started_at"]
    ListeningSession.objects.keep(
        session(f"s{number}", **ended) for number in range(BATCH * 2 + 1)
    )

    assert forget() == 3
    assert not ListeningSession.objects.exists()
