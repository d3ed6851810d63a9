"""
Our stories on their way to networks, by an outbox.

Laws:

* That something has to be sent is written down in the transaction in which it came
  about. What is sent is made when it is sent, of what readers have then: of two changes
  the later one wins, and nothing that was taken back comes again.
* Of one document one request is under way, and the next one waits for its end.
* Asking again does no harm: a document is put or deleted as a whole, by its name.
* Whatever goes wrong is tried again, ever more rarely, until the network says no.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from groundwave.newsroom.models import Story
from groundwave.syndication.models import Dispatch, Network
from groundwave.syndication.models.dispatch import DispatchQuerySet
from groundwave.syndication.out.going_out import kept_back
from groundwave.syndication.out.parcel import Parcel, parcel_for
from groundwave.syndication.out.sending import Heard, Verdict, say
from groundwave.syndication.out.site import publisher_at, site_trouble
from groundwave.wire.cds.errors import NotAllowed


AT_ONCE = 20
# Longer than any request takes.
HELD_FOR = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
# A document that was being put when we gave up waiting may appear after its deletion.
CONFIRMED_AFTER = timedelta(minutes=15)

log = structlog.get_logger(__name__)


@transaction.atomic
def dispatch(story: Story, *, now: datetime) -> None:
    """Let every network we publish to have *story* as readers have it, or not at all."""
    if not Network.objects.exists():
        return
    if not story.live or any(kept_back(story, now=now)):
        withdraw(story, now=now)
        return
    for network in Network.objects.filter(is_active=True):
        Dispatch.objects.get_or_create(
            network=network,
            document_id=publisher_at(network).document_id(story),
            defaults={"story": story},
        )
    have_sent(Dispatch.objects.filter(story=story), now=now)


def withdraw(story: Story, *, now: datetime) -> None:
    """Have *story*, which readers have no longer, deleted wherever it was put."""
    rows = Dispatch.objects.filter(story=story)
    have_sent(rows.exclude(state=Dispatch.State.DELETED), now=now)


def have_sent(rows: DispatchQuerySet, *, now: datetime) -> int:
    """Have *rows* looked after at once; return how many they are."""
    waiting = Dispatch.State.WAITING
    return rows.update(state=waiting, due_at=now, attempts=0)


def send_due(now: datetime) -> int:
    """
    Send what is due, as much as goes at once; return how many requests that were.

    It takes seconds for each, and is for the worker. A network that is in trouble is
    left alone for a while.
    """
    rows = Dispatch.objects.due(now).values_list("pk", flat=True)
    return sum(_send(pk, now) for pk in list(rows[:AT_ONCE]))


def _send(pk: int, now: datetime) -> bool:
    """Look after one row; return whether anything was sent."""
    row = _hold(pk, now)
    if row is None:
        return False  # somebody else was first
    try:
        parcel = parcel_for(row, now=now)
    except NotAllowed as fault:
        messages = tuple(each.sentence for each in fault.faults)
        _settle(row, Parcel(), Heard(Verdict.REFUSED, messages), now)
        return False
    if why := _not_sent(row, parcel):
        _settle(row, parcel, why, now)
        return False
    # From here on until an answer comes, nobody knows what the network has.
    Dispatch.objects.filter(pk=pk).update(
        body=parcel.body.decode(), sent_fingerprint=""
    )
    _settle(row, parcel, say(row, parcel.body), now)
    return True


@transaction.atomic
def _hold(pk: int, now: datetime) -> Dispatch | None:
    """Keep others from sending it; if we die of it, it is tried again, but later."""
    row = Dispatch.objects.select_for_update().due(now).filter(pk=pk).first()
    if row is not None:
        row.attempts += 1
        row.due_at, row.held_until = None, now + HELD_FOR + pause(row.attempts)
        row.save()
    return row


def _not_sent(row: Dispatch, parcel: Parcel) -> Heard | None:
    """Return what there is to say without asking the network, if there is anything."""
    if parcel.body and parcel.fingerprint == row.sent_fingerprint:
        return Heard(Verdict.SAME)
    if parcel.body and not row.network.is_active:
        return Heard(Verdict.PARKED)
    if parcel.body and (trouble := tuple(site_trouble())):
        return Heard(Verdict.REFUSED, trouble)
    return None


@transaction.atomic
def _settle(row: Dispatch, parcel: Parcel, heard: Heard, now: datetime) -> None:
    """Write down how it went, and what is to be done next."""
    was, row = row, Dispatch.objects.select_for_update().get(pk=row.pk)
    row.held_until, row.messages = None, list(heard.messages)
    wanted_again = row.due_at
    if heard.verdict is Verdict.DONE:
        row.sent_fingerprint, row.sent_at = parcel.fingerprint, now
    match heard.verdict:
        case Verdict.DONE | Verdict.SAME if parcel.body:
            row.state, row.due_at = Dispatch.State.SENT, parcel.look_again_at
        case Verdict.DONE | Verdict.SAME:
            is_confirmed = was.state == Dispatch.State.DELETED
            row.state = Dispatch.State.DELETED
            row.due_at = None if is_confirmed else now + CONFIRMED_AFTER
        case Verdict.REFUSED:
            row.state = Dispatch.State.REFUSED
        case Verdict.PARKED:
            row.state = Dispatch.State.WAITING
        case Verdict.LATER:
            row.due_at = now + pause(row.attempts)
            _leave_alone(row.network, now)
    if wanted_again:
        row.state, row.due_at = Dispatch.State.WAITING, wanted_again
    row.save()
    log.info(
        "document_dispatched",
        document=row.document_id,
        network=row.network.name,
        verdict=heard.verdict.name.lower(),
    )


def _leave_alone(network: Network, now: datetime) -> None:
    """Let what else is due there wait a little: it would hear the same."""
    Dispatch.objects.filter(network=network, due_at__lte=now).update(
        due_at=now + FIRST_PAUSE
    )


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts that came to nothing."""
    doublings = min(max(attempts - 1, 0), 20)
    longest: timedelta = min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - that not all ask at once
