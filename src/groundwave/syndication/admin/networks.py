"""The networks that our own stories are published to, in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from groundwave.syndication.admin.kept_key import KeepsKey
from groundwave.syndication.models import Network


class NetworkForm(KeepsKey):
    """Keeps the prefix under which something was published."""

    instance: Network

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if self.instance.pk and self.instance.dispatches.exists():
            # A disabled field keeps what it was, whatever is sent.
            self.fields["prefix"].disabled = True
            self.fields["prefix"].help_text = gettext(
                "Stories were published under it, and would be nobody's under another."
            )


class NetworkDeleteView(DeleteView):
    """Deletes none that has stories of ours: they could not be taken back."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            sentence = gettext(
                "%(name)s has stories of yours, and takedowns of them go there. Untick "
                "that you publish there instead."
            )
            messages.error(self.request, sentence % {"name": self.object})
            return redirect("networks:edit", self.object.pk)
        return response


class NetworkViewSet(ModelViewSet):
    model = Network
    name = "networks"
    icon = "upload"
    menu_label = _("Networks")
    copy_view_enabled = False
    delete_view_class = NetworkDeleteView
    list_display = [
        "name",
        "prefix",
        BooleanColumn("is_active", label=_("Published there")),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("address"),
                    FieldPanel("key"),
                    FieldPanel("forget_key"),
                ],
                heading=_("Where our stories go"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("prefix"),
                    FieldPanel("service"),
                    FieldPanel("collections"),
                    FieldPanel("is_active"),
                ],
                heading=_("As whose they go"),
            ),
        ],
        base_form_class=NetworkForm,
    )
