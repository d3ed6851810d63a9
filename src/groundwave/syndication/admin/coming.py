"""What came: every story and what became of it, what waits, and what is being asked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from groundwave.people.models import User
from groundwave.syndication.actions.connecting import publish_held_now, stop_held
from groundwave.syndication.admin.deciders import MAY_DECIDE, may_decide
from groundwave.syndication.admin.importing import ImportView
from groundwave.syndication.admin.originals import (
    AttachView,
    DecideView,
    DetachView,
    TakeTheirsView,
    original_page,
)
from groundwave.syndication.admin.progress import MOST, held, running, undecided
from groundwave.syndication.admin.verbs import VerbView
from groundwave.syndication.models import Original, Outcome


MAY_SEE = "syndication.view_outcome"
A_PAGE = 50


class OutcomeColumn(Column):
    """A headline, what became of it, and the sentences about it."""

    cell_template_name = "syndication/admin/outcome_cell.html"

    def get_value(self, instance: Outcome) -> Outcome:
        return instance


class WhatCameView(IndexView):
    template_name = "syndication/admin/coming.html"
    page_title = _("What came")
    any_permission_required = ("view",)

    def get_base_queryset(self) -> QuerySet[Outcome]:
        found: QuerySet[Outcome] = super().get_base_queryset()
        return found.select_related("connection", "original__story")

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not self.request.user.has_perm("syndication.add_original"):
            return []
        url = reverse("carried_stories:import")
        return [HeaderButton(_("Import a story"), url=url, icon_name="plus")]

    def get_context_data(self, *args: Any, **told: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(*args, **told)
        polls = list(running())
        return known | {
            "polls": polls,
            "goes_on": bool(polls),
            "held": held()[:MOST],
            "undecided": undecided()[:MOST],
            "may_decide": self.request.user.has_perm(MAY_DECIDE),
        }


@permission_required(MAY_SEE, raise_exception=True)
@require_safe
@never_cache
def running_now(request: HttpRequest) -> HttpResponse:
    """What an open page asks for again while something is being asked."""
    polls = list(running())
    told = {"polls": polls, "goes_on": bool(polls)}
    return TemplateResponse(request, "syndication/admin/running.html", told)


class _AboutHeld(VerbView):
    model = Original

    def may(self, by: User, row: Original) -> bool:
        return may_decide(by, row)

    def back(self, row: Original) -> str:
        return reverse("carried_stories:index")


class PublishHeldView(_AboutHeld):
    def act(self, row: Original, by: User, **named: Any) -> str:
        publish_held_now(row, by=by, now=timezone.now())
        return gettext("“%(story)s” is published.") % {"story": row}


class StopHeldView(_AboutHeld):
    def act(self, row: Original, by: User, **named: Any) -> str:
        stop_held(row, by=by, now=timezone.now())
        return gettext("“%(story)s” stays a draft, until somebody publishes it.") % {
            "story": row
        }


class CarriedStoriesViewSet(ModelViewSet):
    model = Outcome
    name = "carried_stories"
    url_prefix = "carried-stories"
    icon = "download"
    menu_label = _("What came")
    index_view_class = WhatCameView
    list_display = [
        DateColumn("at", label=_("When"), width="15%"),
        OutcomeColumn("story", label=_("Story, and what became of it")),
    ]
    list_per_page = A_PAGE
    list_filter = ["connection", "what"]
    # A page of the desk is made of nothing but what happened.
    form_fields: list[str] = []

    def get_index_view_kwargs(self, **facts: Any) -> Any:
        nothing_else = {
            f"{name}_url_name": None for name in ("add", "edit", "delete", "copy")
        }
        return super().get_index_view_kwargs(**{**facts, **nothing_else})

    def get_urlpatterns(self) -> list[URLPattern]:
        listed = ("index", "index_results")
        lists = [each for each in super().get_urlpatterns() if each.name in listed]
        return [
            *lists,
            path("import/", ImportView.as_view(), name="import"),
            path("running/", running_now, name="running"),
            path("<int:pk>/", original_page, name="show"),
            path("<int:pk>/publish/", PublishHeldView.as_view(), name="publish"),
            path("<int:pk>/stop/", StopHeldView.as_view(), name="stop"),
            path("<int:pk>/decide/", DecideView.as_view(), name="decide"),
            path("<int:pk>/take/<slug:field>/", TakeTheirsView.as_view(), name="take"),
            path("<int:pk>/detach/", DetachView.as_view(), name="detach"),
            path("<int:pk>/attach/", AttachView.as_view(), name="attach"),
        ]
