"""What the frame of every page and the front page ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from groundwave.delivery.air import Tuning
from groundwave.delivery.brand import brand_url
from groundwave.delivery.programme import OnAir, on_air
from groundwave.stations.models import Licensee


# Pages of which there are two editions, by the names of their addresses.
TEXT_OF = {
    "schedule": "text_schedule",
    "schedule_week": "text_schedule",
    "shows": "text_shows",
    "show": "text_show",
    "episode": "text_episode",
    "people": "text_people",
    "person": "text_person",
    "event": "text_event",
    "search": "text_search",
    "wagtail_serve": "text_page",
}
FULL_OF = {text: full for full, text in TEXT_OF.items() if full != "schedule_week"}
HUES = 8
TURNS = 3

register = template.Library()


@register.simple_tag
def menu() -> Iterable[Page]:
    """Return the licensee's own pages for the navigation, in the editor's order."""
    pages: Iterable[Page] = (
        Page.objects.live().public().in_menu().filter(depth=3).order_by("path")
    )
    return pages


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], url: str) -> SafeString:
    """Mark a link of the navigation whose page, or a page below it, is open."""
    path = context["request"].path
    if path == url:
        # No part of it is anything that somebody typed.
        return mark_safe('aria-current="page"')
    if url != "/" and path.startswith(url):
        return mark_safe('aria-current="true"')
    return SafeString("")


@register.simple_tag(takes_context=True)
def text_url(context: dict[str, Any]) -> str:
    """Return where the page is in the text-only edition, or where that begins."""
    return _other_edition(context["request"], TEXT_OF) or reverse("text_home")


@register.simple_tag(takes_context=True)
def full_url(context: dict[str, Any]) -> str:
    """Return where a page of the text-only edition is in full."""
    return _other_edition(context["request"], FULL_OF) or "/"


@register.simple_tag
def text_page_url(page: Page) -> str:
    """Return where one of the licensee's pages is in the text-only edition."""
    parts = page.get_url_parts()
    path = parts[2].lstrip("/") if parts else ""
    return reverse("text_page", args=[path]) if path else reverse("text_home")


@register.simple_tag
def brand_sheet_url(licensee: Licensee | None) -> str:
    """Return where the licensee's colors are, or nothing if they have none."""
    return brand_url(licensee) if licensee else ""


@register.simple_tag
def airing_now(tunings: Sequence[Tuning]) -> list[OnAir]:
    """Return what each station airs now and next."""
    now = timezone.now()
    return [on_air(tuning.station, now=now) for tuning in tunings]


@register.simple_tag
def pattern_counts() -> dict[str, int]:
    """Return how many colors and how many ways there are, for scripts that choose."""
    return {"hues": HUES, "turns": TURNS}


@register.filter
def hue(number: int) -> int:
    """Return which of a few colors stands for what has no picture; always the same."""
    return number % HUES


@register.filter
def turn(number: int) -> int:
    """Return which way its waves go."""
    return number // HUES % TURNS


def _other_edition(request: HttpRequest, names: dict[str, str]) -> str:
    match = request.resolver_match
    if match is None or match.url_name not in names:
        return ""
    # One of the two editions may name what the other counts.
    values = [*match.args, *match.kwargs.values()]
    if values == [""]:  # the front page
        return ""
    url = reverse(names[match.url_name], args=values)
    return f"{url}?{request.GET.urlencode()}" if request.GET else url
