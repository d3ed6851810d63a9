"""The week grid: see a station's week, and move, copy and cancel in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from groundwave.programming.admin.week_airing import airing
from groundwave.programming.admin.week_axis import week_start
from groundwave.programming.admin.week_board import Board
from groundwave.programming.admin.week_page import page
from groundwave.programming.admin.week_plan import plan
from groundwave.programming.schedule.walltime import FIRST, LAST, wall_time
from groundwave.stations.models import Station


@permission_required("programming.change_airing", raise_exception=True)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Go to the first station's week."""
    station = Station.objects.first()
    if station:
        return redirect("week:week", station.slug)
    return page(request, "programming/admin/week_none.html", _("Week"), {})


@permission_required("programming.change_airing", raise_exception=True)
@require_safe
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the week in which ``?date=`` lies, or this one."""
    station = get_object_or_404(Station, slug=slug)
    now = timezone.now()
    board = Board(station, week_start(_asked_day(request, station, now)), now=now)
    shown: dict[str, Any] = {
        "board": board,
        "stations": Station.objects.all(),
        "today": week_start(_today(station, now)),
        "words": _words(),
    }
    return page(request, "programming/admin/week.html", _("Week"), shown)


def _asked_day(request: HttpRequest, station: Station, now: datetime) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("date", ""))
    except ValueError:
        return _today(station, now)
    return asked if FIRST <= asked <= LAST else _today(station, now)


def _today(station: Station, now: datetime) -> date:
    return wall_time(now, ZoneInfo(station.timezone)).date()


def _words() -> dict[str, str]:
    """Return what the page's script says."""
    return {
        "picked": _(
            "%(show)s, %(when)s. Arrow keys move it, with Shift they change how long it "
            "is. Enter goes on, Escape puts it back."
        ),
        "put_back": _("Put back: %(show)s, %(when)s."),
        "when": _("%(day)s, %(begins)s to %(ends)s"),
        "again": _("the second time"),
        "away": _(
            "The site does not answer. Nothing was changed; look at your connection and "
            "try again."
        ),
        "gone": _("It is not planned any more. This is the week as it is now."),
        "draw_on": _("Draw on the grid where the new airing is to be."),
    }


class WeekMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("programming.change_airing")


class WeekViewSet(ViewSet):
    """Goes into the menu group of the schedule."""

    name = "week"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Week")
    menu_order = 100
    menu_item_class = WeekMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index, name="index"),
            path("<slug:slug>/", week, name="week"),
            path("<slug:slug>/plan/", plan, name="plan"),
            path("<slug:slug>/airing/<path:name>/", airing, name="airing"),
        ]
