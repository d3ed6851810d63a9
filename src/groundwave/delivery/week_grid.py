"""
Where a show stands in the week's grid. Pure; no Django.

Pages may carry no styles of their own, so a show's place is a class that says on which
line of the grid it begins and how many lines it takes; one style sheet has them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Generic, Protocol, TypeVar

from groundwave.delivery.days import Day, minute_of_day


LINE_MINUTES = 10
LINES = 24 * 60 // LINE_MINUTES


class Span(Protocol):
    """Something that lasts from one instant to another."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


S = TypeVar("S", bound=Span)


@dataclass(frozen=True)
class Placed(Generic[S]):
    """A row of a day, on *lines* lines from *line*; the first line is 1."""

    row: S
    line: int
    lines: int
    # Whether it went on from the day before.
    is_continued: bool


def placed(rows: Iterable[S], day: Day) -> Iterator[Placed[S]]:
    """
    Yield each row with its place.

    The grid is the wall clock's. Where that goes back, nothing is put over what stands
    there already: it is pushed down as far as need be.
    """
    free = 1
    for row in rows:
        line = max(free, _line(row, day))
        until = LINES + 1 if row.ends_at >= day.ends_at else _line_at(row, day)
        free = min(max(until, line + 1), LINES + 1)
        line = min(line, LINES)
        yield Placed(row, line, max(1, free - line), row.starts_at < day.starts_at)


def grid_sheet() -> str:
    """Return the rules for every place there is."""
    starts = (f".at-{n}{{grid-row-start:{n}}}" for n in range(1, LINES + 1))
    spans = (f".for-{n}{{grid-row-end:span {n}}}" for n in range(1, LINES + 1))
    rules = "".join(chain(starts, spans))
    return f"@media (min-width:60rem){{{rules}}}\n"


def _line(row: Span, day: Day) -> int:
    if row.starts_at <= day.starts_at:
        return 1
    return minute_of_day(row.starts_at, day.zone) // LINE_MINUTES + 1


def _line_at(row: Span, day: Day) -> int:
    minutes = minute_of_day(row.ends_at, day.zone)
    return -(-minutes // LINE_MINUTES) + 1
