"""Which figures should not be read as they stand any more, and what is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from groundwave.newsroom.figures.known import Counted
from groundwave.newsroom.figures.standing import (
    Said,
    Status,
    Succession,
    standing,
    successions,
)


class Why(Enum):
    """What happened to a figure."""

    SUPERSEDED = auto()
    WITHDRAWN = auto()
    RETRACTED = auto()
    # It still stands, and nobody should read it without that.
    DISPUTED = auto()


@dataclass(frozen=True)
class Outdated:
    """A figure that its source does not stand by any more, or that is disputed."""

    was: Said
    # What the same source says instead; nothing if it took its figure back.
    now: Said | None
    why: Why
    counted: Counted

    @property
    def comparable(self) -> Said | None:
        """What may stand in its place: the same source's figure, counting the same."""
        return self.now if self.now and self.now.counts == self.was.counts else None


def outdated(counted: Iterable[Counted], said: Iterable[Said]) -> tuple[Outdated, ...]:
    """Return those among *said* that do not simply stand, the last said first."""
    things = {each.name: each for each in counted}
    found = [
        each
        for succession in successions(said)
        for each in _outdated(succession, things[succession[0].counted])
    ]
    return tuple(sorted(found, key=lambda each: each.was.said_at, reverse=True))


def _outdated(succession: Succession, counted: Counted) -> Iterator[Outdated]:
    found = standing(succession)
    now = found.said if found else None
    for was in succession:
        if was is not now:
            yield Outdated(was, now, _why(was, now), counted)
        elif was.status is Status.DISPUTED:
            yield Outdated(was, None, Why.DISPUTED, counted)


def _why(was: Said, now: Said | None) -> Why:
    if was.status is Status.RETRACTED:
        return Why.RETRACTED
    return Why.SUPERSEDED if now else Why.WITHDRAWN
