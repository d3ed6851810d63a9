"""The site's addresses, and some that no site should have."""

from __future__ import annotations

from csp.decorators import csp_exempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path


SIGNPOST = """
{% extends "base.html" %}
{% block content %}
  <h1>Signpost</h1>
  <ul>
    <li><a href="/nowhere/at-all/">Nowhere</a></li>
    <li><a href="/fails/">A fault</a></li>
    <li><a href="/proxy-says-no/">A proxy's page</a></li>
    <li><a href="/bare/">A bare page</a></li>
    <li><a href="/moved/">Moved</a></li>
    <li><a href="/sign-in/">To the admin</a></li>
  </ul>
  <form method="post" action="/letters/">{% csrf_token %}
    <label>Letter <input name="letter"></label><button>Send</button>
  </form>
{% endblock %}
"""
BARE = "<!DOCTYPE html><title>{0}</title><h1>{0}</h1><a href='/signpost/'>Back</a>"


def signpost(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(SIGNPOST)
    return HttpResponse(page.render({}, request))


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Somebody made a mistake.")


def letters(request: HttpRequest) -> HttpResponse:
    return redirect("/shows/")


@csp_exempt()
def frames(request: HttpRequest) -> HttpResponse:
    """Somebody else's page, with one of ours in it."""
    site = request.get_host().replace("localhost", "127.0.0.1")
    frame = f"<iframe src='http://{site}/embed/kgnd/' allow='autoplay'></iframe>"
    return HttpResponse(f"<!DOCTYPE html><title>Elsewhere</title>{frame}")


handler404 = "groundwave.delivery.faults.not_found"
handler500 = "groundwave.delivery.faults.server_error"
urlpatterns = [
    path("signpost/", signpost),
    path("fails/", fails),
    path("letters/", letters),
    path("frames/", frames),
    path("bare/", lambda _: HttpResponse(BARE.format("Nothing else"))),
    path("proxy-says-no/", lambda _: HttpResponse(BARE.format("Bad"), status=502)),
    path("moved/", lambda _: redirect("/people/")),
    path("sign-in/", lambda _: redirect("/admin/login/")),
    path("", include("groundwave.project.urls")),
]
