"""One airing of the week: moved, resized, cancelled, or put back."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groundwave.programming.actions import (
    cancel_airing,
    change_slot,
    end_slot,
    give_episode,
    override_airing,
    restore_airing,
)
from groundwave.programming.admin.time_words import date_words, day_words, span_words
from groundwave.programming.admin.week_forms import (
    FOLLOWING,
    AiringForm,
    EpisodeForm,
)
from groundwave.programming.admin.week_found import Found, find
from groundwave.programming.admin.week_moves import CannotMove, moved_dates
from groundwave.programming.admin.week_page import done, form_page, week_url
from groundwave.programming.admin.week_words import clash_words, proposal_words
from groundwave.programming.errors import ScheduleError
from groundwave.programming.guide import planned
from groundwave.programming.models.airing import Kind
from groundwave.programming.schedule.walltime import wall_time


_DAY = timedelta(days=1)


class NotSure(Exception):
    """It cannot be undone, and nobody has said yet that it is meant."""


@permission_required("programming.change_airing", raise_exception=True)
@require_http_methods(["GET", "POST"])
def airing(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show where it lies, and do with it what is asked."""
    found = find(request, slug, name)
    asked = request.POST if request.method == "POST" else request.GET
    data = asked if "date" in asked else None
    form = AiringForm(
        data,
        initial=found.initial,
        zone=found.zone,
        now=found.now,
        may_follow=found.may_follow,
    )
    troubles: list[str] = []
    question = False
    if request.method == "POST":
        try:
            if answer := _carry_out(request, found, form):
                return answer
        except NotSure:
            question = True
        except (ScheduleError, CannotMove) as trouble:
            troubles = [str(trouble)]
        except ValidationError as refusal:
            troubles = refusal.messages
    shown = {
        "form": form,
        "episode_form": EpisodeForm(airing=found.airing),
        "found": found,
        "action": request.path + f"?on={found.day}",
        "troubles": troubles,
        "question": question,
        "effects": _effects(found, form),
        "back": f"{week_url(found.station)}?date={found.day}",
    }
    title = found.airing.show.title
    return form_page(request, "week_airing.html", title, shown)


def _carry_out(
    request: HttpRequest, found: Found, form: AiringForm
) -> HttpResponse | None:
    """Do what is asked; ``None`` if the form says why not."""
    facts = {"show": found.airing.show.title, "day": day_words(found.day)}
    match request.POST.get("do", "move"):
        case "episode":
            return _give_episode(request, found)
        case "cancel":
            cancel_airing(found.airing, now=found.now, by=found.by)
            said = _("%(show)s on %(day)s is cancelled. It can be put back here.")
            if found.is_on_air:
                said = _("%(show)s ends now; its rest can be put back here.")
        case "restore":
            back = restore_airing(found.airing, now=found.now, by=found.by)
            said = _("%(show)s on %(day)s is back as it was planned.")
            if back is None:
                said = _(
                    "The slot of %(show)s has nothing to come on %(day)s any more."
                )
        case "end":
            _end(found, is_sure="sure" in request.POST)
            said = _("%(show)s airs in this slot no more from %(day)s on.")
        case _:
            return _move(request, found, form) if form.is_valid() else None
    return done(request, found.station, found.day, said % facts)


def _give_episode(request: HttpRequest, found: Found) -> HttpResponse | None:
    form = EpisodeForm(request.POST, airing=found.airing)
    if not form.is_valid():
        raise ValidationError(_("That episode is another show's; choose one of this."))
    episode = form.cleaned_data["episode"]
    give_episode(found.airing, episode, by=found.by)
    facts = {"show": found.airing.show.title, "day": day_words(found.day)}
    said = _("%(show)s on %(day)s is no episode in particular.")
    if episode:
        said = _("%(show)s on %(day)s is the episode %(episode)s.")
        facts["episode"] = episode.title
    return done(request, found.station, found.day, said % facts)


def _end(found: Found, *, is_sure: bool) -> None:
    slot = found.airing.slot
    if slot is None or not found.may_end:
        raise PermissionDenied
    if not is_sure:
        raise NotSure
    last_date = found.airing.date - _DAY
    end_slot(slot, last_date=last_date, now=found.now, by=found.by)


def _move(request: HttpRequest, found: Found, form: AiringForm) -> HttpResponse:
    said = form.cleaned_data
    if said.get("reach") == FOLLOWING:
        sentence = _move_following(found, form)
    else:
        moved = override_airing(
            found.airing,
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
            now=found.now,
            by=found.by,
        )
        span = span_words(moved.starts_at, moved.ends_at, found.zone)
        sentence = _("%(show)s now airs %(span)s, on this date only.") % {
            "show": found.airing.show.title,
            "span": span,
        }
    warnings = _clashes(found, said["starts_at"])
    return done(request, found.station, said["date"], sentence, warnings)


def _move_following(found: Found, form: AiringForm) -> str:
    """Let the slot say so from this date on, by its own wall clock."""
    slot = found.airing.slot
    if slot is None:
        raise PermissionDenied
    wall = _slot_wall(form.cleaned_data, found, slot.zone)
    old, new = found.airing.date, wall.date()
    facts: dict[str, Any] = {"begins": wall.time(), **moved_dates(slot, old, new)}
    # On a night the clocks change it may last longer or less than the slot says.
    if "minutes" in form.changed_data:
        facts["minutes"] = form.cleaned_data["minutes"]
    with transaction.atomic():
        changed = change_slot(
            slot, from_date=min(old, new), now=found.now, by=found.by, **facts
        )
        if found.is_changed:  # it would stay where it was moved by itself before
            restore_airing(found.airing, now=found.now, by=found.by)
    later = changed.next_part
    sentence = _("%(show)s now airs at %(time)s from %(day)s on.")
    if later:
        sentence = _(
            "%(show)s now airs at %(time)s from %(day)s on. From %(later)s on it airs as "
            "was planned for then already."
        )
    return sentence % {
        "show": found.airing.show.title,
        "time": f"{form.cleaned_data['begins']:%H:%M}",
        "day": day_words(form.cleaned_data["date"]),
        "later": date_words(later.starts_on) if later else "",
    }


def _slot_wall(said: dict[str, Any], found: Found, zone: ZoneInfo) -> datetime:
    """Return the wall time in the slot's zone, also on a date that skips it."""
    if zone == found.zone:
        return datetime.combine(said["date"], said["begins"])
    return wall_time(said["starts_at"], zone)


def _clashes(found: Found, at: datetime) -> Iterator[str]:
    """Yield the clashes around what was changed, as they are now."""
    there = planned(found.station, at - _DAY, at + _DAY, now=found.now)
    name = found.airing.name
    mine = next((each for each in there if each.name == name), None)
    if mine is None:
        return
    met = [
        each
        for each in there
        if each.starts_at < mine.ends_at and each.ends_at > mine.starts_at
    ]
    for other in met:
        if other is not mine:
            yield from clash_words([mine, other], found.zone)


def _effects(found: Found, form: AiringForm) -> list[str]:
    """Return what the airing does, or would do where the form puts it."""
    proposed = copy(found.airing)
    if form.is_bound and form.is_valid():
        proposed.starts_at = form.cleaned_data["starts_at"]
        proposed.ends_at = form.cleaned_data["ends_at"]
        is_single = form.cleaned_data.get("reach") != FOLLOWING
        if is_single and proposed.kind == Kind.SERIES and form.has_changed():
            proposed.kind = Kind.OVERRIDE
    elif form.is_bound:
        return []
    there = planned(found.station, proposed.starts_at, proposed.ends_at, now=found.now)
    return list(proposal_words(proposed, there, found.zone))
