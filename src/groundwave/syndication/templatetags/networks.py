"""What the desk is told of a story at the networks, for the editor's side panel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.syndication.models import Dispatch
from groundwave.syndication.out.preflight import sentences


register = template.Library()


@dataclass(frozen=True, slots=True)
class Told:
    """
    What is said of a story.

    Attributes:
        dispatches: what each network has of it, in words, with that one's messages.
        wanting: what is in its way to them.
    """

    dispatches: list[tuple[str, list[str]]]
    wanting: list[str]


@register.simple_tag
def at_the_networks(page: object) -> Told | None:
    """Return it; None of other pages, and where there is nothing to say."""
    if not isinstance(page, Story) or page.pk is None:
        return None
    now = timezone.now()
    told = Told(list(_dispatches(page, now)), sentences(page, now=now))
    return told if told.dispatches or told.wanting else None


def _dispatches(story: Story, now: datetime) -> Iterator[tuple[str, list[str]]]:
    rows = Dispatch.objects.filter(story=story.pk).select_related("network")
    for row in rows.order_by("network__name"):
        yield f"{row.network}: {_state(row, now)}", row.messages


def _state(row: Dispatch, now: datetime) -> str:
    match row.state:
        case Dispatch.State.SENT if row.sent_at:
            return _("it has the story, sent %(span)s ago.") % {
                "span": timesince(row.sent_at, now)
            }
        case Dispatch.State.REFUSED:
            return _("it refused the story. Mend what it says, and publish again.")
        case Dispatch.State.DELETED:
            return _("the story was deleted there.")
        case _ if not row.network.is_active:
            return _("nothing goes there for now; see Networks.")
        case _ if row.attempts and row.due_at and row.due_at > now:
            return _(
                "it could not be sent (%(count)d tries). The next try is in %(span)s."
            ) % {"count": row.attempts, "span": timeuntil(row.due_at, now)}
        case _:
            return _("it waits to be sent, which takes some seconds.")
