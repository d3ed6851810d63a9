"""What a station airs, as its pages show it: rows of a day, and what is on now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from groundwave.delivery.days import Day, day_of
from groundwave.programming.guide import default_show, guide
from groundwave.programming.models import Airing, Episode, Show
from groundwave.programming.schedule.tiling import Tile
from groundwave.stations.models import Station


# Late in the evening the strip goes on into tomorrow, rather than run out.
LOOK_AHEAD = timedelta(hours=18)
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


@dataclass(frozen=True)
class OnAir:
    """What a station airs now, then, and for the rest of its day."""

    station: Station
    zone: ZoneInfo
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
    return tuple(_rows(tiles, default_show(station), now))


def on_air(station: Station, *, now: datetime) -> OnAir:
    """Return what *station* airs at *now*, and what follows."""
    zone = zone_of(station)
    end = max(day_of(now, zone).ends_at, now + LOOK_AHEAD)
    # Far enough back for what is on to be shown with its own beginning.
    rows = rows_between(station, now - LOOK_BACK, end, now=now)
    rows = tuple(row for row in rows if not row.is_over)
    return OnAir(
        station=station,
        zone=zone,
        now=rows[0],
        following=rows[1] if len(rows) > 1 else None,
        strip=rows[:STRIP],
    )


def _rows(
    tiles: Sequence[Tile[Airing]], usual: Show | None, now: datetime
) -> Iterable[Row]:
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
        )
