"""Something new on the week grid: a one-off over what is there, or a weekly slot."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundwave.programming.actions import plan_slot, pre_empt
from groundwave.programming.admin.week_forms import WEEKLY, PlanForm
from groundwave.programming.admin.week_moves import WEEKDAYS
from groundwave.programming.admin.week_page import done, form_page, week_url
from groundwave.programming.admin.week_words import (
    clash_words,
    day_words,
    proposal_words,
    span_words,
)
from groundwave.programming.errors import ScheduleError
from groundwave.programming.guide import planned
from groundwave.programming.models import Airing
from groundwave.programming.models.airing import Kind
from groundwave.programming.schedule.walltime import wall_time
from groundwave.stations.models import Station


DEFAULT_MINUTES = 60


@permission_required("programming.change_airing", raise_exception=True)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for what is new, and plan it."""
    station = get_object_or_404(Station, slug=slug)
    zone, now = ZoneInfo(station.timezone), timezone.now()
    form = PlanForm(
        request.POST or None,
        initial=_initial(request, zone, now),
        zone=zone,
        now=now,
        may_slot=request.user.has_perm("programming.add_slot"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _carry_out(request, station, form, now)
        except ScheduleError as trouble:
            form.add_error(None, str(trouble))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    shown = {
        "form": form,
        "station": station,
        "action": request.path,
        "effects": _effects(station, form, zone, now),
        "back": f"{week_url(station)}?date={form['date'].value() or ''}",
    }
    return form_page(request, "week_plan.html", _("Plan something"), shown)


def _initial(request: HttpRequest, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """Return what was drawn, or copied, else the next full hour."""
    wall = wall_time(now, zone)
    initial: dict[str, Any] = {
        "date": wall.date().isoformat(),
        "begins": f"{(wall.hour + 1) % 24:02}:00",
        "minutes": DEFAULT_MINUTES,
    }
    asked = ("show", "episode", "date", "begins", "minutes", "again", "how")
    return initial | {name: request.GET[name] for name in asked if name in request.GET}


def _carry_out(
    request: HttpRequest, station: Station, form: PlanForm, now: datetime
) -> HttpResponse:
    said = form.cleaned_data
    if said.get("how") == WEEKLY:
        return _plan_weekly(request, station, said, now)
    made = pre_empt(
        station,
        show=said["show"],
        starts_at=said["starts_at"],
        ends_at=said["ends_at"],
        episode=said["episode"],
        by=request.user,  # type: ignore[arg-type]
        now=now,
    )
    zone = ZoneInfo(station.timezone)
    sentence = _("%(show)s airs once, %(span)s.") % {
        "show": made.show.title,
        "span": span_words(made.starts_at, made.ends_at, zone),
    }
    return done(request, station, said["date"], sentence, _clashes(made, now, zone))


def _plan_weekly(
    request: HttpRequest, station: Station, said: dict[str, Any], now: datetime
) -> HttpResponse:
    on: date = said["date"]
    slot = plan_slot(
        station,
        show=said["show"],
        starts_on=on,
        begins=said["begins"],
        minutes=said["minutes"],
        rule=f"FREQ=WEEKLY;BYDAY={WEEKDAYS[on.weekday()]}",
        now=now,
        by=request.user,  # type: ignore[arg-type]
    )
    sentence = _("%(show)s airs every week at %(time)s from %(day)s on.") % {
        "show": slot.show.title,
        "time": f"{slot.begins:%H:%M}",
        "day": day_words(on),
    }
    made = slot.pattern.occurrence(on)
    zone = ZoneInfo(station.timezone)
    warnings = _clashes(Airing.of(slot, made, station), now, zone)
    return done(request, station, on, sentence, warnings)


def _clashes(made: Airing, now: datetime, zone: ZoneInfo) -> list[str]:
    there = planned(made.station, made.starts_at, made.ends_at, now=now)
    others = [each for each in there if each.name != made.name]
    return [words for other in others for words in clash_words([made, other], zone)]


def _effects(
    station: Station, form: PlanForm, zone: ZoneInfo, now: datetime
) -> list[str]:
    """Return what the plan would do to what is there."""
    asked = form
    if not form.is_bound:
        may_slot = "how" in form.fields
        asked = PlanForm(form.initial, zone=zone, now=now, may_slot=may_slot)
    asked.is_valid()
    said = asked.cleaned_data
    if "starts_at" not in said:
        return []
    proposed = Airing(
        station=station,
        starts_at=said["starts_at"],
        ends_at=said["ends_at"],
        kind=Kind.SERIES if said.get("how") == WEEKLY else Kind.ONE_OFF,
    )
    there = planned(station, proposed.starts_at, proposed.ends_at, now=now)
    return list(proposal_words(proposed, there, zone))
