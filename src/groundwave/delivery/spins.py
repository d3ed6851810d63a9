"""
What was played: the titles that sources said, as the transmitter's tape has them.

Nobody keeps a music log. A title is whatever an encoder says is playing, in one line,
mostly the artist and the song. What cannot be known stays unsaid, and while the
transmitter is away nothing was played that anybody could tell.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import structlog

from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import HeardTitle
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing
from groundwave.programming.schedule.tiling import tile_at
from groundwave.stations.air import ask_titles
from groundwave.stations.models import Station


LONGEST_SPAN = timedelta(hours=12)
# What goes on for longer is not followed to its end, however it is asked for.
LONGEST_FOLLOWED = timedelta(hours=1)
_BETWEEN_ARTIST_AND_SONG = " - "
# A transmitter that hangs must not take all of the site's threads.
_MOST_AT_ONCE = 2

_asking = threading.BoundedSemaphore(_MOST_AT_ONCE)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Spin:
    """
    One title that was heard.

    Attributes:
        ends_at: when the next one began, if one did within ``LONGEST_FOLLOWED``.
        artist: empty if the title has no such part.
        airing: what was on as it began; ``None`` where nothing was planned.
    """

    starts_at: datetime
    ends_at: datetime | None
    artist: str
    song: str
    airing: Airing | None

    @property
    def pk(self) -> int:
        """When it began, in milliseconds since 1970: no two of a station do at once."""
        return round(self.starts_at.timestamp() * 1000)


def spins_between(
    station: Station, since: datetime, until: datetime, *, now: datetime
) -> list[Spin]:
    """Return what began in ``[since, until)``, or in its last hours; latest first."""
    until = min(until, now)
    since = max(since, until - LONGEST_SPAN)
    if since >= until:
        return []
    tiles = guide(station, since, until, now=now)
    found = []
    told = _titles(station, since, min(until + LONGEST_FOLLOWED, now))
    for title, ends_at in _with_ends(told):
        if title.title and since <= title.at < until:
            tile = tile_at(tiles, title.at)
            airing = tile.planned if tile else None
            found.append(Spin(title.at, ends_at, *split(title.title), airing))
    return found[::-1]


def spin_of(station: Station, pk: int, *, now: datetime) -> Spin | None:
    """Return the one that began so many milliseconds after 1970."""
    if pk > now.timestamp() * 1000:
        return None
    at = datetime.fromtimestamp(pk / 1000, UTC)
    around = spins_between(station, at, at + timedelta(milliseconds=1), now=now)
    return next((each for each in around if each.pk == pk), None)


def split(title: str) -> tuple[str, str]:
    """Return artist and song as *title* says them; without a dash it is all song."""
    artist, dash, song = title.partition(_BETWEEN_ARTIST_AND_SONG)
    return (artist.strip(), song.strip()) if dash else ("", title.strip())


def _titles(
    station: Station, since: datetime, until: datetime
) -> tuple[HeardTitle, ...]:
    if not _asking.acquire(blocking=False):
        log.warning("titles_not_known", because="Too many ask at once.")
        return ()
    try:
        return ask_titles(station.slug, since=since, until=until).titles
    except PatchbayError as trouble:
        log.warning("titles_not_known", because=str(trouble))
        return ()
    finally:
        _asking.release()


def _with_ends(
    titles: Sequence[HeardTitle],
) -> Iterator[tuple[HeardTitle, datetime | None]]:
    for title, following in pairwise(titles):
        is_followed = following.at - title.at <= LONGEST_FOLLOWED
        yield title, following.at if is_followed else None
    if titles:
        yield titles[-1], None
