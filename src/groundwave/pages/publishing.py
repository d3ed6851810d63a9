"""
Pages that go live, and leave, when their editor said.

Wagtail has a command for this that stops at the first page which may not be published;
here each page is its own affair, and of what was refused the desk is told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from wagtail.log_actions import log as note
from wagtail.models import Page, Revision


REFUSED = "groundwave.publish_refused"

log = structlog.get_logger(__name__)


def publish_due(now: datetime) -> int:
    """Publish what was scheduled for *now* or before; return how many went live."""
    due = Revision.objects.filter(approved_go_live_at__lte=now)
    pks = list(due.order_by("approved_go_live_at").values_list("pk", flat=True))
    return sum(_apart(partial(_publish, due.filter(pk=pk))) for pk in pks)


def retire_due(now: datetime) -> int:
    """Take down the pages whose time ended by *now*; return how many left."""
    ended = Page.objects.live().filter(expire_at__lte=now)
    pks = list(ended.values_list("pk", flat=True))
    return sum(_apart(partial(_retire, ended.filter(pk=pk))) for pk in pks)


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


def _apart(duty: Callable[[], bool]) -> bool:
    """Do what is due of one page; whatever is the matter with it holds up no other."""
    try:
        return duty()
    except OperationalError:
        raise  # the database is away: it is the matter with all of them
    except Exception:  # the supervisor: it stays due, and is tried again
        log.exception("page_waits")
        return False


def _publish(due: QuerySet[Revision]) -> bool:
    """Publish *due*, unless somebody has thought better of it meanwhile."""
    revision: Revision | None = None
    try:
        with transaction.atomic():
            revision = due.select_for_update().first()
            if revision is None:
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as reasons:
        if revision is not None:
            _refuse(revision, reasons)
        return False
    return True


@transaction.atomic
def _retire(ended: QuerySet[Page]) -> bool:
    """Take down the page of *ended*, as it is now, unless it was given more time."""
    page = ended.select_for_update().first()
    if page is None:
        return False
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _utc(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def _refuse(revision: Revision, reasons: ValidationError) -> None:
    """Let it wait for its editor, who is told why by the desk; see ``refusals``."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    said = " ".join(reasons.messages)
    note(
        instance=revision.content_object,
        action=REFUSED,
        revision=revision,
        data={"reasons": said, "due_at": _utc(revision.approved_go_live_at)},
    )
    log.warning("publish_refused", page=revision.object_str, because=said)
