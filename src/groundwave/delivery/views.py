from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groundwave.delivery import playlists
from groundwave.delivery.air import tuning
from groundwave.delivery.edition.words import FIGURES
from groundwave.delivery.health import check_health
from groundwave.stations.address import air_url
from groundwave.stations.models import Station


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the site can do its work, else 503 with a sentence."""
    found = check_health()
    said: dict[str, object] = {"status": "ok"}
    if found.trouble:
        said = {"status": "trouble", "trouble": found.trouble}
    if figures := request.headers.get(FIGURES):
        said["edition"] = json.loads(figures)
    return JsonResponse(said, status=found.status)


@require_safe
def m3u(request: HttpRequest, slug: str) -> HttpResponse:
    said = playlists.m3u(*_heard(request, slug))
    return _file(said, name=f"{slug}.m3u", content_type="audio/x-mpegurl")


@require_safe
def pls(request: HttpRequest, slug: str) -> HttpResponse:
    said = playlists.pls(*_heard(request, slug))
    return _file(said, name=f"{slug}.pls", content_type="audio/x-scpls")


def _file(said: str, *, name: str, content_type: str) -> HttpResponse:
    """Return a file to keep: a browser that played it in place would leave the page."""
    answer = HttpResponse(said, content_type=f"{content_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _heard(request: HttpRequest, slug: str) -> tuple[str, list[str]]:
    stations = Station.objects.prefetch_related("mounts")
    station = get_object_or_404(stations, slug=slug)
    tuned = tuning(station, air_url(request))
    return station.name, [way.url for way in tuned.streams]
