"""
On which dates a slot occurs: an RRULE of RFC 5545, without a time of its own.

A rule names days, never hours, so that a slot occurs at most once on a date and
the date can be part of its airing's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr


_DAYS = r"[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH_DAYS = r"-?(?:[1-9]|[12]\d|3[01])"
# What a rule may say, by how often it comes round. Hours and minutes are a slot's
# own; rules that step through days may not skip by month, which could take for ever.
_WEEKS = {"INTERVAL": r"[1-9]\d?", "COUNT": r"[1-9]\d{0,3}", "WKST": "MO|SU"}
_MONTHS = {
    **_WEEKS,
    "BYDAY": rf"{_DAYS}(?:,{_DAYS})*",
    "BYMONTHDAY": rf"{_MONTH_DAYS}(?:,{_MONTH_DAYS})*",
    "BYSETPOS": r"-?[1-5]",
}
_ALLOWED = {
    "DAILY": _WEEKS,
    "WEEKLY": {
        **_WEEKS,
        "BYDAY": r"(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*",
    },
    "MONTHLY": _MONTHS,
    "YEARLY": {**_MONTHS, "BYMONTH": r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*"},
}


_EVERY = re.compile(r"FREQ=(DAILY|WEEKLY)\b")
_INTERVAL = re.compile(r"INTERVAL=(\d+)")
_COUNT = re.compile(r"COUNT=(\d+)")
_DAY = timedelta(days=1)


class RuleUnreadable(ValueError):
    """A recurrence rule that cannot be carried out; the message is a sentence."""


@dataclass(frozen=True)
class Recurrence:
    """
    The dates of one slot.

    Attributes:
        starts_on: the first date that may occur; weeks and months are counted from it.
        rule: as in ``FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH``; empty for once, on
            ``starts_on``.
        until: the last date that may occur.
    """

    starts_on: date
    rule: str = ""
    until: date | None = None

    def dates(self, first: date, last: date) -> Iterator[date]:
        """
        Yield the dates from *first* to *last*, both included.

        Raises:
            RuleUnreadable: the rule says something that it cannot mean.
        """
        first = max(first, self.starts_on)
        last = min(last, self.until) if self.until else last
        if first > last:
            return
        if not self.rule:
            if first == self.starts_on:
                yield first
            return
        found = read_rule(self.rule, self._counted_from(first)).xafter(
            datetime.combine(first, time()), inc=True
        )
        for each in found:
            if each.date() > last:
                return
            yield each.date()

    def rest(self, first: date) -> Recurrence | None:
        """
        Return what there is of it from *first* on, or ``None`` if that is nothing.

        It starts on its own first date, so that every other week stays the same one.
        """
        starts_on = next(self.dates(first, date.max), None)
        if starts_on is None:
            return None
        count = _COUNT.search(self.rule)
        if count is None:
            return replace(self, starts_on=starts_on)
        gone = sum(1 for _ in self.dates(self.starts_on, starts_on - _DAY))
        left = f"COUNT={int(count[1]) - gone}"
        return replace(self, starts_on=starts_on, rule=_COUNT.sub(left, self.rule))

    def _counted_from(self, first: date) -> date:
        """
        Return a date near *first* from which the same dates follow.

        To walk there from years ago, day by day, would take longer than all the rest.
        """
        every = _EVERY.match(self.rule)
        if every is None or "COUNT=" in self.rule:
            return self.starts_on
        interval = _INTERVAL.search(self.rule)
        days = (7 if every[1] == "WEEKLY" else 1) * (
            int(interval[1]) if interval else 1
        )
        # A week more: a week's days may lie before the day it is counted from.
        rounds = max((first - self.starts_on).days - 7, 0) // days
        return self.starts_on + timedelta(days=days * rounds)


@lru_cache(maxsize=2048)
def read_rule(rule: str, starts_on: date) -> rrule:
    """
    Return *rule*, counted from *starts_on*.

    Raises:
        RuleUnreadable: with a sentence for whoever wrote it.
    """
    _check(rule)
    try:
        read = rrulestr(rule, dtstart=datetime.combine(starts_on, time()))
    except ValueError as error:
        raise RuleUnreadable(
            f"The rule {rule} cannot be carried out ({error}); correct it."
        ) from None
    if not isinstance(read, rrule) or next(iter(read), None) is None:
        raise RuleUnreadable(
            f"The rule {rule} names no date at all; choose days that exist."
        )
    return read


def _check(rule: str) -> None:
    parts = [part.partition("=") for part in rule.split(";")]
    names = [name for name, _, _ in parts]
    said = {name: value for name, _, value in parts}
    allowed = _ALLOWED.get(said.get("FREQ", ""))
    if allowed is None or len(said) < len(names):
        raise RuleUnreadable(
            "A rule says how often, then on which days, each once: FREQ=DAILY, "
            "FREQ=WEEKLY;BYDAY=MO,WE or FREQ=MONTHLY;BYDAY=-1FR."
        )
    del said["FREQ"]
    for name, value in said.items():
        if name not in allowed or not re.fullmatch(allowed[name], value):
            raise RuleUnreadable(
                f"“{name}={value}” cannot be in this rule; the time and the last date "
                "have fields of their own, and days read like BYDAY=MO,WE."
            )


def weekday_of_month(day: date) -> tuple[int, bool]:
    """Return which such weekday of its month *day* is, from 1, and whether the last."""
    return (day.day - 1) // 7 + 1, (day + timedelta(days=7)).month != day.month
