"""The air at a glance: what the Air page shows, from what is known. No I/O but reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy

from groundwave.patchbay.messages import Role, SourceStatus, StationStatus, Status
from groundwave.stations.models import Licensee, SourceIncident, Station


SHOWN_INCIDENTS = 12
# What a licensee keeps who chose none.
UNSET_ZONE = "UTC"

ROLE_NAMES = {
    Role.STUDIO: gettext_lazy("Studio"),
    Role.MAIN: gettext_lazy("Main"),
    Role.BACKUP: gettext_lazy("Backup"),
    Role.RELAY: gettext_lazy("Relay"),
    Role.STANDBY: gettext_lazy("Standby"),
}
# What a person can send away; the transmitter's own sources only come back.
ENCODER_ROLES = frozenset({Role.STUDIO, Role.MAIN, Role.BACKUP})


@dataclass(frozen=True)
class SourceRow:
    """One source of a station, in words."""

    status: SourceStatus

    @property
    def name(self) -> str:
        return str(ROLE_NAMES[self.status.role])

    @property
    def state(self) -> str:
        if not self.status.connected:
            return _("Not connected")
        if self.status.on_air:
            return _("On air")
        if self.status.silent_since:
            return _("Silent")
        return _("Ready") if self.status.healthy else _("Connected, not ready yet")

    @property
    def level(self) -> str:
        level = self.status.level_dbfs
        return "" if level is None else f"{level:.0f} dBFS"

    @property
    def may_be_kicked(self) -> bool:
        return self.status.connected and self.status.role in ENCODER_ROLES

    @property
    def may_be_held(self) -> bool:
        return self.status.connected and not self.status.on_air


@dataclass(frozen=True)
class StationBoard:
    """One station's air: its row, the transmitter's word on it, and its last hours."""

    station: Station
    status: StationStatus | None
    incidents: tuple[SourceIncident, ...]

    @property
    def headline(self) -> str:
        if self.status is None:
            return _("Not known")
        if self.status.on_air is None:
            return _("Nothing is on the air")
        if self.status.is_held_on_standby:
            return _held_on_standby(self.status.ready)
        if self.status.on_air is Role.STANDBY:
            return _("Standby: no encoder is sending, so the standby sound is heard")
        return _("On air: %(role)s") % {"role": ROLE_NAMES[self.status.on_air]}

    @property
    def is_live(self) -> bool:
        return self.status is not None and self.status.on_air not in {
            None,
            Role.STANDBY,
        }

    @property
    def held(self) -> str:
        held = self.status.held if self.status else None
        return "" if held is None else str(ROLE_NAMES[held])

    @property
    def sources(self) -> list[SourceRow]:
        return [SourceRow(each) for each in self.status.sources] if self.status else []


def _held_on_standby(ready: SourceStatus | None) -> str:
    if ready is None:
        return _("Held on standby by hand; no encoder is ready")
    role = ROLE_NAMES[ready.role]
    return _(
        "Held on standby by hand; %(source)s is ready. Give the air back to hear it."
    ) % {"source": f"{role} ({ready.person})" if ready.person else role}


def boards(stations: Iterable[Station], status: Status | None) -> list[StationBoard]:
    """Return the board of each station; *status* is None if the transmitter is away."""
    known = {each.slug: each for each in status.stations} if status else {}
    return [
        StationBoard(
            station=station,
            status=known.get(station.slug),
            incidents=tuple(
                SourceIncident.objects.filter(station=station.slug)[:SHOWN_INCIDENTS]
            ),
        )
        for station in stations
    ]


def zone_of(licensee: Licensee | None, stations: Iterable[Station]) -> str:
    """Return the one zone of all times on the page: the licensee's, if it was set."""
    if licensee and licensee.timezone != UNSET_ZONE:
        return licensee.timezone
    return next((station.timezone for station in stations), UNSET_ZONE)
