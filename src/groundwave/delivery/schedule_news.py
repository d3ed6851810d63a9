"""
What open pages are told of a schedule: the guide itself, so that none has to ask.

Laws:

* It reaches from an hour ago, as far back as the live playlist does, to the end of the
  station's day and at least eighteen hours ahead, unless so much happens that it would
  not fit; then it reaches as far as it does, and its ``to`` says how far.
* It is said whenever the schedule changes and at every boundary. The transmitter keeps
  the last word and gives it to every page that opens.
* Of the days beyond it says only what tells a page that shows one that it is out of
  date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

import msgspec
import structlog
from django.utils import timezone

from groundwave.delivery.days import Day, day_of, utc_text
from groundwave.delivery.guide_tiles import told_tiles
from groundwave.delivery.programme import rows_from, state_of, zone_of
from groundwave.delivery.supervisor import apart
from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Announced
from groundwave.programming.guide import default_show, guide
from groundwave.programming.models import Airing
from groundwave.programming.schedule.tiling import Tile
from groundwave.stations import air
from groundwave.stations.models import Station


BEFORE = timedelta(hours=1)
AHEAD = timedelta(hours=18)
# A show is told with its own beginning, and a day, even one of 25 hours, from midnight.
BACK = timedelta(hours=26)
DAYS = 8
# Thousands of pages take it in one write each, and the transmitter keeps no more
# than 16,384 bytes; what is said besides tiles is some 500.
MOST_TILE_BYTES = 12_000

Json = dict[str, Any]

log = structlog.get_logger(__name__)


def tell_open_pages(stations: Iterable[Station], **_: object) -> None:
    """Tell the pages that are open, and those that will be, what *stations* air."""
    try:
        for news in news_of(stations):
            air.tell(news)
    except PatchbayError as trouble:
        # Somebody may wait for this, and whoever hangs does so for every station. The
        # transmitter is told when it is back, or at the full hour; pages ask the site.
        log.warning("schedule_not_announced", because=str(trouble))


def news_of(stations: Iterable[Station]) -> Iterator[Announced]:
    """Yield what pages are told of each of *stations*, as it is when its turn comes."""
    for station in stations:
        with apart(station):
            # The time of this word, not that at which somebody began to change something.
            yield schedule_news(station, now=timezone.now())


def schedule_news(station: Station, *, now: datetime) -> Announced:
    """Return what pages are told of *station* at *now*."""
    days = _days(station, now)
    tiles = guide(station, now - BACK, days[-1].ends_at, now=now)
    usual = default_show(station)
    rows = tuple(rows_from(tiles, usual, now))
    near = _near(tiles, now, until=max(days[0].ends_at, now + AHEAD))
    told_near = _fitting(told_tiles(near, usual, zone_of(station)), now)
    told = {
        "station": station.slug,
        "timezone": station.timezone,
        "at": _to_the_millisecond(now),
        "from": told_near[0]["starts_at"],
        "to": told_near[-1]["ends_at"],
        "tiles": told_near,
        "days": {day.date.isoformat(): state_of(day, rows) for day in days},
    }
    data = msgspec.json.encode(told).decode()
    return Announced(event="schedule", data=data, station=station.slug)


def _days(station: Station, now: datetime) -> Sequence[Day]:
    """Return today and the days after it."""
    days = [day_of(now, zone_of(station))]
    while len(days) < DAYS:
        days.append(days[-1].after)
    return days


def _near(
    tiles: Iterable[Tile[Airing]], now: datetime, *, until: datetime
) -> Iterator[Tile[Airing]]:
    """Yield the tiles around *now*, whole."""
    for tile in tiles:
        if tile.ends_at > now - BEFORE and tile.starts_at < until:
            yield tile


def _fitting(told: Iterable[Json], now: datetime) -> list[Json]:
    """Return as many of the tiles as fit; what is on the air at *now* always does."""
    told = list(told)
    sizes = accumulate(len(msgspec.json.encode(each)) + 1 for each in told)
    begun = utc_text(now)
    return [
        each
        for each, size in zip(told, sizes, strict=True)
        if size <= MOST_TILE_BYTES or each["starts_at"] <= begun
    ]


def _to_the_millisecond(at: datetime) -> str:
    """Return an instant by which a page may set its clock."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
