"""The player on other people's pages: in a frame of its own, found by its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from groundwave.delivery.air import tuning
from groundwave.delivery.context import told_to_player
from groundwave.delivery.our_address import public_url
from groundwave.stations.address import air_url
from groundwave.stations.models import Station


# As high as a page of a phone needs it, where the frame is made narrower.
WIDTH, HEIGHT = 640, 360
LEAST_WIDTH, LEAST_HEIGHT = 240, 120


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # it knows no slug
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The player of one station, for any page to frame."""
    stations = Station.objects.prefetch_related("mounts")
    station = get_object_or_404(stations, slug=slug)
    tuned = tuning(station, air_url(request))
    told = {
        "tuning": tuned,
        "tunings": [tuned],
        "player": told_to_player(request, [tuned]),
        "address": _address(request, station),
        "code": frame(request, station, width=WIDTH, height=HEIGHT),
    }
    return render(request, "groundwave/embed.html", told)


@require_safe
def oembed(request: HttpRequest) -> JsonResponse:
    """Answer other sites that ask how to show a station's page (oembed.com)."""
    if request.GET.get("format", "json") != "json":
        return _refused(_("Only JSON is spoken here; ask with format=json."), 501)
    station = _station_at(request, request.GET.get("url", ""))
    if station is None:
        sentence = _("There is no station at this address. Ask for a player's page.")
        return _refused(sentence, 404)
    try:
        width = _fitting(request.GET.get("maxwidth"), WIDTH, LEAST_WIDTH)
        height = _fitting(request.GET.get("maxheight"), HEIGHT, LEAST_HEIGHT)
    except ValueError:
        return _refused(_("Give maxwidth and maxheight in whole pixels."), 400)
    return _spoken(_described(request, station, width=width, height=height))


def frame(request: HttpRequest, station: Station, *, width: int, height: int) -> str:
    """Return what people put into their page to have the player there."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" '
        'allow="autoplay; clipboard-write" loading="lazy" frameborder="0"></iframe>',
        _address(request, station),
        station.name,
        width,
        height,
    )


def _address(request: HttpRequest, station: Station) -> str:
    return public_url(reverse("embed", args=[station.slug]), request)


def _described(
    request: HttpRequest, station: Station, *, width: int, height: int
) -> dict[str, Any]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": station.name,
        "provider_name": station.licensee.name,
        "provider_url": public_url("/", request),
        "cache_age": 86_400,
        "html": frame(request, station, width=width, height=height),
        "width": width,
        "height": height,
    }


def _station_at(request: HttpRequest, url: str) -> Station | None:
    """Return the station whose player is at *url*; the front page has the first's."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    stations = Station.objects.select_related("licensee")
    ours = urlsplit(public_url("/", request)).netloc
    if parts.netloc not in {request.get_host(), ours}:
        return None
    if match.url_name == "embed":
        return stations.filter(slug=match.kwargs["slug"]).first()
    return stations.first() if parts.path == "/" else None


def _fitting(most: str | None, wanted: int, least: int) -> int:
    return wanted if most is None else max(least, min(wanted, int(most)))


def _refused(sentence: str, status: int) -> JsonResponse:
    return _spoken({"error": sentence}, status=status)


def _spoken(facts: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(facts, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response
