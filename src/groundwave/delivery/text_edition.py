"""
The text-only edition: the same facts for slow lines, old machines and storms.

No page of it has a script or a picture, and none is over 20 kB.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from groundwave.delivery.air import tuning
from groundwave.delivery.carried import tell_robots
from groundwave.delivery.event_pages import public_event
from groundwave.delivery.person_pages import public_people, shows_of
from groundwave.delivery.programme import on_air, rows_of
from groundwave.delivery.schedule_pages import asked_for
from groundwave.delivery.search import find, query_of
from groundwave.delivery.show_pages import airings_of, coming, listed_shows
from groundwave.delivery.sounds_elsewhere import keep_while_heard
from groundwave.newsroom.event_tables import tables
from groundwave.newsroom.models import Story
from groundwave.programming.models import Episode, Show
from groundwave.stations.address import air_url
from groundwave.stations.models import Station


# As many are under 20 kB even if each name is as long as names can be, and in letters
# of three bytes.
NAMES_A_PAGE = 25
ROWS_A_PAGE = 48


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what is on now and next, and where it is heard."""
    now, air = timezone.now(), air_url(request)
    stations = Station.objects.prefetch_related("mounts")
    told = [
        {"tuning": tuning(each, air), "on_air": on_air(each, now=now)}
        for each in stations
    ]
    return render(request, "text/home.html", {"stations": told})


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Show one day of one station."""
    asked = asked_for(request, now=timezone.now())
    rows = rows_of(asked.day, asked.station, now=asked.now) if asked else ()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "text/schedule.html", {"asked": asked, "page": page})


@require_safe
def shows(request: HttpRequest) -> HttpResponse:
    """List the shows."""
    page = Paginator(listed_shows(), NAMES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "text/shows.html", {"page": page})


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one show."""
    shows = Show.objects.prefetch_related("hosts__person")
    found = get_object_or_404(shows, slug=slug)
    told = {"show": found, "coming": coming(found, now=timezone.now())}
    return render(request, "text/show.html", told)


@require_safe
def episode(request: HttpRequest, show_slug: str, slug: str) -> HttpResponse:
    """Show one episode."""
    episodes = Episode.objects.select_related("show__image", "audio")
    found = get_object_or_404(episodes, show__slug=show_slug, slug=slug)
    told = {"episode": found, "airings": airings_of(found, now=timezone.now())}
    return render(request, "text/episode.html", told)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people."""
    page = Paginator(public_people(), NAMES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "text/people.html", {"page": page})


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody."""
    found = get_object_or_404(public_people(), slug=slug)
    told = {"person": found, "shows": shows_of(found)}
    return render(request, "text/person.html", told)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who says what of an event, in sentences."""
    found = public_event(slug)
    told = {"event": found, "tables": tables(found)}
    return render(request, "text/event.html", told)


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page that the licensee wrote; one behind a password has no text of it."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    steps = [step for step in path.split("/") if step]
    found = site.root_page.specific.route(request, steps).page
    if found.get_view_restrictions():
        raise Http404
    if isinstance(found, Story):
        shown = render(request, "text/story.html", {"page": found})
        keep_while_heard(shown, found, now=timezone.now())
        return tell_robots(shown, found)
    return render(request, "text/page.html", {"page": found})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=``, or ask what is looked for."""
    query = query_of(request)
    told = {"query": query, "found": find(query) if query else None}
    return render(request, "text/search.html", told)
