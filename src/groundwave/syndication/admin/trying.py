"""Asking a connection on trial: what would come now, and what would become of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundwave.syndication.admin.connection_page import MAY_CHANGE, trail
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.models import Arrival, Connection
from groundwave.syndication.polling.asking import Came, Found, TakenBack, Unreadable
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.syndication.polling.passing_over import why_passed_over
from groundwave.syndication.polling.upstreams import upstream_of


MOST = 20


@dataclass(frozen=True, slots=True)
class Tried:
    """A story that would come, and a sentence about what would become of it."""

    title: str
    url: str
    sentence: str
    is_taken: bool


@permission_required(MAY_CHANGE, raise_exception=True)
@require_http_methods(["GET", "POST"])
def try_connection(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it as it is saved, and take nothing over."""
    if request.method != "POST":
        return redirect("connections:show", pk)
    connection = get_object_or_404(Connection, pk=pk)
    tried: list[Tried] = []
    trouble = ""
    try:
        tried = list(islice(_tried(connection), MOST))
    except UpstreamTrouble as problem:
        trouble = str(problem)
    told = {
        "page_title": _("On trial"),
        "header_title": _("%(name)s, on trial") % {"name": connection},
        "header_icon": "link",
        "breadcrumbs_items": trail(str(connection)),
        "connection": connection,
        "tried": tried,
        "trouble": trouble,
    }
    return TemplateResponse(request, "syndication/admin/tried.html", told)


def _tried(connection: Connection) -> Iterator[Tried]:
    # As if it had never been asked; it is not saved.
    connection.watermark = None
    connection.etag = connection.last_modified = ""
    now = timezone.now()
    batches = upstream_of(connection, now=now).changed(now=now)
    for came in chain.from_iterable(batches):
        yield _told(came, connection)


def _told(came: Came, connection: Connection) -> Tried:
    match came:
        case TakenBack(id=id_, because=because):
            return Tried(id_, "", because, is_taken=False)
        case Unreadable(id=id_, title=title, sentence=sentence):
            return Tried(title or id_, "", sentence, is_taken=False)
        case Found(about=about):
            return _about(about, connection)


def _about(about: Incoming, connection: Connection) -> Tried:
    if connection.originals.filter(upstream_id=about.id).exists():
        said = _("It is here already, and would be brought up to date.")
        return Tried(about.title, about.canonical, said, is_taken=True)
    if about.restricted:
        said = _("Its origin has restricted it to others: it would be left out.")
        return Tried(about.title, about.canonical, said, is_taken=False)
    why = why_passed_over(about, connection)
    said = why or _becomes(connection)
    return Tried(about.title, about.canonical, said, is_taken=not why)


def _becomes(connection: Connection) -> str:
    match connection.arrival:
        case Arrival.HOLD:
            said = _("It would be held for %(minutes)d minutes, and published then.")
            return said % {"minutes": connection.hold_minutes}
        case Arrival.PUBLISH:
            return _("It would be published at once.")
        case _:
            return _("It would be kept as a draft.")
