"""Events and what is counted of them, in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.admin.widgets.slug import SlugInput

from groundwave.newsroom.admin.figure_desk import figure_desk
from groundwave.newsroom.admin.figure_feature import choose_figure
from groundwave.newsroom.admin.figure_places import figure_places
from groundwave.newsroom.admin.news_source import SpokenForDeleteView
from groundwave.newsroom.models import Event
from groundwave.stations.models import Licensee, Station


class EventForm(WagtailAdminModelForm):
    """Keeps what is counted as long as somebody has counted it."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if "timezone" in self.fields and not self.instance.pk:
            self.initial.setdefault("timezone", _usual_zone())

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        return self._keeps_what_is_counted() and valid

    def _keeps_what_is_counted(self) -> bool:
        kept = True
        for form in self.formsets["metrics"].deleted_forms:
            if form.instance.pk and form.instance.figures.exists():
                kept = False
                self.add_error(
                    None,
                    _(
                        "Figures rest on “%(counted)s”, and what was said stays known. "
                        "Keep it."
                    )
                    % {"counted": form.instance.label},
                )
        return kept


class EventIndexView(IndexView):
    def get_edit_url(self, instance: Event) -> str:
        # Whoever comes to an event comes for its figures.
        return reverse("events:figures", args=[instance.pk])

    def get_list_more_buttons(self, instance: Event) -> list[Any]:
        form = reverse("events:edit", args=[instance.pk])
        buttons = [
            MenuItem(_("Change the event"), url=form, icon_name="edit", priority=10),
            *super().get_list_more_buttons(instance),
        ]
        return [each for each in buttons if each.url != self.get_edit_url(instance)]


class EventCreateView(CreateView):
    def get_success_url(self) -> str:
        return reverse("events:figures", args=[self.object.pk])


class EventEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("events:figures", args=[self.object.pk])
        figures = Button(_("Figures"), url=url, icon_name="table", priority=5)
        places = Button(
            _("Where the old number stands"),
            url=reverse("events:places", args=[self.object.pk]),
            icon_name="search",
            priority=6,
        )
        return [figures, places, *super().header_more_buttons]


def _panels(*, is_new: bool) -> list[Any]:
    return [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", classname="", placeholder=False),
                FieldPanel("slug", widget=SlugInput, read_only=not is_new),
                FieldRowPanel([FieldPanel("place"), FieldPanel("started_at")]),
                FieldRowPanel([FieldPanel("timezone"), FieldPanel("stage")]),
                FieldPanel("is_public"),
            ],
            heading=_("What happened"),
        ),
        InlinePanel(
            "metrics",
            panels=[FieldPanel("label"), FieldPanel("scope")],
            heading=_("What is counted"),
            label=_("Count"),
            help_text=_(
                "One for each thing: people missing, people killed, homes burned. "
                "Sources that count something else belong to another one."
            ),
        ),
    ]


class EventViewSet(ModelViewSet):
    model = Event
    name = "events"
    icon = "warning"
    menu_label = _("Events")
    copy_view_enabled = False
    index_view_class = EventIndexView
    add_view_class = EventCreateView
    edit_view_class = EventEditView
    delete_view_class = SpokenForDeleteView
    list_display = ["title", "place", "stage", "is_public"]
    list_filter = ["stage", "is_public"]
    search_fields = ["title", "place"]
    edit_handler = ObjectList(_panels(is_new=True), base_form_class=EventForm)
    later_edit_handler = ObjectList(_panels(is_new=False), base_form_class=EventForm)

    def get_edit_view_kwargs(self, **kwargs: Any) -> Any:
        handler = self.later_edit_handler.bind_to_model(self.model)
        return super().get_edit_view_kwargs(
            **{"panel": handler, "form_class": handler.get_form_class(), **kwargs}
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("figures/choose/", choose_figure, name="choose_figure"),
            path("figures/<int:pk>/", figure_desk, name="figures"),
            path("figures/<int:pk>/places/", figure_places, name="places"),
        ]


def _usual_zone() -> str:
    """Return the clock of the first station, or of the licensee."""
    known = Station.objects.values_list("timezone", flat=True).first()
    return known or Licensee.objects.values_list("timezone", flat=True).first() or "UTC"
