"""An airing of the week grid, and what somebody may know and do of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from groundwave.people.models import User
from groundwave.programming.admin.time_words import date_words, span_words
from groundwave.programming.admin.week_forms import THIS_DATE
from groundwave.programming.admin.week_links import plan_url
from groundwave.programming.guide import planned
from groundwave.programming.models import Airing
from groundwave.programming.models.airing import Kind
from groundwave.programming.schedule.walltime import wall_time
from groundwave.stations.models import Station


_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
# An airing lasts a week at most and may have been moved; so far around a date it is.
_AROUND = timedelta(days=8)


@dataclass(frozen=True)
class Found:
    """An airing of a station, and who asks about it when."""

    station: Station
    airing: Airing
    now: datetime
    by: User

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.station.timezone)

    @property
    def day(self) -> date:
        return wall_time(self.airing.starts_at, self.zone).date()

    @property
    def minutes(self) -> int:
        return round((self.airing.ends_at - self.airing.starts_at) / _MINUTE)

    @property
    def may_follow(self) -> bool:
        """Whether what it says may be said of the following dates as well."""
        may = self.by.has_perm("programming.change_slot")
        return may and self.airing.slot is not None

    @property
    def may_end(self) -> bool:
        """Whether its slot may be ended, which may leave nothing of it."""
        return self.may_follow and self.by.has_perm("programming.delete_slot")

    @property
    def is_over(self) -> bool:
        return self.airing.ends_at <= self.now

    @property
    def is_on_air(self) -> bool:
        return self.airing.starts_at <= self.now < self.airing.ends_at

    @property
    def is_changed(self) -> bool:
        """Whether it is not what its slot says."""
        a_change = self.airing.kind == Kind.OVERRIDE and self.airing.slot is not None
        return self.airing.is_cancelled or a_change

    @property
    def span(self) -> str:
        return span_words(self.airing.starts_at, self.airing.ends_at, self.zone)

    @property
    def notes(self) -> list[str]:
        """Return what else there is to know of its slot before it is changed."""
        slot = self.airing.slot
        notes: list[str] = []
        if slot is None:
            return notes
        others = {slot.station, *slot.also_on.all()} - {self.station}
        if others:
            names = ", ".join(sorted(str(other) for other in others))
            simulcast = _(
                "Its slot is heard on %(stations)s as well, and changes there."
            )
            notes.append(simulcast % {"stations": names})
        if slot.next_part:
            later = _("From %(day)s on its slot airs as was planned for then already.")
            notes.append(later % {"day": date_words(slot.next_part.starts_on)})
        if slot.zone != self.zone:
            clock = _("Its slot goes by the wall clock of %(zone)s: %(time)s there.")
            notes.append(
                clock % {"zone": slot.zone.key, "time": f"{slot.begins:%H:%M}"}
            )
        return notes

    @property
    def copy_url(self) -> str:
        return plan_url(
            self.station,
            max(self.airing.starts_at + 7 * _DAY, self.now),
            self.minutes,
            show=self.airing.show,
            episode=self.airing.episode_id,
        )

    @property
    def over_url(self) -> str:
        return plan_url(self.station, self.airing.starts_at, min(self.minutes, 30))

    @property
    def initial(self) -> dict[str, Any]:
        wall = wall_time(self.airing.starts_at, self.zone)
        return {
            "date": wall.date().isoformat(),
            "begins": f"{wall:%H:%M}",
            "minutes": self.minutes,
            "again": self.airing.starts_at.astimezone(self.zone).fold == 1,
            "reach": THIS_DATE,
        }


def find(request: HttpRequest, slug: str, name: str) -> Found:
    """Return the airing of that name, stored or not, or raise ``Http404``."""
    station = get_object_or_404(Station, slug=slug)
    now = timezone.now()
    rows = Airing.objects.on(station).filter(name=name)
    found = rows.select_related("show", "slot__show", "slot__station").first()
    found = found or _said(request, station, name, now)
    if found is None:
        raise Http404("It is not planned any more; look at the week again.")
    return Found(station, found, now, request.user)  # type: ignore[arg-type]


def _said(
    request: HttpRequest, station: Station, name: str, now: datetime
) -> Airing | None:
    """Return what a slot says, and nobody has stored yet."""
    try:
        on = datetime.fromisoformat(request.GET.get("on", ""))
        around = on.replace(tzinfo=ZoneInfo(station.timezone))
        said = planned(station, around - _AROUND, around + _AROUND, now=now)
    except (ValueError, OverflowError):
        return None
    return next((each for each in said if each.name == name), None)
