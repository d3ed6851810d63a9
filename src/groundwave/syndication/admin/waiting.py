"""What of the carrying waits for somebody, on the desk's front page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from wagtail.admin.ui.components import Component

from groundwave.syndication.admin.connection_words import LATE, state_of
from groundwave.syndication.admin.deciders import MAY_DECIDE
from groundwave.syndication.admin.progress import undecided
from groundwave.syndication.models import Connection, Original


# A story that nobody could check for so long may be gone or corrected by now.
UNCHECKED = timedelta(hours=3)
# Failures in a row; what mends itself within minutes is nobody's work.
STUBBORN = 2

Sentence = tuple[str, str]


class WaitingPanel(Component):
    """Each thing that waits, in a sentence that leads there."""

    name = "carrying"
    template_name = "syndication/admin/waiting.html"
    order = 45

    def __init__(self, sentences: list[Sentence]) -> None:
        self.sentences = sentences

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"sentences": self.sentences}


def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    if not request.user.has_perm(MAY_DECIDE):
        return
    sentences = list(what_waits(timezone.now()))
    if sentences:
        panels.append(WaitingPanel(sentences))


def what_waits(now: datetime) -> Iterator[Sentence]:
    """Yield what waits for somebody at *now*, each with the address that it leads to."""
    yield from _to_choose()
    yield from _in_trouble(now)
    yield from _unchecked(now)


def _to_choose() -> Iterator[Sentence]:
    count = undecided().count()
    if count:
        said = ngettext(
            "%(count)d carried story was changed here and by its origin. Choose.",
            "%(count)d carried stories were changed here and by their origins. Choose.",
            count,
        )
        yield said % {"count": count}, reverse("carried_stories:index")


def _in_trouble(now: datetime) -> Iterator[Sentence]:
    stubborn = Q(failures__gte=STUBBORN) | Q(poll_due_at__lte=now - LATE)
    for connection in Connection.objects.filter(stubborn, is_active=True):
        sentence = state_of(connection, now=now).sentences[0]
        where = reverse("connections:show", args=[connection.pk])
        facts = {"name": connection, "sentence": sentence}
        yield _("%(name)s: %(sentence)s") % facts, where


def _unchecked(now: datetime) -> Iterator[Sentence]:
    count = (
        Original.objects.carried()
        .filter(story__live=True, check_due_at__lte=now - UNCHECKED)
        .count()
    )
    if count:
        said = ngettext(
            "%(count)d carried story could not be checked for hours: what its origin "
            "corrected or took back is not here. See how the connections do.",
            "%(count)d carried stories could not be checked for hours: what their "
            "origins corrected or took back is not here. See how the connections do.",
            count,
        )
        yield said % {"count": count}, reverse("connections:index")
