"""
Telling partners that one of our stories changed.

Laws:

* A notice is written down with the change or not at all.
* Of two changes of a story its partner hears at least of the later one.
* Whoever does not hear one within an hour is not told: it asks by itself anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec
import structlog
from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.outbound.client import Client, Limits
from groundwave.outbound.errors import OutboundError
from groundwave.syndication.exchange.patience import pause_after
from groundwave.syndication.exchange.shelf import (
    document_id,
    shared_stories,
    with_ids,
)
from groundwave.syndication.exchange.signing import HEADER, signature
from groundwave.syndication.models import Notice, Original, Partner
from groundwave.syndication.out.pictures import make_crops
from groundwave.wire.cds.instants import instant


GIVEN_UP_AFTER = timedelta(hours=1)
RECENT = timedelta(days=1)
UPDATED = Notice.Event.UPDATED
LIMITS = Limits(seconds=10, length=64 << 10)
# Of one partner, before it is the next one's turn: it may take its time over each.
_AT_ONCE = 10
_MOST_RECENT = 100

log = structlog.get_logger(__name__)


def note_change(story: Story, event: Notice.Event, *, now: datetime) -> None:
    """
    Have every partner told of *event*, as soon as the transaction is over.

    A story that came from elsewhere is not ours to tell of, and an alias is no story.
    """
    if story.alias_of_id or Original.objects.filter(story=story).exists():
        return
    for partner in Partner.objects.filter(is_active=True):
        _note(partner, [story], event, now)


def note_changes(stories: QuerySet[Story], *, now: datetime) -> None:
    """Have every partner told to look again at those of *stories* that readers have."""
    ours = stories.filter(live=True, original=None, alias_of=None)
    for partner in Partner.objects.filter(is_active=True):
        _note(partner, ours, UPDATED, now)


def note_recent(partner: Partner, *, now: datetime) -> None:
    """Have a new *partner* told of what it finds first: the stories of the last day."""
    recent = shared_stories().filter(last_published_at__gte=now - RECENT)
    _note(partner, recent.order_by("-last_published_at")[:_MOST_RECENT], UPDATED, now)


def send_due(now: datetime) -> int:
    """
    Send what is due at *now*, and return how many notices were heard.

    Slow: before a story is told of, what its document shows of its photos is made.
    """
    waiting = Partner.objects.filter(is_active=True, notices__due_at__lte=now)
    return sum(_tell(partner, now) for partner in waiting.distinct())


def _note(
    partner: Partner, stories: Iterable[Story], event: Notice.Event, now: datetime
) -> None:
    Notice.objects.bulk_create(
        [
            Notice(
                partner=partner,
                document_id=document_id(each),
                event=event,
                at=now,
                due_at=now,
            )
            for each in stories
        ],
        update_conflicts=True,
        unique_fields=["partner", "document_id"],
        update_fields=["event", "at", "attempts", "due_at", "trouble"],
    )


def _tell(partner: Partner, now: datetime) -> int:
    heard = 0
    for notice in partner.notices.due(now)[:_AT_ONCE]:
        if not _hold(notice, now):
            continue  # somebody else was first
        _make_crops(notice, now)
        try:
            _send(notice, partner, now)
        except OutboundError as problem:
            # Whoever did not hear this one is not asked to hear the others now.
            _put_off(notice, problem, now)
            break
        # A change meanwhile made another notice of the row.
        Notice.objects.filter(pk=notice.pk, at=notice.at).delete()
        heard += 1
    return heard


def _hold(notice: Notice, now: datetime) -> bool:
    """Have *notice* wait for its next turn, whatever becomes of this one."""
    seen = Notice.objects.filter(pk=notice.pk, at=notice.at, due_at=notice.due_at)
    is_last = notice.at <= now - GIVEN_UP_AFTER
    due_at = None if is_last else now + pause_after(notice.attempts)
    words = _("We broke off; the partner finds the change when it asks by itself.")
    held = seen.update(due_at=due_at, attempts=notice.attempts + 1, trouble=words)
    return bool(held)


def _make_crops(notice: Notice, now: datetime) -> None:
    for story in with_ids([notice.document_id]):
        make_crops(story, now=now)


def _send(notice: Notice, partner: Partner, now: datetime) -> None:
    if not partner.notices_to:
        return  # it asks by itself
    body = msgspec.json.encode(
        {"event": notice.event, "id": notice.document_id, "at": instant(notice.at)}
    )
    headers = {
        "Content-Type": "application/json",
        HEADER: signature(body, partner.secret, at=now),
    }
    client = Client(allowed=settings.GROUNDWAVE_OUTBOUND_ALLOW)
    answer = client.send(
        "POST", partner.notices_to, body, headers=headers, limits=LIMITS
    )
    answer.expect_success()


def _put_off(notice: Notice, problem: OutboundError, now: datetime) -> None:
    """Have *notice*, which is held, and all others of its partner wait."""
    partner = notice.partner
    partner.notices.due(now).update(
        attempts=F("attempts") + 1, due_at=now + pause_after(notice.attempts)
    )
    waiting = partner.notices.exclude(due_at=None)
    held = partner.notices.filter(pk=notice.pk, at=notice.at)
    (waiting | held).update(trouble=problem.sentence)
    (waiting | held).filter(at__lte=now - GIVEN_UP_AFTER).update(
        due_at=None, trouble=" ".join(_given_up(partner, problem))
    )
    log.warning("partner_not_told", partner=partner.name, because=problem.sentence)


def _given_up(partner: Partner, problem: OutboundError) -> Iterator[str]:
    yield problem.sentence
    yield _(
        "%(partner)s was not told within an hour and is told no more; it finds the "
        "change when it asks by itself. If this goes on, send it a new pairing line."
    ) % {"partner": partner.name}
