"""The air switched by hand: a source put on it, given back, or sent away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Role, Status
from groundwave.stations.actions import hold_source, kick_source
from groundwave.stations.admin.air_page import is_for_script, page
from groundwave.stations.models import Station
from groundwave.stations.source_row import ROLE_NAMES
from groundwave.stations.watch import the_watch


AUTOMATIC = "automatic"
CONFLICT = 409


@dataclass(frozen=True)
class Question:
    """What somebody is asked before it is done."""

    title: str
    question: str
    yes: str


@permission_required("stations.work_the_air", raise_exception=True)
@require_http_methods(["GET", "POST"])
def kick(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """Ask whether to end a source's connection, then do it."""
    station, which = _station_and_role(slug, role)
    if request.method == "GET":
        return _ask(request, _kick_question(station, which))
    do = partial(kick_source, station, which, by=request.user)  # type: ignore[arg-type]
    said = _("The %(role)s source of %(station)s was sent away.") % {
        "role": ROLE_NAMES[which],
        "station": station,
    }
    return _answer(request, do, lambda _status: said)


@permission_required("stations.work_the_air", raise_exception=True)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """Ask whether to put a source on air by hand, or give the air back; then do it."""
    if role == AUTOMATIC:
        station, which = get_object_or_404(Station, slug=slug), None
    else:
        station, which = _station_and_role(slug, role)
    if request.method == "GET":
        return _ask(request, _hold_question(station, which))
    do = partial(hold_source, station, which, by=request.user)  # type: ignore[arg-type]
    return _answer(request, do, partial(_held_words, station, which))


def _station_and_role(slug: str, role: str) -> tuple[Station, Role]:
    try:
        return get_object_or_404(Station, slug=slug), Role(role)
    except ValueError as unknown:
        raise Http404(f"There is no {role} in a source chain.") from unknown


def _answer(
    request: HttpRequest, do: Callable[[], Status], words: Callable[[Status], str]
) -> HttpResponse:
    """Do it and say what came of it, in the page or to its script."""
    try:
        status = do()
    except PatchbayError as trouble:
        if is_for_script(request):
            return JsonResponse({"sentence": str(trouble)}, status=CONFLICT)
        messages.error(request, str(trouble))
        return redirect("air:index")
    the_watch().note(status)
    if is_for_script(request):
        return JsonResponse({"sentence": words(status)})
    messages.success(request, words(status))
    return redirect("air:index")


def _ask(request: HttpRequest, question: Question) -> HttpResponse:
    shown = {
        "question": question.question,
        "yes": question.yes,
        "no": _("No, leave it"),
        "back": reverse("air:index"),
        "serious": True,
        "title": question.title,
        "action": request.path,
    }
    if is_for_script(request):
        return TemplateResponse(request, "stations/admin/question.html", shown)
    return page(request, "stations/admin/confirm.html", question.title, shown)


def _kick_question(station: Station, role: Role) -> Question:
    question = _(
        "End the connection of the %(role)s source of %(station)s? The next source "
        "in the chain takes over at once. The encoder may connect again; revoke "
        "its key to keep it off."
    )
    named = {"role": ROLE_NAMES[role], "station": station}
    return Question(_("Kick the source"), question % named, _("Yes, kick it"))


def _hold_question(station: Station, role: Role | None) -> Question:
    title = _("Switch the air")
    if role is None:
        question = _(
            "Give the air of %(station)s back to its source chain? The first source "
            "that is well goes on air."
        )
        return Question(title, question % {"station": station}, _("Yes, give it back"))
    question = _(
        "Put the %(role)s source of %(station)s on air and keep it there, whatever "
        "else connects? If it drops, the chain takes over until it is back."
    )
    named = {"role": ROLE_NAMES[role], "station": station}
    return Question(title, question % named, _("Yes, put it on air"))


def _held_words(station: Station, role: Role | None, status: Status) -> str:
    """Say what is heard now, which need not be what was asked for."""
    if role is None:
        return _("%(station)s follows its source chain again.") % {"station": station}
    known = (each for each in status.stations if each.slug == station.slug)
    on_air = next((each.on_air for each in known), role)
    said = _("%(station)s stays on %(role)s until you give the air back.")
    if on_air is not role:
        said = _(
            "%(role)s is held for %(station)s, but brings no sound now. It is heard as "
            "soon as it does; until then the source chain decides."
        )
    return said % {"station": station, "role": ROLE_NAMES[role]}
