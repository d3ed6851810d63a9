"""Slots in the admin: planned, changed from a date on, and taken out of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from groundwave.programming.actions import change_slot, plan_slot, remove_slot
from groundwave.programming.admin.rule_words import rule_words
from groundwave.programming.admin.slot_form import SlotForm
from groundwave.programming.admin.slot_words import Told, clash_sentences, told_of
from groundwave.programming.errors import ScheduleError
from groundwave.programming.models import Slot
from groundwave.programming.schedule.walltime import instant
from groundwave.stations.models import Station
from groundwave.stations.validators import timezones


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


WARNED_OF = 5


class _SaysWhatClashes:
    """A view that plans, and says afterwards with what the plan shares its time."""

    request: Any
    form: Any

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ScheduleError as error:
            form.add_error(None, str(error))
            self.produced_error_message = str(error)
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
        return response

    def warn(self, slot: Slot) -> None:
        stations = [slot.station, *slot.also_on.all()]
        found = list(clash_sentences(slot, stations, now=timezone.now()))
        for sentence in found[:WARNED_OF]:
            messages.warning(self.request, sentence)


class SlotCreateView(_SaysWhatClashes, CreateView):
    def get_initial_form_instance(self) -> Slot:
        today = timezone.localdate()
        return Slot(station=Station.objects.first(), starts_on=today)

    def save_instance(self) -> Slot:
        slot = plan_slot(now=timezone.now(), by=self.request.user, **self._facts())
        self.warn(slot)
        return slot

    def _facts(self) -> dict[str, Any]:
        names = {field.name for field in Slot._meta.get_fields()}
        said = self.form.cleaned_data
        return {name: value for name, value in said.items() if name in names}


class SlotEditView(_SaysWhatClashes, EditView):
    def save_instance(self) -> Slot:
        changes = self.form.changes()
        slot: Slot = self.form.before
        if changes:
            slot = change_slot(
                slot,
                from_date=self.form.holds_from,
                now=timezone.now(),
                by=self.request.user,
                **changes,
            )
        self.warn(slot)
        return slot


class SlotDeleteView(DeleteView):
    def delete_action(self) -> None:
        with transaction.atomic():
            remove_slot(self.object, now=timezone.now(), by=self.request.user)


class PreviewView(PermissionCheckedMixin, View):
    """Says what a slot would do, while it is being filled in; the page's script asks."""

    permission_policy: Any = None
    any_permission_required = ["add", "change"]
    form_class: Any = None

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        slot = get_object_or_404(Slot, pk=pk) if pk else Slot()
        form = self.form_class(request.POST, instance=slot, for_user=request.user)
        shown: dict[str, Any] = {}
        if form.is_valid():
            shown["told"] = _told(form)
        else:
            shown["errors"] = list(_refusals(form))
        return TemplateResponse(request, "programming/admin/slot_told.html", shown)


def _told(form: SlotForm) -> Told:
    slot: Slot = form.instance
    begins = datetime.combine(form.holds_from, time())
    now = max(timezone.now(), instant(begins, slot.zone))
    stations = {slot.station, *form.cleaned_data.get("also_on", ())}
    return told_of(slot, sorted(stations, key=str), now=now)


def _refusals(form: SlotForm) -> Iterator[str]:
    """Yield what cannot be, and not what is merely not filled in yet."""
    for errors in form.errors.as_data().values():
        for error in errors:
            if error.code != "required":
                yield from error.messages


def _places() -> list[tuple[str, StrPromise | str]]:
    own = [("", _("The station's own"))]
    return [*own, *((name, name.replace("_", " ")) for name in timezones())]


_TIMES = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("begins"), FieldPanel("minutes")]),
        FieldPanel("repeats"),
        FieldPanel("weekdays"),
        FieldPanel("places"),
        FieldPanel("every"),
        FieldPanel(
            "rule",
            heading=_("A rule of its own"),
            help_text=_("Such as FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24."),
        ),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("until")]),
    ],
    heading=_("When"),
)
_MORE = MultiFieldPanel(
    [
        FieldPanel("also_on", widget=CheckboxSelectMultiple),
        FieldPanel("boundary"),
        FieldPanel("timezone", widget=Select(choices=lazy(_places, list)())),
    ],
    heading=_("Where else, and by which clock"),
)
_PREVIEW = HelpPanel(
    template="programming/admin/slot_preview.html", heading=_("What this would do")
)


class SlotViewSet(ModelViewSet):
    model = Slot
    name = "slots"
    icon = "time"
    menu_label = _("Slots")
    copy_view_enabled = False
    add_view_class = SlotCreateView
    edit_view_class = SlotEditView
    delete_view_class = SlotDeleteView
    list_display = [
        "show",
        "station",
        Column("rule", label=_("How often"), accessor=lambda s: rule_words(s.rule)),
        Column("begins", label=_("Begins at"), accessor=lambda s: f"{s.begins:%H:%M}"),
        "minutes",
        "starts_on",
        "until",
    ]
    list_filter = ["station", "show"]
    edit_handler = ObjectList(
        [FieldPanel("station"), FieldPanel("show"), _TIMES, _PREVIEW, _MORE],
        base_form_class=SlotForm,
    )
    change_handler = ObjectList(
        [
            FieldPanel("station", read_only=True),
            FieldPanel("from_date"),
            FieldPanel("show"),
            _TIMES,
            _PREVIEW,
            _MORE,
        ],
        base_form_class=SlotForm,
    )

    @cached_property
    def _change_handler(self) -> Any:
        return self.change_handler.bind_to_model(self.model)

    def get_edit_view_kwargs(self, **kwargs: Any) -> Any:
        handler = self._change_handler
        return super().get_edit_view_kwargs(
            **{"panel": handler, "form_class": handler.get_form_class(), **kwargs}
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        policy = {"permission_policy": self.permission_policy}
        added = PreviewView.as_view(form_class=self.get_form_class(), **policy)
        handler = self._change_handler
        changed = PreviewView.as_view(form_class=handler.get_form_class(), **policy)
        return [
            *super().get_urlpatterns(),
            path("preview/", added, name="preview"),
            path("preview/<int:pk>/", changed, name="preview_change"),
        ]
