"""Something new on the week grid: a one-off over what is there, or a weekly slot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundwave.programming.actions import plan_slot, pre_empt
from groundwave.programming.admin.time_words import day_words, span_words
from groundwave.programming.admin.week_forms import WEEKLY, PlanForm
from groundwave.programming.admin.week_page import done, form_page, week_url
from groundwave.programming.admin.week_words import clash_words, proposal_words
from groundwave.programming.errors import ScheduleError
from groundwave.programming.guide import planned
from groundwave.programming.models import Airing
from groundwave.programming.models.airing import Kind
from groundwave.programming.schedule.repeats import WEEKDAYS
from groundwave.programming.schedule.walltime import wall_time
from groundwave.stations.models import Station


DEFAULT_MINUTES = 60


@permission_required("programming.add_airing", raise_exception=True)
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
        station=station,
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
    initial |= {name: request.GET[name] for name in asked if name in request.GET}
    return initial | {"also_on": request.GET.getlist("also_on")}


def _carry_out(
    request: HttpRequest, station: Station, form: PlanForm, now: datetime
) -> HttpResponse:
    said = form.cleaned_data
    if said.get("how") == WEEKLY:
        return _plan_weekly(request, station, said, now)
    with transaction.atomic():
        made = [
            pre_empt(
                each,
                show=said["show"],
                starts_at=said["starts_at"],
                ends_at=said["ends_at"],
                episode=said["episode"],
                by=request.user,  # type: ignore[arg-type]
                now=now,
            )
            for each in _stations(station, said)
        ]
    zone = ZoneInfo(station.timezone)
    facts = {
        "show": made[0].show.title,
        "span": span_words(made[0].starts_at, made[0].ends_at, zone),
        "stations": get_text_list([str(each.station) for each in made], _("and")),
    }
    sentence = _("%(show)s airs once, %(span)s.")
    if len(made) > 1:
        sentence = _("%(show)s airs once, %(span)s, on %(stations)s.")
    warnings = [words for each in made for words in _clashes(each, station, now)]
    return done(request, station, said["date"], sentence % facts, warnings)


def _stations(station: Station, said: dict[str, Any]) -> list[Station]:
    """Return where it is to be heard, the week's own station first."""
    return [station, *said.get("also_on", ())]


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
        also_on=said.get("also_on", ()),
        now=now,
        by=request.user,  # type: ignore[arg-type]
    )
    sentence = _("%(show)s airs every week at %(time)s from %(day)s on.") % {
        "show": slot.show.title,
        "time": f"{slot.begins:%H:%M}",
        "day": day_words(on),
    }
    found = slot.pattern.occurrence(on)
    warnings = [
        words
        for each in _stations(station, said)
        for words in _clashes(Airing.of(slot, found, each), station, now)
    ]
    return done(request, station, on, sentence, warnings)


def _clashes(made: Airing, station: Station, now: datetime) -> list[str]:
    """Return with what it clashes where it is heard, by the clock of *station*."""
    zone = ZoneInfo(station.timezone)
    there = planned(made.station, made.starts_at, made.ends_at, now=now)
    others = [each for each in there if each.name != made.name]
    found = [words for other in others for words in clash_words([made, other], zone)]
    return _named(found, made.station, station)


def _effects(
    station: Station, form: PlanForm, zone: ZoneInfo, now: datetime
) -> list[str]:
    """Return what the plan would do to what is there, wherever it is heard."""
    asked = form
    if not form.is_bound:
        may_slot = "how" in form.fields
        asked = PlanForm(
            form.initial, station=station, zone=zone, now=now, may_slot=may_slot
        )
    asked.is_valid()
    said = asked.cleaned_data
    if "starts_at" not in said:
        return []
    effects: list[str] = []
    for each in _stations(station, said):
        proposed = Airing(
            station=each,
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
            kind=Kind.SERIES if said.get("how") == WEEKLY else Kind.ONE_OFF,
        )
        there = planned(each, proposed.starts_at, proposed.ends_at, now=now)
        effects += _named(proposal_words(proposed, there, zone), each, station)
    return effects


def _named(said: Iterable[str], of: Station, week: Station) -> list[str]:
    """Say of which station it is, unless that is the one whose week is shown."""
    return [each if of == week else f"{of}: {each}" for each in said]
