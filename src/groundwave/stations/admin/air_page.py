"""What the pages of the air have in common: how they answer, and in which zone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _


# The Air page's script asks for a form alone and shows it in a dialog.
PART_HEADER = "X-Groundwave-Part"


def page(
    request: HttpRequest, template: str, title: str, shown: dict[str, Any]
) -> HttpResponse:
    """Answer with a page of the admin."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    trail = [home, {"url": reverse("air:index"), "label": _("Air")}]
    if title != _("Air"):
        trail.append({"url": "", "label": title})
    shown |= {
        "breadcrumbs_items": trail,
        "header_title": title,
        "page_title": title,
        "header_icon": "antenna",
    }
    return TemplateResponse(request, template, shown)


def is_for_script(request: HttpRequest) -> bool:
    return PART_HEADER in request.headers
