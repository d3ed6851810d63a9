"""The table “What we know, and who says so”."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from groundwave.newsroom.figures.quantity import Spread, spread
from groundwave.newsroom.figures.standing import (
    Said,
    Standing,
    Succession,
    standing,
    successions,
    withdrawn,
)
from groundwave.newsroom.figures.words import attribution, change_words, written


@dataclass(frozen=True)
class Counted:
    """Something that is counted, and of whom, where and since when."""

    name: str
    label: str
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.label} ({self.scope})" if self.scope else self.label


@dataclass(frozen=True)
class Row:
    """What one source says."""

    source: str
    figure: str
    as_of: datetime
    counts: str
    change: str
    standing: Standing

    @property
    def said(self) -> Said:
        return self.standing.said


@dataclass(frozen=True)
class Known:
    """Whatever anybody says of one thing, the latest first."""

    counted: Counted
    rows: tuple[Row, ...]
    # Whoever said something and takes it back.
    withdrawn: tuple[Said, ...]
    # Only where all rows count the same; it is not a figure of anybody's.
    spread: Spread | None


def known(counted: Iterable[Counted], said: Iterable[Said]) -> tuple[Known, ...]:
    """Return what stands of each thing *counted*, without those nobody speaks of."""
    found = list(successions(said))
    tables = (
        _known(each, [of for of in found if of[0].counted == each.name])
        for each in counted
    )
    return tuple(table for table in tables if table.rows or table.withdrawn)


def _known(counted: Counted, found: Iterable[Succession]) -> Known:
    several = list(found)
    ours = [each for each in map(standing, several) if each]
    latest_first = sorted(
        ours, key=lambda each: (-each.said.as_of.timestamp(), each.said.who)
    )
    return Known(
        counted=counted,
        rows=tuple(_row(counted, each) for each in latest_first),
        withdrawn=tuple(each for each in map(withdrawn, several) if each),
        spread=_spread(ours),
    )


def _row(counted: Counted, found: Standing) -> Row:
    said, before, change = found.said, found.before, found.change
    return Row(
        source=attribution(said.who, said.relayed_by),
        figure=written(said.quantity),
        as_of=said.as_of,
        counts=said.counts or counted.scope,
        change=change_words(change, before.quantity) if change and before else "",
        standing=found,
    )


def _spread(found: Iterable[Standing]) -> Spread | None:
    several = [each.said for each in found]
    if len({each.counts for each in several}) > 1:
        return None
    return spread(each.quantity for each in several)
