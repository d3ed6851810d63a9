from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from groundwave.stations.actions import change_lineup, give_default_mounts
from groundwave.stations.admin.word import say_whether_told
from groundwave.stations.models import Licensee, Station
from groundwave.stations.validators import (
    holds_sound,
    is_of_standby_size,
    is_station_slug,
    timezones,
)


def _places() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in timezones()]


class LicenseeViewSet(ModelViewSet):
    model = Licensee
    name = "licensees"
    icon = "globe"
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldPanel("timezone", widget=forms.Select(choices=lazy(_places, list)())),
        MultiFieldPanel(
            [
                FieldPanel("logo"),
                FieldPanel("accent", widget=forms.TextInput(attrs={"size": 7})),
            ],
            heading=_("How the site looks"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("support_text"),
                FieldRowPanel([FieldPanel("support_label"), FieldPanel("support_url")]),
            ],
            heading=_("The ask"),
            help_text=_("What the site says to those who would like to give."),
        ),
        MultiFieldPanel([FieldPanel("shows_versions")], heading=_("Stories")),
        InlinePanel(
            "links",
            panels=[FieldRowPanel([FieldPanel("label"), FieldPanel("url")])],
            heading=_("Links"),
            label=_("Link"),
            help_text=_("At the foot of every page."),
        ),
    ]


class _TellsTransmitter:
    """A view whose change the transmitter must know of."""

    request: Any

    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]
        self.complete(instance)
        change_lineup()
        return instance

    def complete(self, instance: Any) -> None:
        """Add what the person need not say."""

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()  # type: ignore[misc]
        say_whether_told(self.request)
        return response


class StationCreateView(_TellsTransmitter, CreateView):
    def get_initial_form_instance(self) -> Station:
        licensee = Licensee.objects.first()
        if licensee is None:
            return Station()
        return Station(licensee=licensee, timezone=licensee.timezone)

    def complete(self, instance: Station) -> None:
        give_default_mounts(instance)


class StationEditView(_TellsTransmitter, EditView):
    pass


class StationDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _still_known() % {"station": self.object})
            return redirect("stations:edit", self.object.pk)
        return response

    def delete_action(self) -> None:
        super().delete_action()
        change_lineup()
        say_whether_told(self.request)


def _still_known() -> str:
    return gettext(
        "%(station)s has a schedule, and what was heard stays known. End its slots and "
        "take its mounts away instead: nobody hears it then. One that never aired "
        "anything can be deleted once its slots are."
    )


class StationForm(WagtailAdminModelForm):
    """Says what an address may be, and whether a standby sound can be heard."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["slug"].error_messages["invalid"] = is_station_slug.message

    def clean_standby(self) -> Any:
        """Listen into a sound that was just chosen; the one that is there was heard."""
        standby = self.cleaned_data["standby"]
        if isinstance(standby, UploadedFile):
            is_of_standby_size(standby)
            holds_sound(standby)
        return standby


class _NamePanel(TitleFieldPanel):
    """Writes the address of a new station; one that is on the air keeps its own."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self) -> bool:
            return not self.instance.pk


class StationViewSet(ModelViewSet):
    model = Station
    name = "stations"
    icon = "antenna"
    copy_view_enabled = False
    add_view_class = StationCreateView
    edit_view_class = StationEditView
    delete_view_class = StationDeleteView
    list_display = ["name", "slug", "licensee", "timezone"]
    panels = [
        MultiFieldPanel(
            [
                _NamePanel("name", classname="", placeholder=False),
                FieldPanel("slug", widget=SlugInput),
                FieldPanel("description"),
                FieldPanel("licensee"),
                FieldRowPanel([FieldPanel("genre"), FieldPanel("website")]),
                FieldPanel(
                    "timezone", widget=forms.Select(choices=lazy(_places, list)())
                ),
                FieldPanel("position"),
            ],
            heading=_("What it is"),
        ),
        InlinePanel(
            "mounts",
            panels=[
                FieldRowPanel([FieldPanel("path"), FieldPanel("codec")]),
                FieldRowPanel(
                    [
                        FieldPanel("bitrate_kbps"),
                        FieldPanel("sample_rate"),
                        FieldPanel("channels"),
                    ]
                ),
            ],
            heading=_("Mounts"),
            label=_("Mount"),
            help_text=_(
                "Where listeners hear it. Add none to a new station, and an MP3 and an "
                "AAC mount are made for you."
            ),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("grace_seconds"), FieldPanel("return_seconds")]
                ),
                FieldRowPanel(
                    [FieldPanel("silence_seconds"), FieldPanel("silence_dbfs")]
                ),
                FieldPanel("relays"),
                FieldPanel("standby"),
            ],
            heading=_("Source chain"),
            help_text=_(
                "Studio, main, backup, relay, standby: the first that is well is heard."
            ),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("tape_hours"), FieldPanel("burst_seconds")]),
                FieldRowPanel([FieldPanel("max_listeners"), FieldPanel("charset")]),
            ],
            heading=_("Tape and listeners"),
            classname="collapsed",
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=StationForm)
