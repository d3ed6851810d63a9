"""KGND's week, and people who plan it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from groundwave.programming.actions import plan_slot
from groundwave.programming.models import Show


# A Sunday noon in Denver, three weeks after its clocks went back.
NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


def utc(text: str) -> datetime:
    """``24 17:00`` is an instant in November 2026; ``12-01 17:00`` says the month."""
    day, _, clock = text.partition(" ")
    month, _, day = day.rpartition("-")
    return datetime.combine(
        date(2026, int(month or 11), int(day)), time.fromisoformat(clock), tzinfo=UTC
    )


def named(tiles) -> list[str]:
    """``10:00 Jazz`` for each tile, in UTC; a dash is the default show's time."""
    return [
        f"{tile.starts_at:%H:%M} {tile.planned.show if tile.planned else '-'}"
        for tile in tiles
    ]


@pytest.fixture
def show(db):
    """Make a show of that title."""

    def make(title, **facts):
        return Show.objects.create(title=title, slug=title.lower(), **facts)

    return make


@pytest.fixture
def jazz(show):
    return show("Jazz")


@pytest.fixture
def news(show):
    return show("News")


@pytest.fixture
def plan(kgnd):
    """Plan a slot of KGND's: a show, a wall time, how many minutes."""

    def plan(show, begins, minutes, rule="FREQ=DAILY", **facts):
        return plan_slot(
            facts.pop("station", kgnd),
            show=show,
            starts_on=facts.pop("starts_on", date(2026, 11, 1)),
            begins=time.fromisoformat(begins),
            minutes=minutes,
            rule=rule,
            now=facts.pop("now", NOW),
            **facts,
        )

    return plan
