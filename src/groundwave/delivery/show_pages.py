"""Shows and their episodes, as the public finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import cast
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groundwave.delivery.programme import zone_of
from groundwave.delivery.recordings import Offer, offers_on_tape
from groundwave.programming.guide import guide, is_about, now_and_next
from groundwave.programming.models import (
    Airing,
    Boundary,
    DefaultShow,
    Episode,
    Show,
)
from groundwave.programming.models.airing import AiringQuerySet
from groundwave.programming.schedule.tiling import Tile
from groundwave.stations.models import Station


# A show that comes once a month comes again within this.
COMING_WITHIN = timedelta(days=35)
COMING = 8
EPISODES_A_PAGE = 20
AGAIN = 6


@dataclass(frozen=True)
class Coming:
    """
    One time that a show will be heard, is, or was.

    It is the one on the air from `starts_at` to `until`; `until` is None where another
    show has taken its place now.
    """

    station: Station
    zone: ZoneInfo
    starts_at: datetime
    until: datetime | None
    episode: Episode | None
    is_on_air: bool
    # What comes before it may run over by some minutes.
    is_about: bool = False


@require_safe
def shows(request: HttpRequest) -> HttpResponse:
    """List every show that is listed, or those of one category."""
    listed = listed_shows()
    categories = sorted({show.category for show in listed if show.category})
    chosen = request.GET.get("category", "")
    if chosen:
        listed = [show for show in listed if show.category == chosen]
    told = {"shows": listed, "categories": categories, "chosen": chosen}
    return render(request, "shows/list.html", told)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one show: who makes it, when it comes, what it was about."""
    found = get_object_or_404(_with_hosts(), slug=slug)
    pages = Paginator(found.episodes.select_related("audio"), EPISODES_A_PAGE)
    now = timezone.now()
    told = {
        "show": found,
        "coming": coming(found, now=now),
        "again": again(found.airings.all(), now=now),
        "episodes": pages.get_page(request.GET.get("page")),
        "several": Station.objects.count() > 1,
        "fills": DefaultShow.objects.filter(show=found).exists(),
    }
    return render(request, "shows/show.html", told)


@require_safe
def episode(request: HttpRequest, show_slug: str, slug: str) -> HttpResponse:
    """Show one episode, and when it was or will be heard."""
    episodes = Episode.objects.select_related("show__image", "audio")
    found = get_object_or_404(episodes, show__slug=show_slug, slug=slug)
    now = timezone.now()
    told = {
        "episode": found,
        "airings": airings_of(found, now=now),
        "again": again(found.airings.all(), now=now),
    }
    return render(request, "shows/episode.html", told)


def listed_shows() -> list[Show]:
    """Return the shows that the public finds in the list, in order."""
    return list(_with_hosts().filter(pk__in=Show.objects.listed()))


def coming(show: Show, *, now: datetime) -> list[Coming]:
    """Return when *show* is heard next, wherever it is; what another displaces is not."""
    stations = Station.objects.filter(airings__show=show).distinct()
    told = [each for station in stations for each in _coming_on(station, show, now)]
    return sorted(told, key=attrgetter("starts_at"))[:COMING]


def _coming_on(station: Station, show: Show, now: datetime) -> Iterator[Coming]:
    tiles = guide(station, now, now + COMING_WITHIN, now=now)
    # What is interrupted has several tiles, and is told of once, by the first.
    heard: dict[str, Tile[Airing]] = {}
    for tile in tiles:
        if tile.planned and tile.planned.show_id == show.pk:
            heard.setdefault(tile.planned.name, tile)
    for tile in islice(heard.values(), COMING):
        yield _coming_in(tile, station, now)


def _coming_in(tile: Tile[Airing], station: Station, now: datetime) -> Coming:
    airing = cast("Airing", tile.planned)
    is_on_air = tile.starts_at <= now < tile.ends_at
    return Coming(
        station,
        zone_of(station),
        starts_at=airing.starts_at if is_on_air else tile.starts_at,
        until=tile.ends_at,
        episode=airing.episode,
        is_on_air=is_on_air,
        is_about=is_about(tile) and not is_on_air,
    )


def airings_of(episode: Episode, *, now: datetime) -> list[Coming]:
    """Return when *episode* was and will be heard, the latest first."""
    airings = Airing.objects.standing().filter(episode=episode)
    latest_first = airings.select_related("station").order_by("-starts_at")
    return [_told(airing, now) for airing in latest_first]


def _told(airing: Airing, now: datetime) -> Coming:
    is_its_time = airing.starts_at <= now < airing.ends_at
    is_on_air = is_its_time and _is_heard(airing, now)
    return Coming(
        airing.station,
        zone_of(airing.station),
        starts_at=airing.starts_at,
        until=airing.ends_at if is_on_air or not is_its_time else None,
        episode=airing.episode,
        is_on_air=is_on_air,
        is_about=airing.boundary == Boundary.SOFT and airing.starts_at > now,
    )


def _is_heard(airing: Airing, now: datetime) -> bool:
    heard = now_and_next(airing.station, now=now).on_air.planned
    return heard is not None and heard.name == airing.name


def again(airings: AiringQuerySet, *, now: datetime) -> list[Offer]:
    """Return the latest of *airings* that can be heard again."""
    over = airings.standing().filter(ends_at__lte=now).order_by("-starts_at")
    latest = list(over.select_related("station", "show__image", "episode")[:AGAIN])
    by_station = groupby(sorted(latest, key=_station), key=_station)
    told = [each for _, some in by_station for each in offers_on_tape(some, now=now)]
    return sorted(told, key=lambda offer: str(offer.facts["from"]), reverse=True)


def _station(airing: Airing) -> int:
    return airing.station_id


def _with_hosts() -> QuerySet[Show]:
    return Show.objects.select_related("image").prefetch_related(
        "image__renditions", "hosts__person__portrait__renditions"
    )
