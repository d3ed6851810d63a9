"""
How often a slot comes round, as people say it, and the rule that means the same.

Most slots come once, every day, on some weekdays, or on such a weekday of the month.
Those are choices in a form; whatever else a rule can say is kept as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Which such weekday of its month; -1 is the last.
PLACES = (1, 2, 3, 4, 5, -1)
_PLACED = re.compile(r"(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)")


class How(StrEnum):
    """In which way it comes round."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    BY_RULE = "rule"


@dataclass(frozen=True)
class Repeat:
    """
    One choice and what belongs to it.

    Attributes:
        every: each so many days, weeks or months.
        weekdays: of a week, or of a month.
        places: which of those weekdays in the month.
        rule: only for ``BY_RULE``.
    """

    how: How
    every: int = 1
    weekdays: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    rule: str = ""


def rule_of(repeat: Repeat) -> str:
    """Return the rule that says *repeat*."""
    if repeat.how is How.ONCE:
        return ""
    if repeat.how is How.BY_RULE:
        return repeat.rule
    parts = [f"FREQ={repeat.how.upper()}"]
    if repeat.every > 1:
        parts.append(f"INTERVAL={repeat.every}")
    if repeat.how is How.WEEKLY:
        parts.append(f"BYDAY={','.join(_in_order(repeat.weekdays))}")
    if repeat.how is How.MONTHLY:
        days = [
            f"{place}{day}"
            for place in repeat.places
            for day in _in_order(repeat.weekdays)
        ]
        parts.append(f"BYDAY={','.join(days)}")
    return ";".join(parts)


def repeat_of(rule: str) -> Repeat:
    """Return the choice that says *rule*, which may be to have a rule of one's own."""
    if not rule:
        return Repeat(How.ONCE)
    said = dict(each.partition("=")[::2] for each in rule.split(";"))
    every = said.pop("INTERVAL", "1")
    found = _choice(said, int(every)) if every.isdecimal() else None
    # Whatever a form could not say again must not be lost by opening it.
    return found or Repeat(How.BY_RULE, rule=rule)


def _choice(said: dict[str, str], every: int) -> Repeat | None:
    match said:
        case {"FREQ": "DAILY", **more} if not more:
            return Repeat(How.DAILY, every)
        case {"FREQ": "WEEKLY", "BYDAY": days, **more} if not more:
            return Repeat(How.WEEKLY, every, tuple(days.split(",")))
        case {"FREQ": "MONTHLY", "BYDAY": days, **more} if not more:
            return _monthly(days.split(","), every)
    return None


def _monthly(days: list[str], every: int) -> Repeat | None:
    """Return the choice, if the days are every such place of every such weekday."""
    placed = [found.groups() for found in map(_PLACED.fullmatch, days) if found]
    places = {int(place) for place, _ in placed}
    weekdays = {weekday for _, weekday in placed}
    if len(placed) < len(days) or len(set(placed)) < len(places) * len(weekdays):
        return None
    return Repeat(
        How.MONTHLY,
        every,
        tuple(sorted(weekdays, key=WEEKDAYS.index)),
        tuple(sorted(places, key=PLACES.index)),
    )


def _in_order(weekdays: tuple[str, ...]) -> list[str]:
    return sorted(weekdays, key=WEEKDAYS.index)
