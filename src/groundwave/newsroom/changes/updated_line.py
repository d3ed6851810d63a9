"""
The line under a headline: ``Updated at 4 p.m. ET``.

It is about the latest significant update and never about a save. The day is named where
it is another one than the reader's, who is taken to be where the newsroom is.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _


# EST and EDT, MST and MDT: whoever reads it knows which half of the year it is. Nobody
# but North America shortens them so: China's CST has no other half.
_SEASONAL = re.compile(r"([A-Z]{1,2})[SD]T")
_SEASONAL_ZONES = ("America/", "US/", "Canada/")


def updated_words(at: datetime, *, zone: ZoneInfo, now: datetime) -> str:
    """Return the line for an update *at* an instant, as read *now* in *zone*."""
    facts = {"time": clock_words(at, zone), "date": date_words(at, zone)}
    if at.astimezone(zone).date() == now.astimezone(zone).date():
        return _("Updated at %(time)s") % facts
    return _("Updated %(date)s at %(time)s") % facts


def clock_words(at: datetime, zone: ZoneInfo) -> str:
    """Return the time of day and whose it is: ``4:30 p.m. ET``, ``noon UTC``."""
    return f"{formats.time_format(at.astimezone(zone))} {zone_words(at, zone)}"


def date_words(at: datetime, zone: ZoneInfo) -> str:
    """Return the date with its year, months as newspapers shorten them."""
    return formats.date_format(at.astimezone(zone), "N j, Y")


def zone_words(at: datetime, zone: ZoneInfo) -> str:
    """Return ``ET`` for both halves of New York's year; a place where there is no name."""
    name = at.astimezone(zone).tzname() or ""
    seasonal = _SEASONAL.fullmatch(name)
    if seasonal and zone.key.startswith(_SEASONAL_ZONES):
        return f"{seasonal[1]}T"
    if name.isalpha():
        return name
    return _("%(place)s time") % {
        "place": zone.key.rpartition("/")[2].replace("_", " ")
    }
