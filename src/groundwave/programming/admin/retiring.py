"""Retiring a show, and bringing it back, in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from groundwave.programming.actions import bring_back_show, retire_show
from groundwave.programming.errors import StillNeeded
from groundwave.programming.models import Show


def retiring_button(show: Show) -> Button:
    """Return what leads from a show's form to its retirement, or back."""
    if show.retired_at:
        url = reverse("programming_shows:bring_back", args=[show.pk])
        return Button(_("Bring back"), url=url, icon_name="undo", priority=15)
    url = reverse("programming_shows:retire", args=[show.pk])
    return Button(_("Retire"), url=url, icon_name="download", priority=15)


class _Asks(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """A page that asks, and does it when it is told to."""

    permission_policy: Any = None
    permission_required = "change"
    header_icon = "media"
    template_name = "stations/admin/confirm.html"
    question: Any
    yes: Any
    no: Any

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("programming_shows:index"), "label": gettext("Shows")},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        show = get_object_or_404(Show, pk=pk)
        told = {
            "question": self.question % {"show": show},
            "yes": self.yes,
            "no": self.no,
            "back": reverse("programming_shows:edit", args=[pk]),
        }
        response: HttpResponse = self.render_to_response(self.get_context_data(**told))
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        show = get_object_or_404(Show, pk=pk)
        try:
            messages.success(request, self.act(show, request))
        except StillNeeded as refusal:
            messages.error(request, str(refusal))
        return redirect("programming_shows:edit", pk)

    def act(self, show: Show, request: HttpRequest) -> str:
        """Do it, and return a sentence that says so."""
        raise NotImplementedError


class RetireView(_Asks):
    page_title = _("Retire a show")
    question = _(
        "Retire %(show)s? It comes no more and leaves the list of shows. What was heard "
        "stays known, its page stays, and it can be brought back."
    )
    yes = _("Yes, retire it")
    no = _("No, keep it on the air")

    def act(self, show: Show, request: HttpRequest) -> str:
        retire_show(show, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
        return gettext("%(show)s is retired.") % {"show": show}


class BringBackView(_Asks):
    page_title = _("Bring back a show")
    question = _(
        "Bring back %(show)s? It is listed as it was; then plan when it comes."
    )
    yes = _("Yes, bring it back")
    no = _("No, leave it")

    def act(self, show: Show, request: HttpRequest) -> str:
        bring_back_show(show, by=request.user)  # type: ignore[arg-type]
        return gettext("%(show)s is back. Add a slot to say when it comes.") % {
            "show": show
        }
