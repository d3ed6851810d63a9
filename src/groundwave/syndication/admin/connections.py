"""Connections in the admin: the list, the form, and a page for each."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, ProtectedError, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from groundwave.syndication.admin.connection_form import connection_panels
from groundwave.syndication.admin.connection_page import (
    AskNowView,
    PauseView,
    ResumeView,
    connection_page,
    connection_state,
)
from groundwave.syndication.admin.connection_words import State, state_of
from groundwave.syndication.admin.pairing import PairView
from groundwave.syndication.admin.trying import try_connection
from groundwave.syndication.models import Connection


class StateColumn(Column):
    """How a connection does, in words."""

    cell_template_name = "syndication/admin/state_cell.html"

    def get_value(self, instance: Connection) -> State:
        return state_of(instance, now=timezone.now())


class ConnectionIndexView(IndexView):
    template_name = "syndication/admin/connections.html"
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet[Connection]:
        carried = Q(originals__story__isnull=False, originals__gone_at=None)
        found: QuerySet[Connection] = super().get_base_queryset()
        counted: QuerySet[Connection] = found.annotate(
            carried=Count("originals", filter=carried)
        )
        return counted

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_buttons
        if not self.user_has_permission("add"):
            return buttons
        url = reverse("connections:pair")
        label = _("Pair with a station")
        return [*buttons, HeaderButton(label, url=url, icon_name="key", priority=5)]

    def get_edit_url(self, instance: Connection) -> str:
        # Whoever comes to a connection comes to see how it does.
        return reverse("connections:show", args=[instance.pk])

    def get_list_more_buttons(self, instance: Connection) -> list[Any]:
        buttons = [
            each
            for each in super().get_list_more_buttons(instance)
            if each.url != self.get_edit_url(instance)
        ]
        if self.user_has_permission("change"):
            url = reverse("connections:edit", args=[instance.pk])
            change = MenuItem(_("Change"), url=url, icon_name="edit", priority=10)
            buttons.insert(0, change)
        return buttons


class ConnectionCreateView(CreateView):
    def get_success_url(self) -> str:
        return reverse("connections:show", args=[self.object.pk])


class ConnectionEditView(EditView):
    def get_success_url(self) -> str:
        return reverse("connections:show", args=[self.object.pk])

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("connections:show", args=[self.object.pk])
        show = Button(_("How it does"), url=url, icon_name="view", priority=5)
        return [show, *super().header_more_buttons]


class ConnectionDeleteView(DeleteView):
    """Deletes none that stories came from: how they stand to their originals hangs on it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            sentence = gettext(
                "Stories came from %(name)s, and corrections and takedowns of them still "
                "do. Pause it instead: nothing new comes then."
            )
            messages.error(self.request, sentence % {"name": self.object})
            return redirect("connections:show", self.object.pk)
        return response


class ConnectionViewSet(ModelViewSet):
    model = Connection
    name = "connections"
    icon = "link"
    menu_label = _("Connections")
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ConnectionIndexView
    add_view_class = ConnectionCreateView
    edit_view_class = ConnectionEditView
    delete_view_class = ConnectionDeleteView
    list_display = ["name", StateColumn("state", label=_("How it does"), width="70%")]
    search_fields = ["name"]
    edit_handler = connection_panels()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("pair/", PairView.as_view(), name="pair"),
            path("show/<int:pk>/", connection_page, name="show"),
            path("show/<int:pk>/state/", connection_state, name="state"),
            path("show/<int:pk>/try/", try_connection, name="try"),
            path("show/<int:pk>/ask/", AskNowView.as_view(), name="ask"),
            path("show/<int:pk>/pause/", PauseView.as_view(), name="pause"),
            path("show/<int:pk>/resume/", ResumeView.as_view(), name="resume"),
        ]
