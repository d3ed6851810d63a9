"""What a station airs, as its pages show it: rows of a day, and what is on now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from groundwave.delivery.days import Day, day_of, utc_text
from groundwave.programming.guide import default_show, guide, is_about
from groundwave.programming.models import Airing, Episode, Show
from groundwave.programming.schedule.tiling import Tile
from groundwave.stations.models import Station


LOOK_BACK = timedelta(hours=12)
STRIP = 7


@dataclass(frozen=True)
class Row:
    """A stretch of the programme as a page shows it."""

    starts_at: datetime
    ends_at: datetime
    show: Show | None
    episode: Episode | None = None
    is_on_air: bool = False
    is_over: bool = False
    # It began before: it was interrupted, or goes on from the day before.
    is_resumed: bool = False
    # What comes before it may run over by some minutes.
    is_about: bool = False


@dataclass(frozen=True)
class OnAir:
    """What a station airs now, then, and for the rest of its day, known *at*."""

    station: Station
    zone: ZoneInfo
    at: datetime
    since: datetime
    days: str
    now: Row
    following: Row | None
    strip: tuple[Row, ...]


def zone_of(station: Station) -> ZoneInfo:
    """Return the zone of the studio's wall clock."""
    return ZoneInfo(station.timezone)


def rows_of(day: Day, station: Station, *, now: datetime) -> tuple[Row, ...]:
    """Return the whole of *day*, from midnight to midnight."""
    return rows_between(station, day.starts_at, day.ends_at, now=now)


def rows_between(
    station: Station, start: datetime, end: datetime, *, now: datetime
) -> tuple[Row, ...]:
    """Return what *station* airs in ``[start, end)``."""
    tiles = guide(station, start, end, now=now)
    return tuple(rows_from(tiles, default_show(station), now))


def rows_on(day: Day, rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return those of *rows* of which any is heard on *day*."""
    start, end = day.starts_at, day.ends_at
    return tuple(row for row in rows if row.starts_at < end and row.ends_at > start)


def on_air(station: Station, *, now: datetime) -> OnAir:
    """Return what *station* airs at *now*, and what follows."""
    zone = zone_of(station)
    today = day_of(now, zone)
    # Far enough back for what is on to be shown with its own beginning, and late in the
    # evening into tomorrow, rather than run out.
    since = min(today.starts_at, now - LOOK_BACK)
    rows = rows_between(station, since, today.after.ends_at, now=now)
    ahead = [row for row in rows if not row.is_over]
    return OnAir(
        station=station,
        zone=zone,
        at=now,
        since=since,
        days=states_of([today, today.after], rows),
        now=ahead[0],
        following=ahead[1] if len(ahead) > 1 else None,
        strip=tuple(ahead[:STRIP]),
    )


def rows_from(
    tiles: Iterable[Tile[Airing]], usual: Show | None, now: datetime
) -> Iterator[Row]:
    """Yield *tiles* as rows; *usual* is on where nothing is planned."""
    for tile in tiles:
        airing = tile.planned
        yield Row(
            starts_at=tile.starts_at,
            ends_at=tile.ends_at,
            show=airing.show if airing else usual,
            episode=airing.episode if airing else None,
            is_on_air=tile.starts_at <= now < tile.ends_at,
            is_over=tile.ends_at <= now,
            is_resumed=tile.is_resumed,
            is_about=is_about(tile),
        )


def states_of(days: Iterable[Day], rows: Iterable[Row]) -> str:
    """Return in which state *rows* show *days*, for a page to carry as data."""
    rows = tuple(rows)
    return json.dumps({day.date.isoformat(): state_of(day, rows) for day in days})


def state_of(day: Day, rows: Iterable[Row]) -> str:
    """
    Return what is another whenever *rows* say anything else of *day*.

    It is the same whenever it is asked for, and so tells a page that was made long ago
    whether it is out of date.
    """
    digest = hashlib.sha256()
    for row in rows_on(day, rows):
        facts = (
            utc_text(max(row.starts_at, day.starts_at)),
            row.is_about and row.starts_at >= day.starts_at,
            row.show and (row.show.slug, row.show.title),
            row.episode and (row.episode.slug, row.episode.title),
        )
        digest.update(repr(facts).encode(errors="replace"))
    return digest.hexdigest()[:12]
