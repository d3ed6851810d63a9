"""Whatever is done to slots: every instant has one answer, and the past keeps its own."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from groundwave.programming.actions import (
    change_slot,
    end_slot,
    materialize,
    plan_slot,
    remove_slot,
)
from groundwave.programming.errors import NothingLeft
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Show, Slot
from groundwave.stations.models import Station
from programming.conftest import NOW


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START = NOW - 3 * DAY
RULES = ["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"]

facts = st.fixed_dictionaries(
    {
        "begins": st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])),
        "minutes": st.sampled_from([30, 60, 180, 1500]),
        "rule": st.sampled_from(RULES),
    }
)
deeds = st.tuples(
    st.sampled_from(["plan", "change", "end", "remove", "zone"]),
    st.integers(0, 9),  # which slot
    st.integers(1, 9),  # from how many days on
    facts,
    st.integers(0, 5 * 24).map(lambda hours: timedelta(hours=hours)),  # and then waits
)


def do(deed: str, slot: Slot | None, day: date, said: dict, now: datetime):
    station = Station.objects.get()
    if deed == "plan" or slot is None:
        show = Show.objects.order_by("?").first()
        plan_slot(station, show=show, starts_on=day, now=now, **said)
    elif deed == "change":
        with suppress(NothingLeft):
            change_slot(slot, from_date=day, now=now, **said)
    elif deed == "end":
        end_slot(slot, last_date=day, now=now)
    elif deed == "remove":
        remove_slot(slot, now=now)
    else:
        zone = {"America/Denver": "Asia/Kathmandu"}.get(station.timezone)
        Station.objects.update(timezone=zone or "America/Denver")


def heard(start: datetime, end: datetime, now: datetime):
    tiles = guide(Station.objects.get(), start, end, now=now)
    return [
        (each.starts_at, each.ends_at, each.planned and each.planned.show_id)
        for each in tiles
    ]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=st.lists(deeds, min_size=2, max_size=8))
def test_the_past_stays_as_it_was_heard(kgnd, story):
    with transaction.atomic():
        for title in ("Jazz", "News"):
            Show.objects.create(title=title, slug=title.lower())
        now, before = START, heard(START - DAY, START, START)
        for deed, which, days, said, wait in story:
            slots = list(Slot.objects.all())
            slot = slots[which % len(slots)] if slots else None
            do(deed, slot, (now + days * DAY).date() + DAY, said, now)
            materialize(now)
            assert heard(START - DAY, now, now) == before

            now += wait
            materialize(now)
            before = heard(START - DAY, now, now)
            week = heard(START - DAY, now + 7 * DAY, now)
            assert all(one[1] == other[0] for one, other in pairwise(week))
            assert materialize(now) == 0
        assert not Airing.objects.filter(ends_at__gt=now, slot=None).exists()
        transaction.set_rollback(True)
