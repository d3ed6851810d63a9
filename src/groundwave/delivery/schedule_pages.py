"""The schedule as the public reads it: any day, any week, any station."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from groundwave.delivery.days import Day, day_of
from groundwave.delivery.programme import (
    Row,
    rows_between,
    rows_of,
    rows_on,
    states_of,
    zone_of,
)
from groundwave.delivery.week_grid import Placed, grid_sheet, placed
from groundwave.programming.schedule.walltime import FIRST, LAST
from groundwave.stations.models import Station


@dataclass(frozen=True)
class Asked:
    """Which station's schedule, and of which day."""

    station: Station
    stations: tuple[Station, ...]
    day: Day
    today: Day
    now: datetime

    @property
    def is_today(self) -> bool:
        return self.day == self.today


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Show one day."""
    asked = asked_for(request, now=timezone.now())
    if asked is None:
        return render(request, "schedule/none.html")
    rows = rows_of(asked.day, asked.station, now=asked.now)
    told = {"asked": asked, "rows": rows, "days": states_of([asked.day], rows)}
    return render(request, "schedule/day.html", told)


@require_safe
def schedule_week(request: HttpRequest) -> HttpResponse:
    """Show the week around a day."""
    asked = asked_for(request, now=timezone.now())
    if asked is None:
        return render(request, "schedule/none.html")
    columns = week_of(asked)
    told = {
        "asked": asked,
        "columns": columns,
        "before": columns[0].day.before,
        "after": columns[-1].day.after,
    }
    return render(request, "schedule/week.html", told)


@require_safe
@cache_control(max_age=31_536_000, immutable=True, public=True)
def schedule_grid(request: HttpRequest) -> HttpResponse:
    """Answer with the rules that put each show at its hour."""
    return HttpResponse(grid_sheet(), content_type="text/css; charset=utf-8")


@dataclass(frozen=True)
class Column:
    """One day of the week's page."""

    day: Day
    is_today: bool
    days: str
    shows: tuple[Placed[Row], ...]


def week_of(asked: Asked) -> list[Column]:
    """Return the days of the week, each with what it airs, from one look."""
    week = asked.day.week(int(formats.get_format("FIRST_DAY_OF_WEEK")))
    rows = rows_between(
        asked.station, week[0].starts_at, week[-1].ends_at, now=asked.now
    )
    return [
        Column(
            day=day,
            is_today=day == asked.today,
            days=states_of([day], rows),
            shows=tuple(placed(rows_on(day, rows), day)),
        )
        for day in week
    ]


def asked_for(request: HttpRequest, *, now: datetime) -> Asked | None:
    """
    Return what the address asks for, or ``None`` while there is no station.

    Raises:
        Http404: there is no such station, or no such date.
    """
    stations = tuple(Station.objects.all())
    if not stations:
        return None
    slug = request.GET.get("station", "")
    found = [each for each in stations if each.slug == slug] if slug else stations
    if not found:
        raise Http404(_("There is no station of that name."))
    today = day_of(now, zone_of(found[0]))
    return Asked(found[0], stations, _day_asked(request, today), today, now)


def _day_asked(request: HttpRequest, today: Day) -> Day:
    text = request.GET.get("date", "")
    if not text:
        return today
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise Http404(_("There is no such date.")) from None
    if not FIRST <= on <= LAST:
        raise Http404(_("No schedule goes back or ahead so far."))
    return Day(on, today.zone)
