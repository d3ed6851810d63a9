"""
What open pages are told of the air: messages turned into events for the browser.

``at`` is when the sound is heard that an event belongs to, on the timeline of the
tape. Sources may be ahead; whoever listens is behind. A page shows what it was told
when its listener gets there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from groundwave.patchbay.messages import (
    FromTransmitter,
    OnAirChanged,
    Role,
    TitleChanged,
)
from groundwave.transmitter.events import Events
from groundwave.transmitter.standing import Standing
from groundwave.transmitter.station import Station
from groundwave.wire.hls.attributes import instant


NOW_PLAYING = "now_playing"
ON_AIR = "on_air"


def announce(message: FromTransmitter, events: Events) -> None:
    """Tell open pages, if the message is for them; addresses and keys never are."""
    if isinstance(message, TitleChanged):
        data = _json(message.station, message.at, title=message.title)
        events.announce(NOW_PLAYING, data, station=message.station)
    elif isinstance(message, OnAirChanged):
        at = message.heard_at or message.at
        data = _json(message.station, at, role=_value(message.role))
        events.announce(ON_AIR, data, station=message.station)


def present(
    stations: Iterable[Station], slug: str, *, standing: Standing, now: datetime
) -> list[tuple[str, str]]:
    """
    Return the events that bring a page which just opened up to date.

    That it is *now* is said too: many a device does not know.
    """
    theirs = [station for station in stations if slug in ("", station.slug)]
    told = [event for station in theirs for event in _air_of(station, now)]
    return told + standing.of(station.slug for station in theirs)


def _air_of(station: Station, now: datetime) -> Iterator[tuple[str, str]]:
    role = _value(station.on_air)
    yield ON_AIR, _json(station.slug, station.since, role=role, now=instant(now))
    title = station.title
    yield NOW_PLAYING, _json(station.slug, station.entitled_at, title=title)


def _value(role: Role | None) -> str | None:
    return role.value if role else None


def _json(station: str, at: datetime, **facts: str | None) -> str:
    return json.dumps({"station": station, "at": instant(at), **facts})
