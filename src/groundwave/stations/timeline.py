"""A station's air drawn along time: who was heard, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from groundwave.patchbay.messages import Role
from groundwave.stations.models import SourceIncident
from groundwave.stations.models.incident import IncidentKind
from groundwave.stations.plot import WIDTH, Tick, TimeAxis
from groundwave.stations.source_row import ROLE_NAMES


# So many marks can be told apart on it; the list has them all.
SHOWN_MARKS = 120
# Told apart by shape as well as by color.
_SHAPES = {
    IncidentKind.CONNECTED: "M-5,5 L0,-5 L5,5 Z",
    IncidentKind.DISCONNECTED: "M-5,-5 L0,5 L5,-5 Z",
    IncidentKind.REFUSED: "M-4,-4 L4,4 M-4,4 L4,-4",
    IncidentKind.TROUBLE: "M0,-6 L6,0 L0,6 L-6,0 Z",
}


@dataclass(frozen=True)
class Band:
    """From when to when one place of the chain was heard, or nothing."""

    role: Role | None
    starts_at: datetime
    ends_at: datetime
    x: float
    width: float

    @property
    def kind(self) -> str:
        return self.role or "nothing"

    @property
    def name(self) -> str:
        return str(ROLE_NAMES[self.role]) if self.role else _("Nothing on the air")

    @property
    def left(self) -> str:
        return f"{self.x:g}"

    @property
    def length(self) -> str:
        # A moment on the air is still seen.
        return f"{max(self.width, 1):g}"

    @property
    def label_x(self) -> str:
        return f"{self.x + 6:g}"

    @property
    def has_room(self) -> bool:
        """Whether its name can be written on it."""
        return self.width > 12 * len(self.name)


@dataclass(frozen=True)
class Mark:
    """Something that happened besides."""

    incident: SourceIncident
    x: float

    @property
    def place(self) -> str:
        return f"{self.x:g}"

    @property
    def shape(self) -> str:
        return _SHAPES[IncidentKind(self.incident.kind)]


@dataclass(frozen=True)
class Timeline:
    """A stretch of a station's past."""

    station: str
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo

    view_box = f"0 0 {WIDTH} 62"

    @property
    def axis(self) -> TimeAxis:
        return TimeAxis(self.starts_at, self.ends_at, self.zone)

    @property
    def ticks(self) -> list[Tick]:
        return list(self.axis.ticks())

    @cached_property
    def _happened(self) -> list[SourceIncident]:
        of_station = SourceIncident.objects.filter(station=self.station)
        within = of_station.filter(at__gte=self.starts_at, at__lt=self.ends_at)
        return list(within.order_by("at", "pk"))

    @cached_property
    def bands(self) -> list[Band]:
        """Return who was heard, from what is known; nothing before the first change."""
        changes = [each for each in self._happened if each.kind == IncidentKind.ON_AIR]
        if before := self._change_before():
            changes.insert(0, before)
        edges = [max(each.at, self.starts_at) for each in changes]
        spans = pairwise([*edges, self.ends_at])
        return [
            self._band(change, *span)
            for change, span in zip(changes, spans, strict=True)
        ]

    @property
    def marks(self) -> Iterator[Mark]:
        others = [each for each in self._happened if each.kind in _SHAPES]
        for incident in others[-SHOWN_MARKS:]:
            yield Mark(incident, self.axis.x(incident.at))

    @property
    def words(self) -> str:
        """Return who was heard when, for those who do not see it."""
        said = [
            _("%(name)s from %(start)s to %(end)s")
            % {
                "name": band.name,
                "start": self._clock(band.starts_at),
                "end": self._clock(band.ends_at),
            }
            for band in self.bands
        ]
        return "; ".join(said) if said else _("Nothing is known of this time.")

    def _change_before(self) -> SourceIncident | None:
        changes = SourceIncident.objects.filter(
            station=self.station, kind=IncidentKind.ON_AIR
        )
        return changes.filter(at__lt=self.starts_at).first()

    def _band(
        self, change: SourceIncident, starts_at: datetime, ends_at: datetime
    ) -> Band:
        role = Role(change.role) if change.role else None
        x = self.axis.x(starts_at)
        return Band(role, starts_at, ends_at, x, round(self.axis.x(ends_at) - x, 1))

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"


def by_day(
    incidents: Iterable[SourceIncident], zone: ZoneInfo
) -> list[tuple[datetime, list[SourceIncident]]]:
    """Return *incidents* under the days on which they happened, in their order."""
    days: list[tuple[datetime, list[SourceIncident]]] = []
    for incident in incidents:
        at = incident.at.astimezone(zone)
        if not days or days[-1][0].date() != at.date():
            days.append((at, []))
        days[-1][1].append(incident)
    return days
