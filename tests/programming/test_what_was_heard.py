"""Whatever is done to a schedule: each instant has one answer, and the past keeps its own."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from groundwave.programming.actions import (
    bring_back_show,
    cancel_airing,
    change_slot,
    end_slot,
    materialize,
    override_airing,
    plan_slot,
    pre_empt,
    remove_slot,
    restore_airing,
    retire_show,
)
from groundwave.programming.errors import AlreadyAired, NothingLeft
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Kind, Show, Slot
from groundwave.stations.models import Station
from programming.conftest import NOW


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START = NOW - 3 * DAY
RULES = ["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"]

facts = st.fixed_dictionaries(
    {
        "begins": st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])),
        "minutes": st.sampled_from([30, 60, 180, 1440]),
        "rule": st.sampled_from(RULES),
    }
)
slot_deeds = st.sampled_from(["plan", "change", "end", "remove", "zone"])
airing_deeds = st.sampled_from(["cancel", "override", "restore", "pre-empt", "retire"])
half_hours = st.integers(-6, 12).map(lambda halves: timedelta(minutes=30 * halves))
deeds = st.tuples(
    slot_deeds | airing_deeds,
    st.integers(0, 9),  # which slot, or airing, or show
    st.integers(1, 9),  # from how many days on
    facts,
    half_hours,  # before or after now, what is moved or laid over is to begin
    st.integers(0, 5 * 48).map(lambda halves: timedelta(minutes=30 * halves)),  # waits
)


def chosen(things, which: int):
    several = list(things)
    return several[which % len(several)] if several else None


def do(deed: str, which: int, day: date, said: dict, off: timedelta, now: datetime):
    slot = chosen(Slot.objects.order_by("pk"), which)
    show = chosen(Show.objects.order_by("pk"), which)
    station = Station.objects.get()
    if deed == "plan" or slot is None:
        plan_slot(station, show=show, starts_on=day, now=now, **said)
    elif deed == "change":
        with suppress(NothingLeft, ValidationError):
            change_slot(slot, from_date=day, now=now, **said)
    elif deed == "end":
        end_slot(slot, last_date=day, now=now)
    elif deed == "remove":
        remove_slot(slot, now=now)
    elif deed == "zone":
        zone = {"America/Denver": "Asia/Kathmandu"}.get(station.timezone)
        Station.objects.update(timezone=zone or "America/Denver")
    elif deed == "retire":
        retire_show(show, now=now)
        bring_back_show(show)  # else there would soon be nothing to plan
    else:
        do_to_airing(deed, which, show, now + off, said["minutes"], now)


def do_to_airing(deed, which, show, starts_at, minutes, now):
    """Do it to one that is on the air, or the next; it may be refused, but not the past."""
    there = Airing.objects.filter(ends_at__gt=now).order_by("starts_at", "name")
    airing = chosen(there[:3], which)
    span = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)}
    with suppress(AlreadyAired, ValidationError):
        if deed == "pre-empt" or airing is None:
            pre_empt(Station.objects.get(), show=show, now=now, **span)
        elif deed == "cancel":
            cancel_airing(airing, now=now)
        elif deed == "restore":
            restore_airing(airing, now=now)
        elif which % 2:
            override_airing(airing, ends_at=span["ends_at"], now=now)
        else:
            override_airing(airing, show=show, now=now, **span)


def heard(start: datetime, end: datetime, now: datetime):
    tiles = guide(Station.objects.get(), start, end, now=now)
    return [
        (each.starts_at, each.ends_at, each.planned and each.planned.show_id)
        for each in tiles
    ]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=st.lists(deeds, min_size=2, max_size=8))
def test_the_past_stays_as_it_was_heard(kgnd, story):
    with transaction.atomic():
        for title in ("Jazz", "News"):
            Show.objects.create(title=title, slug=title.lower())
        now, before = START, heard(START - DAY, START, START)
        for deed, which, days, said, off, wait in story:
            do(deed, which, (now + days * DAY).date() + DAY, said, off, now)
            materialize(now)
            assert heard(START - DAY, now, now) == before

            now += wait
            materialize(now)
            before = heard(START - DAY, now, now)
            week = heard(START - DAY, now + 7 * DAY, now)
            assert all(one[1] == other[0] for one, other in pairwise(week))
            assert materialize(now) == 0
        assert not Airing.objects.filter(
            ends_at__gt=now, slot=None, kind=Kind.SERIES
        ).exists()
        transaction.set_rollback(True)
