"""Stations that carry our stories: each is given one line, which is shown once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log as note

from groundwave.syndication.actions.pairing import pairing_line, renew_keys
from groundwave.syndication.admin.our_site import our_site
from groundwave.syndication.models import Partner


RENEWED = "syndication.renew_keys"


def _line_page(request: HttpRequest, partner: Partner) -> HttpResponse:
    response = TemplateResponse(
        request,
        "syndication/admin/pairing_line.html",
        {
            "partner": partner,
            "line": pairing_line(partner, site=our_site(request)),
            "is_local": not settings.GROUNDWAVE_SITE_URL,
            "site": our_site(request),
            "breadcrumbs_items": _trail(gettext("A pairing line")),
            "header_title": gettext("A pairing line"),
            "header_icon": "key",
        },
    )
    response["Cache-Control"] = "no-store"  # nor may the browser show it again
    return response


def _trail(last: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
        {"url": reverse("partners:index"), "label": gettext("Partners")},
        {"url": "", "label": last},
    ]


class PartnerCreateView(CreateView):
    """Makes one, and shows its line this once: the answer to the POST is its page."""

    def save_action(self) -> HttpResponse:
        return _line_page(self.request, self.object)


class PartnerEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("partners:renew", args=[self.object.pk])
        another = Button(_("Another line"), url=url, icon_name="key", priority=5)
        return [another, *super().header_more_buttons]


class RenewView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Gives a partner another line, and makes the one that it has worthless."""

    permission_policy: Any = None
    permission_required = "change"
    page_title = _("Another line")
    header_icon = "key"
    template_name = "stations/admin/confirm.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _trail(gettext("Another line"))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        partner = get_object_or_404(Partner, pk=pk)
        response: HttpResponse = self.render_to_response(
            self.get_context_data(
                question=gettext(
                    "Make another line for %(partner)s? The one that it has opens "
                    "nothing any more from then on, until it pastes the new one."
                )
                % {"partner": partner},
                yes=gettext("Yes, make another"),
                no=gettext("No, keep it"),
                back=reverse("partners:edit", args=[pk]),
                serious=True,
            )
        )
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        partner = get_object_or_404(Partner, pk=pk)
        renew_keys(partner)
        note(instance=partner, action=RENEWED, user=request.user)
        return _line_page(request, partner)


def _is_told(partner: Partner) -> str:
    if not partner.is_active:
        return gettext("No: it may not read our stories")
    if trouble := _trouble(partner):
        return gettext("Not at the moment: %(trouble)s") % {"trouble": trouble}
    if partner.notices_to:
        return gettext("At once, of every change")
    return gettext("Not told yet: it asks by itself")


def _trouble(partner: Partner) -> str:
    """Return why the last notice that it was not told of did not arrive, if any."""
    failed = partner.notices.exclude(trouble="").order_by("-at")
    return failed.values_list("trouble", flat=True).first() or ""


class PartnerViewSet(ModelViewSet):
    model = Partner
    name = "partners"
    icon = "group"
    menu_label = _("Partners")
    copy_view_enabled = False
    add_view_class = PartnerCreateView
    edit_view_class = PartnerEditView
    list_display = [
        "name",
        BooleanColumn("is_active", label=_("May read our stories")),
        Column("told", label=_("Is told of changes"), accessor=_is_told),
    ]
    form_fields = ["name", "is_active"]

    def get_urlpatterns(self) -> list[URLPattern]:
        renew = RenewView.as_view(permission_policy=self.permission_policy)
        return [
            *super().get_urlpatterns(),
            path("renew/<int:pk>/", renew, name="renew"),
        ]
