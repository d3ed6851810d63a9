"""The button of the text editor that puts a figure of the story's event there."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from groundwave.newsroom.event_tables import tables
from groundwave.newsroom.figures.inline import forms
from groundwave.newsroom.models import Event
from groundwave.newsroom.rich_text import CONVERSION, ENTITY, FigureLink


def register_figure(features: FeatureRegistry) -> None:
    """Let rich text have figures."""
    features.register_link_type(FigureLink)
    features.register_converter_rule("contentstate", "figure", CONVERSION)
    features.register_editor_plugin(
        "draftail",
        "figure",
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "table",
                "description": _("Figure, with who says so"),
                "attributes": ["uid"],
                "allowlist": {"uid": "^[0-9a-f-]{36}$"},
                "chooserUrls": {"figures": reverse_lazy("events:choose_figure")},
            },
            js=["newsroom/figure-entity.js"],
            css={"all": ["newsroom/figure-entity.css"]},
        ),
    )


@permission_required("newsroom.view_figure", raise_exception=True)
@require_safe
def choose_figure(request: HttpRequest) -> HttpResponse:
    """Offer what stands of the event that the story's form names."""
    asked = request.GET.get("event", "")
    event = Event.objects.filter(pk=asked).first() if asked.isdecimal() else None
    offered = [
        (table.counted, [(row, forms(row.said)) for row in table.rows])
        for table in (tables(event) if event else ())
        if table.rows
    ]
    answer: HttpResponse = render_modal_workflow(
        request,
        "newsroom/admin/choose_figure.html",
        None,
        {"event": event, "offered": offered},
        json_data={"step": "choose"},
    )
    return answer
