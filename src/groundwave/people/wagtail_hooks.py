from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from groundwave.people.actions import remove_person
from groundwave.people.errors import StillNamed
from groundwave.people.models import Person


class PersonDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except StillNamed as refusal:
            messages.error(self.request, str(refusal))
            return redirect("people:edit", self.object.pk)
        return response

    def delete_action(self) -> None:
        remove_person(self.object)


class PersonViewSet(ModelViewSet):
    model = Person
    name = "people"
    icon = "user"
    menu_label = _("People")
    add_to_admin_menu = True
    menu_order = 310
    copy_view_enabled = False
    delete_view_class = PersonDeleteView
    list_display = ["name", "user"]
    search_fields = ["name"]
    panels = [
        # Its usual look, a page's title, hides the label and the border.
        TitleFieldPanel("name", classname="", placeholder=False),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("user"),
        MultiFieldPanel(
            [
                FieldPanel("role_line"),
                FieldPanel("portrait"),
                FieldPanel("biography"),
            ],
            heading=_("What the public meets"),
        ),
    ]


hooks.register("register_admin_viewset", PersonViewSet)
