"""Shows, their episodes, and what is on where nothing is planned, in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from groundwave.programming.actions import set_default_show, tell_pages
from groundwave.programming.models import DefaultShow, Episode, Show
from groundwave.stations.models import Station


class _TellsPages:
    """A view that changes what guides say of a show."""

    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]
        tell_pages(Station.objects.all())
        return instance


class ShowEditView(_TellsPages, EditView):
    pass


class ShowDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                gettext(
                    "%(show)s is what a station airs where nothing is planned. Choose "
                    "another default show for it first."
                )
                % {"show": self.object},
            )
            return redirect(self.get_success_url())
        return response

    def delete_action(self) -> None:
        super().delete_action()
        tell_pages(Station.objects.all())


class EpisodeEditView(_TellsPages, EditView):
    pass


class ShowViewSet(ModelViewSet):
    model = Show
    name = "programming_shows"
    url_prefix = "shows"
    icon = "media"
    menu_label = _("Shows")
    copy_view_enabled = False
    edit_view_class = ShowEditView
    delete_view_class = ShowDeleteView
    list_display = ["title", "category", "is_listed"]
    list_filter = ["category", "is_listed"]
    search_fields = ["title", "tagline"]
    panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", placeholder=False),
                FieldPanel("slug", widget=SlugInput),
                FieldPanel("tagline"),
                FieldPanel("category"),
                FieldPanel("image"),
            ],
            heading=_("What it is"),
        ),
        FieldPanel("about"),
        InlinePanel(
            "hosts",
            panels=[FieldPanel("person")],
            heading=_("Hosts"),
            label=_("Host"),
            help_text=_("In the order in which they are named."),
        ),
        FieldPanel("is_listed"),
    ]


class EpisodeViewSet(ModelViewSet):
    model = Episode
    name = "episodes"
    icon = "doc-full"
    menu_label = _("Episodes")
    copy_view_enabled = False
    edit_view_class = EpisodeEditView
    list_display = ["title", "show"]
    list_filter = ["show"]
    search_fields = ["title"]
    panels = [
        FieldPanel("show"),
        # Its usual look, a page's title, hides the label and the border.
        TitleFieldPanel("title", classname="", placeholder=False),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("about"),
    ]


class _Chooses:
    """A view that says what is on where nothing is planned."""

    form: Any

    def save_instance(self) -> DefaultShow:
        chosen = self.form.save(commit=False)
        set_default_show(chosen.station, chosen.show)
        return DefaultShow.objects.get(station=chosen.station)


class DefaultShowCreateView(_Chooses, CreateView):
    pass


class DefaultShowEditView(_Chooses, EditView):
    pass


class DefaultShowDeleteView(DeleteView):
    def delete_action(self) -> None:
        set_default_show(self.object.station, None)


class DefaultShowViewSet(ModelViewSet):
    model = DefaultShow
    name = "default_shows"
    url_prefix = "default-shows"
    icon = "radio-full"
    menu_label = _("Default shows")
    copy_view_enabled = False
    add_view_class = DefaultShowCreateView
    edit_view_class = DefaultShowEditView
    delete_view_class = DefaultShowDeleteView
    list_display = ["station", "show"]
    panels = [FieldPanel("station"), FieldPanel("show")]
    edit_panels = [FieldPanel("station", read_only=True), FieldPanel("show")]

    def get_edit_view_kwargs(self, **kwargs: Any) -> Any:
        handler = ObjectList(self.edit_panels).bind_to_model(self.model)
        return super().get_edit_view_kwargs(
            **{"panel": handler, "form_class": handler.get_form_class(), **kwargs}
        )
