"""Two plans for the same time, neither of which outranks the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from groundwave.programming.schedule.tiling import Planned, T


P = TypeVar("P", bound=Planned)


@dataclass(frozen=True)
class Clash(Generic[T]):
    """
    *first* and *second* both claim ``[starts_at, ends_at)``.

    *first* started no later than *second*, which is what would be heard.
    """

    first: T
    second: T
    starts_at: datetime
    ends_at: datetime


def clashes(planned: Iterable[P]) -> Iterator[Clash[P]]:
    """Yield every overlap of two plans of one precedence, in order."""
    running: list[P] = []
    # Of two that start together the one of the lesser name is heard, so it is second.
    by_name = sorted(planned, key=lambda p: p.name, reverse=True)
    for each in sorted(by_name, key=lambda p: p.starts_at):
        if each.starts_at == each.ends_at:
            continue
        running = [other for other in running if other.ends_at > each.starts_at]
        for other in running:
            if other.precedence == each.precedence:
                ends_at = min(other.ends_at, each.ends_at)
                yield Clash(other, each, each.starts_at, ends_at)
        running.append(each)
