"""How the week's views answer: a page, its form alone, or a sentence for the script."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from groundwave.programming.admin.week_axis import week_start
from groundwave.stations.models import Station


# The page's script asks for the form alone and shows it in a dialog.
PART_HEADER = "X-Groundwave-Part"
UNPROCESSABLE = 422


def page(
    request: HttpRequest, template: str, title: str, shown: dict[str, Any]
) -> HttpResponse:
    """Answer with a page of the admin."""
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("week:index"), "label": _("Week")},
    ]
    if title != _("Week"):
        trail.append({"url": "", "label": title})
    shown |= {
        "breadcrumbs_items": trail,
        "header_title": title,
        "page_title": title,
        "header_icon": "calendar-alt",
    }
    return TemplateResponse(request, template, shown)


def form_page(
    request: HttpRequest, template: str, title: str, shown: dict[str, Any]
) -> HttpResponse:
    """Answer with a form: on a page of its own, or alone if the script asks so."""
    shown |= {"part": f"programming/admin/{template}", "title": title}
    if is_for_script(request):
        response: HttpResponse = TemplateResponse(request, shown["part"], shown)
    else:
        response = page(request, "programming/admin/week_form.html", title, shown)
    if request.method == "POST":
        response.status_code = UNPROCESSABLE
    return response


def done(
    request: HttpRequest,
    station: Station,
    day: date,
    sentence: str,
    warnings: Iterable[str] = (),
) -> HttpResponse:
    """Say what was done and show the week in which it lies."""
    url = f"{week_url(station)}?date={week_start(day)}"
    if is_for_script(request):
        said = {"sentence": sentence, "warnings": list(warnings), "url": url}
        return JsonResponse(said)
    messages.success(request, sentence)
    for warning in warnings:
        messages.warning(request, warning)
    return redirect(url)


def week_url(station: Station) -> str:
    return reverse("week:week", args=[station.slug])


def is_for_script(request: HttpRequest) -> bool:
    return PART_HEADER in request.headers
