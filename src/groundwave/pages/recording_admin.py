"""Recordings in the admin. Who may change whose is for those to say who use them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from groundwave.pages.models import Recording


class RecordingViewSet(ModelViewSet):
    model = Recording
    name = "recordings"
    icon = "media"
    menu_label = _("Recordings")
    add_to_admin_menu = True
    menu_order = 305  # after pictures and documents
    copy_view_enabled = False
    list_display = ["title", "credit"]
    search_fields = ["title", "credit"]
    panels = [
        # A page's title, its usual look, hides the label and the border.
        FieldPanel("title"),
        FieldPanel("file"),
        FieldPanel("credit"),
        FieldPanel("transcript"),
    ]
