"""The tiles of a guide as data: the grammar of guide.json and of what pages are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from groundwave.delivery.days import utc_text
from groundwave.delivery.pictures import picture_url
from groundwave.programming.guide import is_about
from groundwave.programming.models import Airing, Boundary, Show
from groundwave.programming.schedule.tiling import Tile


Json = dict[str, Any]
Tell = Callable[[Show], Json]


def told_tiles(
    tiles: Iterable[Tile[Airing]], usual: Show | None, zone: ZoneInfo
) -> Iterator[Json]:
    """Yield each of *tiles* as data; *usual* is on where nothing is planned."""
    tell = _show_teller()
    for tile in tiles:
        airing = tile.planned
        show = airing.show if airing else usual
        episode = airing.episode if airing else None
        yield {
            "starts_at": utc_text(tile.starts_at),
            "ends_at": utc_text(tile.ends_at),
            "local_time": f"{tile.starts_at.astimezone(zone):%H:%M}",
            "resumed": tile.is_resumed,
            "boundary": (Boundary.SOFT if is_about(tile) else Boundary.HARD).value,
            "airing": _told_airing(airing) if airing else None,
            "show": tell(show) if show else None,
            "episode": {"title": episode.title, "url": episode.get_absolute_url()}
            if episode
            else None,
        }


def _told_airing(airing: Airing) -> Json:
    return {
        "name": airing.name,
        "starts_at": utc_text(airing.starts_at),
        "ends_at": utc_text(airing.ends_at),
    }


def _show_teller() -> Tell:
    """Return what tells a show; its picture is looked for once, however often it airs."""
    picture = cache(picture_url)
    return lambda show: {
        "id": show.pk,
        "title": show.title,
        "url": show.get_absolute_url(),
        "image": picture(show.image),
        "hosts": [host.person.name for host in show.hosts.all()],
    }
