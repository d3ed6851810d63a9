"""One connection: how it does, what it does with stories, and what came last."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groundwave.people.models import User
from groundwave.syndication.actions.connecting import ask_now, pause, resume
from groundwave.syndication.admin.connection_words import policy_of, state_of
from groundwave.syndication.admin.deciders import MAY_DECIDE
from groundwave.syndication.admin.progress import running
from groundwave.syndication.admin.verbs import VerbView
from groundwave.syndication.models import Connection


MAY_SEE = "syndication.view_connection"
MAY_CHANGE = "syndication.change_connection"
SHOWN_OUTCOMES = 10


@permission_required(MAY_SEE, raise_exception=True)
@require_safe
def connection_page(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(Connection.objects.select_related("section"), pk=pk)
    outcomes = connection.outcomes.select_related("original__story")
    told = _state(connection) | {
        "page_title": connection.name,
        "header_title": connection.name,
        "header_icon": "link",
        "breadcrumbs_items": trail(connection.name),
        "policy": list(policy_of(connection)),
        "outcomes": outcomes[:SHOWN_OUTCOMES],
        "may_change": request.user.has_perm(MAY_CHANGE),
        "may_decide": request.user.has_perm(MAY_DECIDE),
    }
    return TemplateResponse(request, "syndication/admin/connection.html", told)


@permission_required(MAY_SEE, raise_exception=True)
@require_safe
@never_cache
def connection_state(request: HttpRequest, pk: int) -> HttpResponse:
    """What an open page asks for again while something is happening."""
    told = _state(get_object_or_404(Connection, pk=pk))
    return TemplateResponse(request, "syndication/admin/connection_state.html", told)


def _state(connection: Connection) -> dict[str, Any]:
    state = state_of(connection, now=timezone.now())
    polls = list(running().filter(connection=connection))
    return {
        "connection": connection,
        "state": state,
        "polls": polls,
        "goes_on": state.goes_on or bool(polls),
    }


def trail(last: str) -> list[dict[str, Any]]:
    """Return the way back to the list."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
        {"url": reverse("connections:index"), "label": gettext("Connections")},
        {"url": "", "label": last},
    ]


class _AboutConnection(VerbView):
    model = Connection
    permission = MAY_CHANGE

    def back(self, row: Connection) -> str:
        return reverse("connections:show", args=[row.pk])


class AskNowView(_AboutConnection):
    permission = MAY_DECIDE

    def act(self, row: Connection, by: User, **named: Any) -> str:
        ask_now(row, by=by, now=timezone.now())
        return gettext("%(name)s is asked now; what comes is shown here.") % {
            "name": row
        }


class PauseView(_AboutConnection):
    def act(self, row: Connection, by: User, **named: Any) -> str:
        pause(row, by=by)
        return gettext("%(name)s is paused.") % {"name": row}


class ResumeView(_AboutConnection):
    def act(self, row: Connection, by: User, **named: Any) -> str:
        resume(row, by=by, now=timezone.now())
        return gettext("%(name)s is asked again, beginning now.") % {"name": row}
