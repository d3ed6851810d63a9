"""
Recordings as a page offers them, to be heard in the player's bar.

A recording has a beginning and an end: a file is one, and so is a span of the tape.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats

from groundwave.delivery.days import utc_text
from groundwave.delivery.pictures import picture_url
from groundwave.delivery.programme import zone_of
from groundwave.delivery.templatetags.clock import long_date
from groundwave.pages.models import Recording
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Episode


@dataclass(frozen=True)
class Offer:
    """
    What a page says of a recording, and tells the player.

    Attributes:
        facts: what the player keeps of it, ready for JSON. A span of the tape has no
            ``url``.
        recording: what we keep; a sound of somebody else is none.
        credit: whose it is, for the line below it.
        may_download: whether listeners are offered the file itself.
    """

    facts: dict[str, Any]
    recording: Recording | None = None
    credit: str = ""
    may_download: bool = False

    @property
    def json(self) -> str:
        return json.dumps(self.facts, separators=(",", ":"))

    @property
    def title(self) -> str:
        return str(self.facts["title"])


def offer_of(recording: Recording, *, title: str = "", page: str = "") -> Offer:
    """Offer a recording as it stands in a page's text."""
    return _offer(recording, title=title or recording.title, page=page)


def offer_of_episode(episode: Episode) -> Offer | None:
    """Offer an episode's audio, if it has any."""
    if episode.audio is None:
        return None
    return _offer(
        episode.audio,
        title=episode.title,
        show=episode.show.title,
        page=episode.get_absolute_url(),
        image=picture_url(episode.show.image),
    )


def offers_on_tape(airings: Iterable[Airing], *, now: datetime) -> Iterator[Offer]:
    """
    Offer those of *airings*, of one station, whose start the tape still reaches back to.

    The site goes by when the tape began as the transmitter said last, and by how long it
    is kept: a transmitter that is away for a while takes no link with it.

    Each is one span, from when it was first heard to when it was last; what another
    show lay over in between is in it, and so is silence while the station was away.
    """
    over = [each for each in airings if each.ends_at <= now]
    if not over:
        return
    station = over[0].station
    if station.tape_begins_at is None:
        return  # nothing is on it, or the transmitter was never heard of
    since = max(now - timedelta(hours=station.tape_hours), station.tape_begins_at)
    first = min(each.starts_at for each in over)
    tiles = guide(station, max(first, since), now, now=now)
    for airing in over:
        heard = [
            tile for tile in tiles if tile.planned and tile.planned.pk == airing.pk
        ]
        if heard and airing.starts_at >= since:
            yield _on_tape(airing, heard[0].starts_at, heard[-1].ends_at)


def _offer(recording: Recording, **said: Any) -> Offer:
    facts = {
        "id": f"recording-{recording.pk}",
        "url": recording.file.url,
        "seconds": recording.seconds,
        "show": recording.credit,
        **said,
    }
    return Offer(facts, recording, recording.credit, may_download=True)


def _on_tape(airing: Airing, begins: datetime, ends: datetime) -> Offer:
    local = airing.starts_at.astimezone(zone_of(airing.station))
    when = f"{long_date(local.date())}, {formats.time_format(local)}"
    facts = {
        "id": f"{airing.station.slug}@{utc_text(begins)}",
        "station": airing.station.slug,
        "from": utc_text(begins),
        "to": utc_text(ends),
        "seconds": (ends - begins).total_seconds(),
        "title": airing.episode.title if airing.episode else when,
        "show": airing.show.title,
        "page": airing.show.get_absolute_url(),
        "image": picture_url(airing.show.image),
    }
    return Offer(facts)
