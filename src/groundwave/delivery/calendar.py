"""A station's schedule as a calendar that people subscribe to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from groundwave.delivery.our_address import public_url
from groundwave.programming.actions import AHEAD
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Boundary
from groundwave.stations.models import Station


BEFORE = timedelta(days=7)
# A subscriber's program asks so often; a change of plan reaches it by then.
REFRESHED = timedelta(hours=1)
# When the calendar was written is another instant each time, whatever it says.
_WRITTEN_AT = re.compile(rb"^DTSTAMP:.*$", re.MULTILINE)


@require_safe
def schedule_ics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What *slug* airs from a week ago until six weeks from now; 304 if that is known."""
    station = get_object_or_404(Station, slug=slug)
    now = timezone.now().replace(microsecond=0)
    tiles = guide(station, now - BEFORE, now + AHEAD, now=now)
    # What is interrupted is one event; what others lie over completely is none.
    heard = {tile.planned.name: tile.planned for tile in tiles if tile.planned}
    calendar = _calendar(station)
    for event in _events(heard.values(), request, now):
        calendar.add_component(event)
    said = calendar.to_ical()
    answer = HttpResponse(said, content_type="text/calendar; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=600"
    answer["Content-Disposition"] = f'inline; filename="{station.slug}.ics"'
    answer["ETag"] = etag = f'W/"{_digest(said)}"'
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _digest(said: bytes) -> str:
    return hashlib.sha256(_WRITTEN_AT.sub(b"", said)).hexdigest()[:32]


def _calendar(station: Station) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Groundwave//Schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", plain(station.name))
    calendar.add("x-wr-calname", plain(station.name))
    calendar.add("x-wr-timezone", station.timezone)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _events(
    airings: Iterable[Airing], request: HttpRequest, now: datetime
) -> Iterable[Event]:
    for airing in airings:
        about = airing.episode or airing.show
        event = Event()
        # The airing's name is the same for ever, wherever it is moved; what several
        # stations air has one name. A station's address may be another next year.
        event.add("uid", f"{airing.name}@station-{airing.station_id}")
        event.add("dtstamp", now)
        event.add("dtstart", airing.starts_at)
        event.add("dtend", airing.ends_at)
        event.add("summary", plain(_summary(airing)))
        if description := _description(airing):
            event.add("description", plain(description))
        event.add("url", public_url(about.get_absolute_url(), request))
        event.add("transp", "TRANSPARENT")  # to listen is not to be busy
        yield event


def _summary(airing: Airing) -> str:
    if airing.episode:
        return f"{airing.show.title}: {airing.episode.title}"
    return airing.show.title


def _description(airing: Airing) -> str:
    # A calendar knows instants only; that one is not meant to the minute is in words.
    begins = _("It begins when what is on before it has ended.")
    is_soft = airing.boundary == Boundary.SOFT
    return " ".join(filter(None, [airing.show.tagline, begins if is_soft else ""]))


def plain(text: str) -> str:
    """Return *text* on one line, without what no calendar may carry."""
    return " ".join(
        "".join(each if each.isprintable() else " " for each in text).split()
    )
