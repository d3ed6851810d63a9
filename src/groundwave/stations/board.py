"""The air at a glance: what the Air page shows of each station, from what is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _, ngettext

from groundwave.patchbay.messages import Role, SourceStatus, StationStatus, Status
from groundwave.stations.models import Licensee, Station
from groundwave.stations.source_row import ROLE_NAMES, SourceRow


# What a licensee keeps who chose none.
UNSET_ZONE = "UTC"


class Lamp(StrEnum):
    """What a station's lamp shows, from far away."""

    LIVE = "live"
    STANDBY = "standby"
    ALARM = "alarm"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class StationBoard:
    """
    One station's air.

    Attributes:
        status: the transmitter's word on it; ``None`` while it does not answer.
        at: when it was so.
    """

    station: Station
    status: StationStatus | None
    at: datetime | None = None

    @property
    def headline(self) -> str:
        if self.status is None:
            return _("Not known")
        if self.status.on_air is None:
            return _("Nothing is on the air")
        if self.status.is_held_on_standby:
            return _held_on_standby(self.status.ready)
        if self.status.on_air is Role.STANDBY:
            return _("Standby: no encoder sounds, so the standby sound is heard")
        return _("On air: %(role)s") % {"role": ROLE_NAMES[self.status.on_air]}

    @property
    def lamp(self) -> Lamp:
        if self.status is None:
            return Lamp.UNKNOWN
        if self.status.on_air is None or self.alarm:
            return Lamp.ALARM
        return Lamp.STANDBY if self.status.on_air is Role.STANDBY else Lamp.LIVE

    @property
    def held(self) -> str:
        """Say what a person put on air, and whether it is heard."""
        held = self.status.held if self.status else None
        if self.status is None or held is None:
            return ""
        facts = {"role": ROLE_NAMES[held]}
        if held is self.status.on_air:
            return (
                _("%(role)s was put on air by hand and stays until it is given back.")
                % facts
            )
        return (
            _(
                "%(role)s was put on air by hand, but it brings no sound now. Until it "
                "does, the source chain decides."
            )
            % facts
        )

    @property
    def listeners(self) -> str:
        if self.status is None:
            return ""
        count = self.status.listeners + self.status.fetching
        return ngettext("%(count)s listener", "%(count)s listeners", count) % {
            "count": count
        }

    @property
    def title(self) -> str:
        return self.status.title if self.status else ""

    @property
    def troubles(self) -> str:
        status = self.status
        return " ".join(filter(None, [status.tape, status.trouble])) if status else ""

    @property
    def sources(self) -> list[SourceRow]:
        """Return every place of the chain, in its order, taken or not."""
        if self.status is None:
            return [SourceRow(role, None) for role in Role]
        known = {source.role: source for source in self.status.sources}
        return [
            SourceRow(role, known.get(role) or _nobody(role), self.at) for role in Role
        ]

    @property
    def alarm(self) -> str:
        """Return for how long what is on air has not been heard; mostly empty."""
        return next((row.alarm for row in self.sources if row.is_on_air), "")


def _nobody(role: Role) -> SourceStatus:
    return SourceStatus(role=role, connected=False, on_air=False)


def _held_on_standby(ready: SourceStatus | None) -> str:
    if ready is None:
        return _("Held on standby by hand; no encoder is ready")
    role = ROLE_NAMES[ready.role]
    return _(
        "Held on standby by hand; %(source)s is ready: give the air back to hear it"
    ) % {"source": f"{role} ({ready.person})" if ready.person else role}


def boards(stations: Iterable[Station], status: Status | None) -> list[StationBoard]:
    """Return the board of each station; *status* is None if the transmitter is away."""
    known = {each.slug: each for each in status.stations} if status else {}
    at = status.at if status else None
    return [StationBoard(station, known.get(station.slug), at) for station in stations]


def zone_of(licensee: Licensee | None, stations: Iterable[Station]) -> str:
    """Return the one zone of all times on the page: the licensee's, if it was set."""
    if licensee and licensee.timezone != UNSET_ZONE:
        return licensee.timezone
    return next((station.timezone for station in stations), UNSET_ZONE)
