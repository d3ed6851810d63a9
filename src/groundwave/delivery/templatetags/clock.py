"""Instants on a page: what the wall clock shows, and the instant itself as data."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats
from django.utils.dateformat import format as in_words
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from groundwave.delivery.days import Day, utc_text


register = template.Library()


@register.simple_tag
def clock(
    at: datetime, zone: ZoneInfo, *, name_zone: bool = False, about: bool = False
) -> SafeString:
    """Return the time of day: ``6:30 p.m.``, ``1:30 a.m. MDT``, or ``about 8 p.m.``."""
    local = at.astimezone(zone)
    words = formats.time_format(local)
    if name_zone:
        words = f"{words} {local.tzname()}"
    return _time(at, _about(words) if about else words)


@register.simple_tag
def day_and_clock(at: datetime, zone: ZoneInfo, *, about: bool = False) -> SafeString:
    """Return the day and the time: ``Tuesday, November 24, 6:30 p.m.``."""
    local = at.astimezone(zone)
    time = formats.time_format(local)
    words = f"{long_date(local.date())}, {_about(time) if about else time}"
    return _time(at, words)


@register.filter
def long_date(on: date) -> str:
    """Return the weekday and the date, without the year."""
    month_and_day = formats.date_format(on, "MONTH_DAY_FORMAT")
    return _("%(weekday)s, %(date)s") % {
        "weekday": in_words(on, "l"),
        "date": month_and_day,
    }


@register.filter
def utc(at: datetime) -> str:
    """Return the instant as data."""
    return utc_text(at)


@register.simple_tag
def zone_in_words(day: Day) -> str:
    """Return whose time it is: ``Denver time (MST)``."""
    names = dict.fromkeys(
        at.astimezone(day.zone).tzname() for at in (day.starts_at, day.ends_at)
    )
    place = day.zone.key.rpartition("/")[2].replace("_", " ")
    if place == "UTC":
        return "UTC"
    return _("%(place)s time (%(names)s)") % {
        "place": place,
        "names": _(", then ").join(filter(None, names)),
    }


def _about(words: str) -> str:
    return _("about %(time)s") % {"time": words}


def _time(at: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', utc_text(at), words)
