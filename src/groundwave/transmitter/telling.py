"""
What is told of a station: what happens, as it happens, and how it is, when asked.

The site keeps what happens as its timeline of incidents, and open pages follow it;
how it is, is for a person who looks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from groundwave.patchbay.messages import (
    FromTransmitter,
    OnAirChanged,
    Role,
    SourceConnected,
    SourceDisconnected,
    SourceStatus,
    StationStatus,
    TitleChanged,
)
from groundwave.transmitter.chain import Choice
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.source import Source


if TYPE_CHECKING:
    from groundwave.transmitter.station import Station


log = structlog.get_logger()


class Teller:
    """Puts into messages, and into the log, what happens to *station*'s air."""

    def __init__(
        self, station: str, *, clock: Clock, tell: Callable[[FromTransmitter], None]
    ) -> None:
        self._station = station
        self._clock = clock
        self._tell = tell

    def connected(self, source: Source) -> None:
        """Tell that *source* is sending."""
        status = source.status(on_air=False, unix_at=self._clock.unix_at)
        now = self._clock.now()
        self._tell(SourceConnected(at=now, station=self._station, source=status))

    def disconnected(self, role: Role, reason: str) -> None:
        """Tell that the source in *role* is gone, and in a sentence why."""
        now = self._clock.now()
        self._tell(
            SourceDisconnected(at=now, station=self._station, role=role, reason=reason)
        )

    def on_air_changed(self, choice: Choice, *, heard_at: datetime) -> None:
        """Tell who is heard from *heard_at* on."""
        role = choice.role and choice.role.value
        log.info(
            "on_air_changed", station=self._station, role=role, reason=choice.reason
        )
        self._tell(
            OnAirChanged(
                at=self._clock.now(),
                station=self._station,
                role=choice.role,
                reason=choice.reason,
                heard_at=heard_at,
            )
        )

    def entitled(self, title: str, *, at: datetime) -> None:
        """Tell what is playing from *at* on."""
        self._tell(TitleChanged(at=at, station=self._station, title=title))


def status_of(
    station: Station, unix_at: Callable[[float], float], *, fetching: int
) -> StationStatus:
    """Return the whole state of *station*, its sources in the order of the chain."""
    begins = station.recorder.tape_begins_at
    return StationStatus(
        slug=station.slug,
        on_air=station.on_air,
        held=station.held,
        title=station.title,
        sources=tuple(_source_status(station, role, unix_at) for role in Role),
        listeners=station.listeners,
        fetching=fetching,
        tape=station.recorder.trouble,
        trouble=station.trouble,
        tape_begins_at=None if begins is None else datetime.fromtimestamp(begins, UTC),
    )


def _source_status(
    station: Station, role: Role, unix_at: Callable[[float], float]
) -> SourceStatus:
    source = station.sources.get(role)
    on_air = station.on_air is role
    if source is not None:
        return source.status(on_air=on_air, unix_at=unix_at)
    ready = role is Role.STANDBY and station.standby is not None
    return SourceStatus(role=role, connected=ready, on_air=on_air, healthy=ready)
