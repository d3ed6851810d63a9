"""
What open pages are told of the air: messages turned into events for the browser.

``at`` is when the sound is heard that an event belongs to, on the timeline of the
tape. Sources may be ahead; whoever listens is behind. A page shows what it was told
when its listener gets there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from groundwave.patchbay.messages import (
    FromTransmitter,
    OnAirChanged,
    Role,
    TitleChanged,
)
from groundwave.transmitter.events import Events
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


def present(stations: Iterable[Station], slug: str) -> list[tuple[str, str]]:
    """Return the events that bring a page which just opened up to date."""
    told: list[tuple[str, str]] = []
    for station in stations:
        if slug in ("", station.slug):
            role = _value(station.on_air)
            told.append((ON_AIR, _json(station.slug, station.since, role=role)))
            title = _json(station.slug, station.entitled_at, title=station.title)
            told.append((NOW_PLAYING, title))
    return told


def _value(role: Role | None) -> str | None:
    return role.value if role else None


def _json(station: str, at: datetime, **facts: str | None) -> str:
    return json.dumps({"station": station, "at": instant(at), **facts})
