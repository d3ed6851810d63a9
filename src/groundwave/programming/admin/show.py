"""Shows, their episodes, and what is on where nothing is planned, in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.admin.widgets.slug import SlugInput

from groundwave.programming.actions import remove_show, set_default_show, tell_pages
from groundwave.programming.admin.own_shows import (
    OwnEpisode,
    OwnEpisodeForm,
    OwnEpisodesIndexView,
)
from groundwave.programming.admin.retiring import (
    BringBackView,
    RetireView,
    retiring_button,
)
from groundwave.programming.errors import StillNeeded
from groundwave.programming.models import DefaultShow, Episode, Show
from groundwave.stations.models import Station


class _TellsPages:
    """A view that changes what guides say of a show."""

    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]
        tell_pages(Station.objects.all())
        return instance


class ShowEditView(_TellsPages, EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, retiring_button(self.object)]


class ShowDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except StillNeeded as refusal:
            messages.error(self.request, str(refusal))
            return redirect("programming_shows:edit", self.object.pk)
        return response

    def delete_action(self) -> None:
        remove_show(self.object, now=timezone.now(), by=self.request.user)


class EpisodeEditView(OwnEpisode, _TellsPages, EditView):
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
    list_display = [
        "title",
        "category",
        "is_listed",
        DateColumn("retired_at", label=_("Retired")),
    ]
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

    def get_urlpatterns(self) -> list[URLPattern]:
        policy = {"permission_policy": self.permission_policy}
        return [
            *super().get_urlpatterns(),
            path("retire/<int:pk>/", RetireView.as_view(**policy), name="retire"),
            path(
                "bring-back/<int:pk>/",
                BringBackView.as_view(**policy),
                name="bring_back",
            ),
        ]


class EpisodeViewSet(ModelViewSet):
    model = Episode
    name = "episodes"
    icon = "doc-full"
    menu_label = _("Episodes")
    copy_view_enabled = False
    index_view_class = OwnEpisodesIndexView
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
        FieldPanel("audio"),
    ]
    edit_handler = ObjectList(panels, base_form_class=OwnEpisodeForm)


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


class DefaultShowForm(WagtailAdminModelForm):
    """Offers the shows that are still made."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["show"].queryset = Show.objects.filter(retired_at=None)


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
    edit_handler = ObjectList(
        [FieldPanel("station"), FieldPanel("show")], base_form_class=DefaultShowForm
    )
    change_handler = ObjectList(
        [FieldPanel("station", read_only=True), FieldPanel("show")],
        base_form_class=DefaultShowForm,
    )

    def get_edit_view_kwargs(self, **kwargs: Any) -> Any:
        handler = self.change_handler.bind_to_model(self.model)
        return super().get_edit_view_kwargs(
            **{"panel": handler, "form_class": handler.get_form_class(), **kwargs}
        )
