"""A day of the week grid as it is drawn: its blocks, and the time that it does not have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from groundwave.programming.admin.time_words import clock_words, day_words, end_words
from groundwave.programming.admin.week_axis import Day
from groundwave.programming.admin.week_links import airing_url, plan_url
from groundwave.programming.models import Airing, Show
from groundwave.programming.models.airing import Kind
from groundwave.programming.schedule.tiling import Tile
from groundwave.stations.models import Station


_MINUTE = timedelta(minutes=1)
_KIND_NAMES = {
    Kind.SERIES: "series",
    Kind.OVERRIDE: "override",
    Kind.ONE_OFF: "one-off",
}


@dataclass(frozen=True)
class Block:
    """
    What is heard in one stretch, as far as it lies in one day's column.

    Attributes:
        airing: ``None`` where the default show is heard.
        show: ``None`` if the station has no default show either.
        is_whole: it begins here, so that it can be picked up here.
        heard: the whole stretch, which may begin the day before or end the day after.
        free_at: where something can be planned in it.
    """

    station: Station
    airing: Airing | None
    show: Show | None
    starts_at: datetime
    ends_at: datetime
    top: float
    bottom: float
    is_whole: bool
    is_resumed: bool
    is_over: bool
    heard: Tile[Airing]
    free_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.station.timezone)

    @property
    def title(self) -> str:
        return self.show.title if self.show else _("Nothing is planned")

    @property
    def url(self) -> str:
        """Return the airing's form, or where something is planned instead of nothing."""
        if self.airing:
            return airing_url(self.airing, self.station)
        return plan_url(self.station, self.free_at, min(self.minutes, 60))

    @property
    def kind(self) -> str:
        if self.airing and self.airing.is_cancelled:
            return "cancelled"
        return _KIND_NAMES[Kind(self.airing.kind)] if self.airing else "default"

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_short(self) -> bool:
        """Whether there is room for one line only."""
        return self.height < 30

    @property
    def begins(self) -> str:
        """Return when it begins, and nothing if that was the day before."""
        is_from_before = bool(self.airing) and self.heard.starts_at < self.starts_at
        return "" if is_from_before else clock_words(self.starts_at, self.zone)

    @property
    def ends(self) -> str:
        at = self.heard.ends_at if self.airing else self.ends_at
        return end_words(at, self.zone)

    @property
    def minutes(self) -> int:
        """How long it was planned to last, or is heard here if it was not planned."""
        planned = self.airing or self
        return round((planned.ends_at - planned.starts_at) / _MINUTE)

    @property
    def is_movable(self) -> bool:
        return self.is_whole and not self.is_over

    @property
    def style(self) -> str:
        return f"--top: {self.top:g}; --height: {self.height:g}"


@dataclass(frozen=True)
class Void:
    """Time that a day does not have."""

    top: float
    height: float
    is_skipped: bool

    @property
    def style(self) -> str:
        return f"--top: {self.top:g}; --height: {self.height:g}"


@dataclass(frozen=True)
class Column:
    """One day of the grid."""

    day: Day
    blocks: tuple[Block, ...]
    voids: tuple[Void, ...]
    is_today: bool
    now_style: str

    @property
    def words(self) -> str:
        return day_words(self.day.date)

    @property
    def hours(self) -> float:
        return self.day.lasts / timedelta(hours=1)

    @property
    def is_odd(self) -> bool:
        return bool(self.day.changes)

    @property
    def segments(self) -> str:
        """Return which wall time each part of the column stands for, for the script."""
        return json.dumps(
            [
                {
                    "top": segment.top,
                    "bottom": segment.bottom,
                    "wall": segment.wall,
                    "again": segment.again,
                }
                for segment in self.day.segments
            ]
        )
