"""The site with a page that somebody else has kept, such as a proxy."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path

from groundwave.project.urls import urlpatterns as own


KEPT = "kept-page"


def kept(request: HttpRequest) -> HttpResponse:
    return HttpResponse(cache.get(KEPT))


urlpatterns = [path("kept/", kept), *own]
