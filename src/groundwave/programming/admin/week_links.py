"""Where the week's forms are."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from groundwave.programming.admin.time_words import span_words
from groundwave.programming.models import Airing, Show
from groundwave.programming.schedule.walltime import wall_time
from groundwave.stations.models import Station


class Mention(NamedTuple):
    """An airing that is named beside the grid, with the way to its form."""

    show: str
    span: str
    url: str


def mention(airing: Airing, station: Station) -> Mention:
    span = span_words(airing.starts_at, airing.ends_at, ZoneInfo(station.timezone))
    return Mention(airing.show.title, span, airing_url(airing, station))


def airing_url(airing: Airing, station: Station) -> str:
    # The date finds what a slot says and nobody has stored yet.
    on = wall_time(airing.starts_at, ZoneInfo(station.timezone)).date()
    return f"{reverse('week:airing', args=[station.slug, airing.name])}?on={on}"


def plan_url(
    station: Station,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    *,
    show: Show | None = None,
    episode: int | None = None,
) -> str:
    """Return where something is planned, with what is known of it filled in."""
    said: dict[str, object] = {}
    if starts_at:
        zone = ZoneInfo(station.timezone)
        wall = wall_time(starts_at, zone)
        said |= {"date": wall.date(), "begins": f"{wall:%H:%M}"}
        said |= {"again": 1} if starts_at.astimezone(zone).fold else {}
    said |= {"minutes": minutes, "show": show and show.pk, "episode": episode}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{reverse('week:plan', args=[station.slug])}?{query}"
