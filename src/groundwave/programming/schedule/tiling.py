"""
What is on the air at each instant, when several things were planned for it.

Laws: tiles follow each other without gap or overlap from the window's start to its
end. Of what was planned for an instant the highest precedence is heard; of equals,
whatever began last; of those, the lesser name, so that the answer never depends
on an order. What is interrupted is heard again afterwards. Where nothing was
planned, ``planned`` is ``None``: the default show's time.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import pairwise
from typing import Generic, Protocol, TypeVar, cast


class Precedence(IntEnum):
    """Which plan wins; a pre-emption is a one-off laid over the rest."""

    SERIES = 1
    OVERRIDE = 2
    ONE_OFF = 3


class Planned(Protocol):
    """Something that is to be on the air."""

    @property
    def name(self) -> str:
        """Unique, and the same whenever it is asked for."""

    @property
    def precedence(self) -> int: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


P = TypeVar("P", bound=Planned)
# Planned, too; but where mypy looks at bounds it cannot see through a model's fields.
T = TypeVar("T")


@dataclass(frozen=True)
class Tile(Generic[T]):
    """A stretch of time in which one thing is on the air."""

    starts_at: datetime
    ends_at: datetime
    planned: T | None

    @property
    def is_resumed(self) -> bool:
        """Whether it was interrupted and goes on here."""
        planned = cast("Planned | None", self.planned)
        return planned is not None and planned.starts_at < self.starts_at


def tile(planned: Iterable[P], start: datetime, end: datetime) -> tuple[Tile[P], ...]:
    """Return the tiles of ``[start, end)``; those at the edges are cut off there."""
    return tuple(_joined(_pieces(sorted(planned, key=_by_start), start, end)))


def tile_at(tiles: Sequence[Tile[T]], at: datetime) -> Tile[T] | None:
    """Return the tile that *at* lies in, or ``None`` outside of them all."""
    place = bisect_right(tiles, at, key=lambda each: each.starts_at) - 1
    if place < 0 or at >= tiles[place].ends_at:
        return None
    return tiles[place]


def next_after(tiles: Sequence[Tile[T]], at: datetime) -> Tile[T] | None:
    """Return the first tile that starts after *at*."""
    place = bisect_right(tiles, at, key=lambda each: each.starts_at)
    return tiles[place] if place < len(tiles) else None


def _by_start(planned: Planned) -> tuple[datetime, str]:
    return planned.starts_at, planned.name


def _pieces(planned: Sequence[P], start: datetime, end: datetime) -> Iterator[Tile[P]]:
    """Yield tiles from edge to edge; neighbours may be the same thing."""
    edges = {start, end}
    for each in planned:
        edges |= {each.starts_at, each.ends_at}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    running: list[tuple[tuple[int, float, str], int, P]] = []
    coming = deque(enumerate(planned))
    for begins, ends in pairwise(cuts):
        while coming and coming[0][1].starts_at <= begins:
            number, each = coming.popleft()
            heapq.heappush(running, (_rank(each), number, each))
        while running and running[0][2].ends_at <= begins:
            heapq.heappop(running)
        yield Tile(begins, ends, running[0][2] if running else None)


def _rank(planned: Planned) -> tuple[int, float, str]:
    """Order for a heap, whose least is what is heard."""
    return -planned.precedence, -planned.starts_at.timestamp(), planned.name


def _joined(tiles: Iterable[Tile[P]]) -> Iterator[Tile[P]]:
    before: Tile[P] | None = None
    for each in tiles:
        if before is not None and each.planned is before.planned:
            before = Tile(before.starts_at, each.ends_at, each.planned)
            continue
        if before is not None:
            yield before
        before = each
    if before is not None:
        yield before
