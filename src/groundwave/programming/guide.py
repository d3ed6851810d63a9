"""
What a station airs and when, for pages, feeds and the player.

What was planned for the past is what stands in the database. From now on, what slots
say is laid under it: an airing that somebody changed, moved or cancelled has a row of
the same name, which hides what the slot says. So the guide is right even for a day
that nobody has materialized.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from groundwave.programming.models import Airing, Boundary, Show
from groundwave.programming.schedule.tiling import Tile, next_after, tile, tile_at
from groundwave.programming.series import series
from groundwave.stations.models import Station


# How far "now" and "next" look on either side; the second only if the first is cut off.
_REACHES = (timedelta(days=1), timedelta(days=8))
# Databases take a limited number of values in one question.
_NAMES_AT_ONCE = 500
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class NowAndNext:
    """What is on the air, and what follows; ``following`` is None if that is far off."""

    on_air: Tile[Airing]
    following: Tile[Airing] | None


def guide(
    station: Station, start: datetime, end: datetime, *, now: datetime
) -> tuple[Tile[Airing], ...]:
    """
    Return what is heard in ``[start, end)``, without gap or overlap.

    A tile whose ``planned`` is ``None`` is the default show's time. An airing without a
    primary key is what a slot says and nobody has stored yet.
    """
    return tile(planned(station, start, end, now=now), start, end)


def now_and_next(station: Station, *, now: datetime) -> NowAndNext:
    """Return what is on the air at *now* and what follows it."""
    for reach in _REACHES:
        tiles = guide(station, now - reach, now + reach, now=now)
        on_air = tile_at(tiles, now)
        following = next_after(tiles, now)
        if on_air and following and on_air.starts_at > now - reach:
            break
    return NowAndNext(on_air or Tile(now, now, None), following)


def is_about(tile: Tile[Airing]) -> bool:
    """Return whether it may begin some minutes later: what is on then has to end first."""
    airing = tile.planned
    is_soft = airing is not None and airing.boundary == Boundary.SOFT
    return is_soft and not tile.is_resumed


def boundaries(
    station: Station, since: datetime, until: datetime, *, now: datetime
) -> list[datetime]:
    """Return when something else begins, after *since* and up to *until*."""
    tiles = guide(station, since, until + _SECOND, now=now)
    return [each.starts_at for each in tiles if since < each.starts_at <= until]


def default_show(station: Station) -> Show | None:
    """Return what is said to be on where nothing is planned, if that was chosen."""
    return Show.objects.filter(default_on__station=station).with_facts().first()


def planned(
    station: Station, start: datetime, end: datetime, *, now: datetime
) -> list[Airing]:
    """Return every airing planned for any of ``[start, end)``, over each other or not."""
    rows = list(Airing.objects.on(station).between(start, end).with_facts())
    for row in rows:
        row.station = station  # known, and so not asked for again
    standing = [row for row in rows if not row.is_cancelled]
    if end <= now:
        return standing
    said = series(station, max(start, now), end)
    for row in rows:
        said.pop(row.name, None)
    for name in _stored(station, list(said)):
        del said[name]
    return standing + list(said.values())


def _stored(station: Station, names: list[str]) -> Iterator[str]:
    """Yield those of *names* that have a row, wherever it was moved."""
    rows = Airing.objects.on(station).order_by()
    for first in range(0, len(names), _NAMES_AT_ONCE):
        some = names[first : first + _NAMES_AT_ONCE]
        yield from rows.filter(name__in=some).values_list("name", flat=True)
