"""A station's week as the grid shows it: columns, blocks, and what there is to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from groundwave.programming.admin.change_words import change_words
from groundwave.programming.admin.week_axis import Day, Row, WeekAxis, week_axis
from groundwave.programming.admin.week_block import Block, Column, Void
from groundwave.programming.admin.week_links import (
    Mention,
    mention,
    plan_url,
)
from groundwave.programming.admin.week_words import (
    affected_words,
    clash_words,
    next_change,
)
from groundwave.programming.guide import default_show, planned
from groundwave.programming.models import Airing, Show, Slot
from groundwave.programming.schedule.tiling import Tile, tile
from groundwave.stations.models import Station


class Board:
    """A week of a station, as somebody sees it at *now*."""

    def __init__(self, station: Station, first: date, *, now: datetime) -> None:
        self.station = station
        self.first = first
        self.now = now
        self.zone = ZoneInfo(station.timezone)
        self.axis: WeekAxis = week_axis(first, self.zone)

    @property
    def previous(self) -> date:
        return self.first - timedelta(days=7)

    @property
    def following(self) -> date:
        return self.first + timedelta(days=7)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def plan_url(self) -> str:
        """Return where something is planned, in this week if that is not over yet."""
        is_ahead = self.now < self.axis.starts_at
        return plan_url(self.station, self.axis.starts_at if is_ahead else None)

    @property
    def style(self) -> str:
        return f"--length: {self.axis.length:g}"

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.axis.rows()

    @cached_property
    def planned(self) -> tuple[Airing, ...]:
        """Return all that stands in the plan, also what is not heard."""
        found = planned(
            self.station, self.axis.starts_at, self.axis.ends_at, now=self.now
        )
        return tuple(found)

    @cached_property
    def tiles(self) -> tuple[Tile[Airing], ...]:
        return tile(self.planned, self.axis.starts_at, self.axis.ends_at)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        default = default_show(self.station)
        return tuple(
            Column(
                day,
                (*self._blocks(day, default), *self._cancelled(day)),
                tuple(self._voids(day)),
                is_today=day.starts_at <= self.now < day.ends_at,
                now_style=f"--top: {day.position(self.now):g}",
            )
            for day in self.axis.days
        )

    @property
    def _next_quarter(self) -> datetime:
        past = timedelta(minutes=self.now.minute % 15, seconds=self.now.second)
        return self.now.replace(microsecond=0) - past + timedelta(minutes=15)

    def _blocks(self, day: Day, default: Show | None) -> Iterator[Block]:
        for each in self.tiles:
            starts_at = max(each.starts_at, day.starts_at)
            ends_at = min(each.ends_at, day.ends_at)
            if starts_at >= ends_at:
                continue
            airing = each.planned
            yield Block(
                self.station,
                airing,
                airing.show if airing else default,
                starts_at,
                ends_at,
                day.position(starts_at),
                day.position(ends_at, ending=True),
                is_whole=airing is not None and airing.starts_at == starts_at,
                is_resumed=each.is_resumed and starts_at == each.starts_at,
                is_over=(airing or each).ends_at <= self.now,
                heard=each,
                free_at=max(starts_at, self._next_quarter),
            )

    def _cancelled(self, day: Day) -> Iterator[Block]:
        """Yield what is not heard because somebody said so, where it would have been."""
        for airing in self.cancelled:
            starts_at = max(airing.starts_at, day.starts_at)
            ends_at = min(airing.ends_at, day.ends_at)
            if starts_at >= ends_at:
                continue
            yield Block(
                self.station,
                airing,
                airing.show,
                starts_at,
                ends_at,
                day.position(starts_at),
                day.position(ends_at, ending=True),
                is_whole=False,  # it can be put back, not moved
                is_resumed=False,
                is_over=airing.ends_at <= self.now,
                heard=Tile(airing.starts_at, airing.ends_at, airing),
                free_at=starts_at,
            )

    def _voids(self, day: Day) -> Iterator[Void]:
        for top, bottom in self.axis.voids(day):
            is_own = any(change.by > timedelta() for change in day.changes)
            yield Void(top, bottom - top, is_own)

    @cached_property
    def unheard(self) -> tuple[Airing, ...]:
        """Return what is planned but lies wholly beneath something else."""
        heard = {each.planned.name for each in self.tiles if each.planned}
        return tuple(each for each in self.planned if each.name not in heard)

    @cached_property
    def unheard_links(self) -> list[Mention]:
        return [mention(each, self.station) for each in self.unheard]

    @cached_property
    def cancelled_links(self) -> list[Mention]:
        return [mention(each, self.station) for each in self.cancelled]

    @cached_property
    def cancelled(self) -> tuple[Airing, ...]:
        rows = Airing.objects.filter(station=self.station, is_cancelled=True)
        found = rows.between(self.axis.starts_at, self.axis.ends_at)
        return tuple(found.select_related("show"))

    @cached_property
    def clashes(self) -> tuple[str, ...]:
        return tuple(clash_words(self.planned, self.zone))

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """Return what a change of the clocks does this week, in sentences."""
        if not self.axis.changes:
            return ()
        said = [change_words(change, self.zone) for _day, change in self.axis.changes]
        affected = affected_words(
            Slot.objects.heard_on(self.station).select_related("show", "station"),
            [change for _day, change in self.axis.changes],
            self.zone,
        )
        return (*said, *affected)

    @cached_property
    def next_change(self) -> date | None:
        return next_change(self.zone, max(self.now, self.axis.ends_at))
