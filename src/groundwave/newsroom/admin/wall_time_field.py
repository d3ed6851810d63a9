"""A time by the clock of a place, with the question which one where it came twice."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from groundwave.newsroom.wall_time import instants_of


FIRST, SECOND = "0", "1"


class WallTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class WallTimeField(forms.DateTimeField):
    """What the clock showed: a time without a zone, of which ``instant`` makes one."""

    widget = WallTimeInput

    def to_python(self, value: Any) -> datetime | None:
        # In UTC every time is there once; where it is not, its place says.
        with timezone.override(UTC):
            at = super().to_python(value)
        return at and at.astimezone(UTC).replace(tzinfo=None)


class WhichField(forms.ChoiceField):
    """Which of two: asked only of a time that came twice."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Which of the two"),
            required=False,
            help_text=gettext_lazy("The clocks went back, and that time came twice."),
        )


def choices_of(wall: datetime | None, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return both times of *wall* by their names, if it came twice; else nothing."""
    found = instants_of(wall, zone) if wall else []
    if len(found) < len((FIRST, SECOND)):
        return []
    first, second = (each.astimezone(zone).tzname() for each in found)
    return [
        ("", _("Choose one")),
        (FIRST, _("The first, before the clocks went back (%s)") % first),
        (SECOND, _("The second, after that (%s)") % second),
    ]


def instant(wall: datetime, zone: ZoneInfo, which: str) -> datetime:
    """
    Return when *wall* was.

    Raises:
        ValidationError: it never was, or *which* does not say which of two.
    """
    found = instants_of(wall, zone)
    facts = {"place": zone.key, "time": date_format(wall, "P")}
    if not found:
        raise ValidationError(
            _(
                "The clocks of %(place)s went forward over %(time)s on that day. Give "
                "a time that they showed."
            ),
            params=facts,
        )
    if len(found) == 1:
        return found[0]
    if which not in (FIRST, SECOND):
        raise ValidationError(
            _(
                "The clocks of %(place)s went back, and %(time)s came twice on that day. "
                "Choose which of the two."
            ),
            params=facts,
        )
    return found[int(which)]
