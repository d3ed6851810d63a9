from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groundwave.delivery import playlists
from groundwave.delivery.air import tuning
from groundwave.delivery.health import check_health
from groundwave.stations.address import air_url
from groundwave.stations.models import Station


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the site can do its work, else 503 with a sentence."""
    found = check_health()
    said = {"status": "trouble", "trouble": found.trouble}
    return JsonResponse(
        said if found.trouble else {"status": "ok"}, status=found.status
    )


@require_safe
def m3u(request: HttpRequest, slug: str) -> HttpResponse:
    name, urls = _heard(request, slug)
    return HttpResponse(
        playlists.m3u(name, urls), content_type="audio/x-mpegurl; charset=utf-8"
    )


@require_safe
def pls(request: HttpRequest, slug: str) -> HttpResponse:
    name, urls = _heard(request, slug)
    return HttpResponse(
        playlists.pls(name, urls), content_type="audio/x-scpls; charset=utf-8"
    )


def _heard(request: HttpRequest, slug: str) -> tuple[str, list[str]]:
    stations = Station.objects.prefetch_related("mounts")
    station = get_object_or_404(stations, slug=slug)
    tuned = tuning(station, air_url(request))
    return station.name, [way.url for way in tuned.streams]
