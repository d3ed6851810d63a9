"""
Pages that go live, and leave, when their editor said.

Wagtail has a command for this that stops at the first page which may not be published;
here each page is its own affair, and what was refused is in its history.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log as note
from wagtail.models import Page, Revision


REFUSED = "groundwave.publish_refused"

log = structlog.get_logger(__name__)


def publish_due(now: datetime) -> int:
    """Publish what was scheduled for *now* or before; return how many went live."""
    due = Revision.objects.filter(approved_go_live_at__lte=now)
    return sum(_published(each) for each in due.order_by("approved_go_live_at"))


def retire_due(now: datetime) -> int:
    """Take down the pages whose time ended by *now*; return how many left."""
    ended = list(_ended(now))
    for page in ended:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return len(ended)


def next_due(now: datetime) -> datetime | None:
    """Return when something is to be published or taken down next, after *now*."""
    instants = (
        _first(Revision.objects.all(), "approved_go_live_at", now),
        _first(Page.objects.live(), "expire_at", now),
    )
    return min(filter(None, instants), default=None)


def _first(rows: QuerySet[Any], field: str, now: datetime) -> datetime | None:
    later = rows.filter(**{f"{field}__gt": now}).order_by(field)
    found: datetime | None = later.values_list(field, flat=True).first()
    return found


def _ended(now: datetime) -> Iterator[Page]:
    for page in Page.objects.live().filter(expire_at__lte=now):
        yield page.specific


def _published(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as reasons:
        _refuse(revision, reasons)
        return False
    return True


def _refuse(revision: Revision, reasons: ValidationError) -> None:
    """Let it wait for its editor, who finds out why where the page's history is."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    said = " ".join(reasons.messages)
    note(
        instance=revision.content_object,
        action=REFUSED,
        revision=revision,
        data={"reasons": said},
    )
    log.warning("publish_refused", page=revision.object_str, because=said)
