"""The desk of an event: what is known, who says so, and one form to add to it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from groundwave.newsroom.actions.figures import judge_figure
from groundwave.newsroom.admin.figure_form import (
    SOURCES,
    FigureForm,
    JudgementForm,
    known_sources,
)
from groundwave.newsroom.admin.figure_places import count_words
from groundwave.newsroom.errors import FigureRefused
from groundwave.newsroom.event_tables import event_broadcast_card, tables
from groundwave.newsroom.figure_places import places_of
from groundwave.newsroom.figures.standing import FINAL
from groundwave.newsroom.figures.words import spread_words
from groundwave.newsroom.models import Event, Figure


UNPROCESSABLE = 422


@permission_required("newsroom.view_figure", raise_exception=True)
@require_http_methods(["GET", "POST"])
def figure_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of an event, and take down what is said of it."""
    event = get_object_or_404(Event, pk=pk)
    adding, judging = _forms(request, event)
    if request.method == "POST":
        if not request.user.has_perm("newsroom.add_figure"):
            raise PermissionDenied
        done = _judge(request, judging) if judging.is_bound else _add(request, adding)
        if done:
            return redirect("events:figures", pk)
    shown = _shown(request, event) | {"form": adding, "judging": judging}
    response = TemplateResponse(request, "newsroom/admin/figures.html", shown)
    if request.method == "POST":
        response.status_code = UNPROCESSABLE
    return response


def _forms(request: HttpRequest, event: Event) -> tuple[FigureForm, JudgementForm]:
    """Return both forms, of which at most one was sent."""
    sent = request.POST if request.method == "POST" else None
    is_judging = sent is not None and "status" in sent
    adding = FigureForm(
        None if is_judging else sent,
        event=event,
        by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    return adding, JudgementForm(sent if is_judging else None, event=event)


def _add(request: HttpRequest, form: FigureForm) -> bool:
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            figure = form.save()
    except FigureRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    said = _("%(figure)s, says %(who)s. It is added.")
    messages.success(request, said % {"figure": figure, "who": figure.statement.who})
    return True


def _judge(request: HttpRequest, form: JudgementForm) -> bool:
    if not form.is_valid():
        return False
    try:
        judge_figure(
            form.cleaned_data["figure"],
            form.judged,
            reason=form.cleaned_data["reason"],
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except FigureRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Noted, and readers are told."))
    return True


def _shown(request: HttpRequest, event: Event) -> dict[str, Any]:
    figures = Figure.objects.of(event).with_facts()
    found = tables(event)
    may_add = request.user.has_perm("newsroom.add_figure")
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("events:index"), "label": _("Events")},
        {"url": "", "label": event.title},
    ]
    return {
        "event": event,
        "standing_places": count_words(places_of(event)) if may_add else "",
        "tables": [
            (each, spread_words(each.spread) if each.spread else "") for each in found
        ],
        "card": event_broadcast_card(event, now=timezone.now()),
        "figures": list(reversed(figures)),
        "final": FINAL,
        "sources": known_sources(),
        "sources_id": SOURCES,
        "may_add": may_add,
        "may_change": request.user.has_perm("newsroom.change_event"),
        "breadcrumbs_items": trail,
        "header_title": event.title,
        "page_title": event.title,
        "header_icon": "warning",
    }
