"""A rule as people say it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from groundwave.programming.schedule.repeats import (
    PLACES,
    WEEKDAYS,
    How,
    Repeat,
    repeat_of,
)


DAY_NAMES = [
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
]
PLACE_NAMES = [
    gettext_lazy("first"),
    gettext_lazy("second"),
    gettext_lazy("third"),
    gettext_lazy("fourth"),
    gettext_lazy("fifth"),
    gettext_lazy("last"),
]


def rule_words(rule: str) -> str:
    """Return what *rule* means: every second week on Tuesday and Thursday."""
    repeat = repeat_of(rule)
    match repeat.how:
        case How.ONCE:
            return _("once")
        case How.DAILY:
            return ngettext("every day", "every %(count)s days", repeat.every) % {
                "count": repeat.every
            }
        case How.WEEKLY:
            return _weekly(repeat)
        case How.MONTHLY:
            return _monthly(repeat)
        case How.BY_RULE:
            return repeat.rule


def _weekly(repeat: Repeat) -> str:
    if repeat.every == 1 and repeat.weekdays == WEEKDAYS[:5]:
        return _("Monday to Friday")
    facts = {"count": repeat.every, "days": _days(repeat)}
    often = ngettext(
        "every week on %(days)s", "every %(count)s weeks on %(days)s", repeat.every
    )
    return often % facts


def _monthly(repeat: Repeat) -> str:
    names = dict(zip(PLACES, PLACE_NAMES, strict=True))
    facts = {
        "count": repeat.every,
        "days": _days(repeat),
        "places": _listed([str(names[place]) for place in repeat.places]),
    }
    often = ngettext(
        "every month on the %(places)s %(days)s",
        "every %(count)s months on the %(places)s %(days)s",
        repeat.every,
    )
    return often % facts


def _days(repeat: Repeat) -> str:
    names = dict(zip(WEEKDAYS, DAY_NAMES, strict=True))
    return _listed([str(names[day]) for day in repeat.weekdays])


def _listed(names: Sequence[str]) -> str:
    return get_text_list(list(names), _("and"))
