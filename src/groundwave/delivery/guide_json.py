"""A station's guide as data: what is heard when, for players and for anybody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from groundwave.delivery.days import utc_text
from groundwave.delivery.guide_tiles import told_tiles
from groundwave.delivery.open_data import asked_span, open_json, says_what_is_wrong
from groundwave.delivery.programme import zone_of
from groundwave.programming.guide import default_show, guide
from groundwave.programming.models import Airing
from groundwave.programming.schedule.tiling import Tile
from groundwave.stations.models import Station


BEFORE = timedelta(hours=1)  # as far back as the live window goes
AHEAD = timedelta(hours=12)
LONGEST = timedelta(days=31)
# Whoever missed the word that something changed sees it after this.
FRESH_SECONDS = 60


@require_safe
@conditional_page
@says_what_is_wrong
def guide_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What *slug* airs ``?from=…&to=…``, by default an hour back and twelve ahead."""
    station = get_object_or_404(Station, slug=slug)
    now = timezone.now().replace(microsecond=0)
    span = asked_span(request.GET, now - BEFORE, now + AHEAD, longest=LONGEST)
    tiles = guide(station, span.start, span.end, now=now)
    told = told_tiles(tiles, default_show(station), zone_of(station))
    answer = open_json(
        {
            "station": station.slug,
            "timezone": station.timezone,
            "from": utc_text(span.start),
            "to": utc_text(span.end),
            "tiles": list(told),
        }
    )
    answer["Cache-Control"] = f"public, max-age={fresh_seconds(tiles, now)}"
    return answer


def fresh_seconds(tiles: Iterable[Tile[Airing]], now: datetime) -> int:
    """Return for how long this may be kept: to the next boundary, a minute at most."""
    boundaries = (tile.starts_at for tile in tiles if tile.starts_at > now)
    ahead = next(boundaries, now + timedelta(seconds=FRESH_SECONDS)) - now
    return min(int(ahead.total_seconds()), FRESH_SECONDS)
