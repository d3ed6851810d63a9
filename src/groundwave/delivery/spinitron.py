"""
The schedule in the shape that station websites already read.

Many a station's pages, apps and displays ask Spinitron's second API for shows,
playlists, personas and spins. They get the same shape here, at another address: a
*show* is one time that a show is on, a *playlist* an airing that has begun, a *persona*
somebody who hosts a show, a *spin* a title that a source said was playing.

https://spinitron.github.io/v2api/
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from groundwave.delivery import spinitron_items as items
from groundwave.delivery.open_data import AskedWrongly, open_json
from groundwave.delivery.spinitron_asked import Asked
from groundwave.delivery.spins import LONGEST_SPAN, Spin, spin_of, spins_between
from groundwave.people.models import Person
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Show
from groundwave.stations.models import Station


AHEAD = timedelta(days=7)
LONGEST = timedelta(days=31)
FRESH_SECONDS = 60

Json = dict[str, Any]
Answer = Callable[..., Json]


def _answers(answer: Answer) -> Callable[..., HttpResponseBase]:
    """Make a view of what answers with data, or says what was asked wrongly."""

    @require_safe
    def view(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
        try:
            asked = Asked(request, _station(request), timezone.now())
            found = answer(asked) if pk is None else answer(asked, pk)
        except AskedWrongly as wrong:
            return _problem("Bad Request", str(wrong), 400)
        except Http404:
            return _problem("Not Found", "There is no such thing here.", 404)
        response = open_json(found)
        response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
        return response

    return view


def _problem(name: str, message: str, status: int) -> HttpResponseBase:
    told = {"name": name, "message": message, "code": 0, "status": status}
    return open_json(told, status=status)


def _station(request: HttpRequest) -> Station:
    """Return the station asked for, or the first: Spinitron's keys were one's own."""
    slug = request.GET.get("station", "")
    stations = Station.objects.filter(slug=slug) if slug else Station.objects.all()
    station = stations.first()
    if station is None:
        raise Http404
    return station


@_answers
def shows(asked: Asked) -> Json:
    """What is on from ``start``, by default now, to ``end``, by default in a week."""
    start = asked.instant("start") or asked.now
    end = asked.instant("end") or start + AHEAD
    end = min(max(end, start + timedelta(seconds=1)), start + LONGEST)
    tiles = guide(asked.station, start, end, now=asked.now)
    heard = {tile.planned.name: tile.planned for tile in tiles if tile.planned}
    airings = list(heard.values())
    prefetch_related_objects(airings, *_of_hosts("show__hosts__person__"))
    return asked.page(airings, lambda airing: items.show(asked, airing.show, airing))


@_answers
def show(asked: Asked, pk: int) -> Json:
    """One show, with the next time that it is on."""
    told = Show.objects.with_facts().prefetch_related(*_of_hosts("hosts__person__"))
    found = _one(told, pk)
    tiles = guide(asked.station, asked.now, asked.now + LONGEST, now=asked.now)
    coming = (tile.planned for tile in tiles if tile.planned)
    airing = next((each for each in coming if each.show_id == pk), None)
    return items.show(asked, found, airing)


@_answers
def playlists(asked: Asked) -> Json:
    """What has been on, the latest first."""
    return asked.page(_aired(asked), lambda airing: items.playlist(asked, airing))


@_answers
def playlist(asked: Asked, pk: int) -> Json:
    """One of them."""
    airing = _one(_aired(asked), pk)
    return items.playlist(asked, airing, spins=lambda: _told_spins(asked, airing))


@_answers
def personas(asked: Asked) -> Json:
    """Whoever hosts a show, or those of that ``name``."""
    found = _hosts()
    if name := asked.request.GET.get("name"):
        found = found.filter(name__iexact=name)
    return asked.page(found, lambda person: items.persona(asked, person))


@_answers
def persona(asked: Asked, pk: int) -> Json:
    """One of them."""
    return items.persona(asked, _one(_hosts(), pk))


@_answers
def spins(asked: Asked) -> Json:
    """What was played from ``start`` to ``end``, or in a playlist, the latest first."""
    if (pk := asked.number("playlist_id")) is not None:
        found = _spins_in(asked, _one(_aired(asked), pk))
    else:
        end = min(asked.instant("end") or asked.now, asked.now)
        start = asked.instant("start") or end - LONGEST_SPAN
        found = spins_between(asked.station, start, end, now=asked.now)
    return asked.page(found, lambda spin: items.spin(asked, spin))


@_answers
def spin(asked: Asked, pk: int) -> Json:
    """One of them."""
    found = spin_of(asked.station, pk, now=asked.now)
    if found is None:
        raise Http404
    return items.spin(asked, found)


def _told_spins(asked: Asked, airing: Airing) -> list[Json]:
    return [items.spin(asked.within(), each) for each in _spins_in(asked, airing)]


def _spins_in(asked: Asked, airing: Airing) -> list[Spin]:
    """Return what was played in *airing*, and not in what lay over it meanwhile."""
    found = spins_between(
        asked.station, airing.starts_at, airing.ends_at, now=asked.now
    )
    return [each for each in found if each.airing and each.airing.pk == airing.pk]


def _aired(asked: Asked) -> QuerySet[Airing]:
    aired = Airing.objects.on(asked.station).standing().with_facts()
    aired = aired.prefetch_related(*_of_hosts("show__hosts__person__"))
    aired = aired.filter(starts_at__lte=asked.now).order_by("-starts_at", "-pk")
    if (start := asked.instant("start")) is not None:
        aired = aired.filter(ends_at__gt=start)
    if (end := asked.instant("end")) is not None:
        aired = aired.filter(starts_at__lt=end)
    if (pk := asked.number("show_id")) is not None:
        aired = aired.filter(show_id=pk)
    if (pk := asked.number("persona_id")) is not None:
        aired = aired.filter(show__hosts__person_id=pk)
    return aired


def _hosts() -> QuerySet[Person]:
    hosts = Person.objects.filter(hosted__isnull=False).distinct().order_by("pk")
    shows = Prefetch("hosted__show", Show.objects.with_facts())
    return hosts.prefetch_related(*_of_hosts(""), shows)


def _of_hosts(way: str) -> list[str]:
    """Return what a persona tells of itself, fetched along *way* for all at once."""
    return [f"{way}hosted", f"{way}portrait__renditions"]


def _one(found: QuerySet[Any], pk: int) -> Any:
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one
