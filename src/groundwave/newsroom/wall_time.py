"""What a clock on a wall showed, and when that was. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def instants_of(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """
    Return, in UTC and in their order, when the clocks of *zone* showed *wall*.

    As a rule that is once; twice in the hour that autumn repeats, and never in the one
    that spring leaves out.
    """
    try:
        both = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
        return sorted({each for each in both if _shown_at(each, zone) == wall})
    except OverflowError:  # at either end of what a clock can show
        return []


def _shown_at(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
