"""The licensee's colors, as a style sheet that every page may load."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from groundwave.stations.color import (
    DAY,
    NIGHT,
    Color,
    ColorUnreadable,
    read_color,
    readable,
)
from groundwave.stations.models import Licensee


_RULES = """\
:root {{ --accent: {day}; --link: {day}; --focus: {day}; --accent-ink: {day_ink}; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --accent: {night}; --link: {night}; --accent-ink: {night_ink}; }}
}}
"""


def brand_url(licensee: Licensee) -> str:
    """Return where the colors are; another address for every choice of them."""
    accent = _accent(licensee)
    return reverse("brand", args=[str(accent)[1:]]) if accent else ""


@require_safe
@cache_control(max_age=31_536_000, immutable=True, public=True)
def brand(request: HttpRequest, accent: str) -> HttpResponse:
    """Answer with the style sheet of an accent color; its address says which."""
    return HttpResponse(
        brand_sheet(read_color(f"#{accent}")), content_type="text/css; charset=utf-8"
    )


@require_safe
@cache_control(max_age=86_400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer those who look for an icon at the address of old."""
    return HttpResponseRedirect(static("groundwave/icon-512.png"))


def brand_sheet(accent: Color) -> str:
    """Return rules that put *accent* wherever it can be read, by day and by night."""
    return _RULES.format(
        day=readable(accent, on=DAY),
        day_ink=DAY[-1],
        night=readable(accent, on=NIGHT),
        night_ink=NIGHT[0],
    )


def _accent(licensee: Licensee) -> Color | None:
    try:
        return read_color(licensee.accent)
    except ColorUnreadable:
        return None
