from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    ObjectList,
)
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from groundwave.stations.actions import (
    IssuedKey,
    change_lineup,
    issue_source_key,
    revoke_source_key,
)
from groundwave.stations.address import air_socket
from groundwave.stations.admin.word import say_whether_told
from groundwave.stations.encoders import encoder_helps
from groundwave.stations.errors import AlreadyRevoked
from groundwave.stations.models import SourceKey


class SourceKeyIndexView(IndexView):
    add_item_label = _("Issue a source key")

    def get_list_more_buttons(self, instance: SourceKey) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if instance.is_live and self.user_has_permission("change"):
            url = reverse("source_keys:revoke", args=[instance.pk])
            buttons.append(MenuItem(_("Revoke"), url=url, icon_name="bin", priority=40))
        return buttons


class IssueView(CreateView):
    """Issues a key, and shows it this once: the answer to the POST is the key's page."""

    page_title = _("Issue")
    submit_button_label = _("Issue the key")
    submit_button_active_label = _("Issuing…")

    def save_instance(self) -> SourceKey:
        asked = self.form.save(commit=False)
        self.issued = issue_source_key(
            asked.station,
            person=asked.person,
            role=asked.role,
            by=self.request.user,
            now=timezone.now(),
            windows=asked.windows.all(),
        )
        return self.issued.source_key

    def save_action(self) -> HttpResponse:
        say_whether_told(self.request)
        return _key_page(self.request, self.issued)


def _key_page(request: HttpRequest, issued: IssuedKey) -> HttpResponse:
    source_key, key = issued
    station = source_key.station
    at = air_socket(request)
    response = TemplateResponse(
        request,
        "stations/admin/key_issued.html",
        {
            "source_key": source_key,
            "key": key,
            "at": at,
            "encoders": encoder_helps(station.slug, station.name, key, at),
            "keys_url": reverse("source_keys:index"),
            "breadcrumbs_items": _trail(gettext("A new source key")),
            "header_title": gettext("A new source key"),
            "header_icon": "key",
        },
    )
    response["Cache-Control"] = "no-store"  # nor may the browser show it again
    return response


def _trail(last: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
        {"url": reverse("source_keys:index"), "label": gettext("Source keys")},
        {"url": "", "label": last},
    ]


class SourceKeyEditView(EditView):
    def save_instance(self) -> SourceKey:
        source_key: SourceKey = super().save_instance()
        change_lineup()
        return source_key

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()
        say_whether_told(self.request)
        return response

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.object.is_live:
            return []
        url = reverse("source_keys:revoke", args=[self.object.pk])
        return [HeaderButton(_("Revoke"), url=url, icon_name="bin")]


class RevokeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    permission_policy: Any = None
    permission_required = "change"
    page_title = _("Revoke")
    header_icon = "key"
    template_name = "stations/admin/confirm.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _trail(gettext("Revoke a source key"))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        source_key = get_object_or_404(SourceKey, pk=pk)
        response: HttpResponse = self.render_to_response(
            self.get_context_data(
                question=gettext(
                    "Revoke the key of %(person)s that ends in %(hint)s? An encoder that "
                    "uses it can no longer go on air on %(station)s. This cannot be "
                    "undone, but a new key can be issued."
                )
                % {
                    "person": source_key.person,
                    "hint": source_key.hint,
                    "station": source_key.station,
                },
                yes=gettext("Yes, revoke it"),
                no=gettext("No, keep it"),
                back=reverse("source_keys:index"),
                serious=True,
            )
        )
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        source_key = get_object_or_404(SourceKey, pk=pk)
        try:
            revoke_source_key(source_key, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        except AlreadyRevoked as already:
            messages.warning(request, str(already))
        else:
            messages.success(
                request,
                gettext("The key that ends in %(hint)s is revoked.")
                % {"hint": source_key.hint},
            )
            say_whether_told(request)
        return redirect("source_keys:index")


def _state(source_key: SourceKey) -> str:
    return gettext("Live") if source_key.is_live else gettext("Revoked")


_WINDOWS = InlinePanel(
    "windows",
    panels=[
        FieldRowPanel(
            [FieldPanel("weekday"), FieldPanel("starts_at"), FieldPanel("minutes")]
        )
    ],
    label=_("Window"),
    heading=_("Only at these times"),
    help_text=_(
        "By the station's wall clock. Add none, and the key works at any time."
    ),
)


class SourceKeyViewSet(ModelViewSet):
    model = SourceKey
    name = "source_keys"
    url_prefix = "source-keys"
    icon = "key"
    copy_view_enabled = False
    index_view_class = SourceKeyIndexView
    add_view_class = IssueView
    edit_view_class = SourceKeyEditView
    list_display = [
        "person",
        "station",
        "role",
        Column("hint", label=_("Ends in"), accessor=lambda key: f"…{key.hint}"),
        Column("state", label=_("State"), accessor=_state),
        DateColumn("issued_at", label=_("Issued")),
        DateColumn("last_used_at", label=_("Last used")),
    ]
    list_filter = ["station", "role"]
    panels = [
        FieldPanel("person"),
        FieldPanel("station"),
        FieldPanel("role"),
        _WINDOWS,
    ]
    edit_panels = [
        FieldPanel("person", read_only=True),
        FieldPanel("station", read_only=True),
        FieldPanel("role", read_only=True),
        _WINDOWS,
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> Any:
        # A key is revoked, never deleted: who was on the air stays known.
        return super().get_common_view_kwargs(**{"delete_url_name": None, **kwargs})

    def get_edit_view_kwargs(self, **kwargs: Any) -> Any:
        handler = ObjectList(self.edit_panels).bind_to_model(self.model)
        return super().get_edit_view_kwargs(
            **{"panel": handler, "form_class": handler.get_form_class(), **kwargs}
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        revoke = RevokeView.as_view(permission_policy=self.permission_policy)
        kept = (each for each in super().get_urlpatterns() if each.name != "delete")
        return [*kept, path("revoke/<int:pk>/", revoke, name="revoke")]
