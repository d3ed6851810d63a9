"""What dragging one date of a slot to another day makes of the slot's recurrence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from groundwave.programming.admin.week_axis import monday_of
from groundwave.programming.models import Slot
from groundwave.programming.schedule.recurrence import weekday_of_month
from groundwave.programming.schedule.repeats import WEEKDAYS


class CannotMove(ValueError):
    """The recurrence has no such day to move; the message is a sentence."""


def moved_dates(slot: Slot, old: date, new: date) -> dict[str, Any]:
    """
    Return what *slot* must say so that its date *old* and those after it are like *new*.

    Raises:
        CannotMove: as ``moved_rule``.
    """
    if old == new:
        return {}
    rest = slot.recurrence.rest(min(old, new))
    rule = moved_rule(rest.rule if rest else slot.rule, old, new)
    is_counted_from_new = "BYDAY" not in rule or monday_of(old) != monday_of(new)
    if is_counted_from_new or new < slot.starts_on:
        return {"rule": rule, "starts_on": new}
    return {"rule": rule}


def moved_rule(rule: str, old: date, new: date) -> str:
    """
    Return *rule* with the day of *old* in the place of *new*'s.

    The other days of a rule with several stay as they are.

    Raises:
        CannotMove: it names no day that could be moved, or has the new one already.
    """
    if old == new or not rule:
        return rule
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if parts["FREQ"] == "WEEKLY" and "BYDAY" not in parts:
        return rule  # the day is that of the first date
    if parts["FREQ"] == "WEEKLY":
        parts["BYDAY"] = _in_week(parts["BYDAY"].split(","), old, new)
    elif parts["FREQ"] == "MONTHLY" and set(parts) <= {"FREQ", "INTERVAL", "BYDAY"}:
        parts["BYDAY"] = _in_month(parts.get("BYDAY", ""), new)
    else:
        raise CannotMove(
            _(
                "It comes again by the rule %(rule)s, in which no one day can be moved. "
                "Move only this date, or change the rule in the slot's own form."
            )
            % {"rule": rule}
        )
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _in_week(days: list[str], old: date, new: date) -> str:
    before, after = WEEKDAYS[old.weekday()], WEEKDAYS[new.weekday()]
    if before == after:
        return ",".join(days)
    if after in days:
        raise CannotMove(
            _(
                "It airs on that weekday as well already. Move only this date, or choose "
                "a day on which it does not air."
            )
        )
    kept = [after if day == before else day for day in days]
    return ",".join(sorted(kept, key=WEEKDAYS.index))


def _in_month(by_day: str, new: date) -> str:
    """Return the new date's own place in its month: the second Friday."""
    if not by_day or "," in by_day:
        raise CannotMove(
            _(
                "It comes on certain days of the month. Move only this date, or change "
                "the rule in the slot's own form."
            )
        )
    number, is_last = weekday_of_month(new)
    counted_from_the_end = by_day.startswith("-") and is_last
    place = -1 if counted_from_the_end or number > 4 else number
    return f"{place}{WEEKDAYS[new.weekday()]}"
