from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from groundwave.newsroom.models import NewsSource


class SpokenForDeleteView(DeleteView):
    """Deletes nothing that something rests on which was said."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                gettext(
                    "What was said stays known, and %(name)s is part of it. Leave it as "
                    "it is."
                )
                % {"name": self.object},
            )
            return redirect(self.index_url_name)
        return response


class NewsSourceViewSet(ModelViewSet):
    model = NewsSource
    name = "news_sources"
    url_prefix = "news-sources"
    icon = "group"
    menu_label = _("Sources")
    copy_view_enabled = False
    delete_view_class = SpokenForDeleteView
    list_display = ["name", "kind", "stake"]
    list_filter = ["kind"]
    search_fields = ["name", "description"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("kind"),
                FieldPanel("description"),
                FieldPanel("website"),
                FieldPanel("stake"),
            ],
            heading=_("What readers may know"),
        ),
        FieldPanel("notes"),
    ]
