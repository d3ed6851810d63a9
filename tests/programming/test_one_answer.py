"""Exactly one answer to "now" at every instant, of years, through the guide itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.extra.django import TestCase

from groundwave.programming.guide import guide, now_and_next
from groundwave.programming.models import Airing, DefaultShow, Kind, Show, Slot
from groundwave.programming.schedule.tiling import tile_at
from groundwave.stations.actions import open_station
from groundwave.stations.models import Licensee, Station
from programming.schedule.test_tiling import SIX_ZONES, rules


YEARS = 3
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365 * YEARS


@st.composite
def slots(draw: st.DrawFn) -> dict[str, object]:
    starts_on = date(2024, 12, 1) + timedelta(days=draw(st.integers(0, DAYS)))
    until = draw(st.none() | st.integers(0, 700).map(timedelta))
    return {
        "starts_on": starts_on,
        "until": until if until is None else starts_on + until,
        "rule": draw(rules),
        "begins": time(
            draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30, 59]))
        ),
        "minutes": draw(st.integers(1, 24 * 60)),
        "timezone": draw(st.sampled_from(["", "", "America/New_York"])),
    }


@st.composite
def one_offs(draw: st.DrawFn) -> dict[str, object]:
    starts_at = FIRST + timedelta(minutes=draw(st.integers(0, DAYS * 24 * 60)))
    return {
        "name": str(draw(st.uuids(version=4))),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=draw(st.integers(1, 48 * 60))),
        "date": starts_at.date(),
        "is_cancelled": draw(st.booleans()),
        "kind": Kind.ONE_OFF,
    }


class TestEveryInstant(TestCase):
    def station(self, zone: str) -> Station:
        licensee = Licensee.objects.create(name="KGND Community Radio")
        return open_station(licensee, slug="kgnd", name="KGND", timezone=zone)

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(
        zone=st.sampled_from(SIX_ZONES),
        planned=st.lists(slots(), max_size=6),
        extra=st.lists(one_offs(), max_size=4),
        days=st.lists(st.integers(0, DAYS), min_size=1, max_size=4),
        seconds=st.lists(st.integers(0, 86_400), min_size=1, max_size=4),
        has_usual=st.booleans(),
    )
    def test_has_one_answer(
        self,
        zone: str,
        planned: list[dict[str, object]],
        extra: list[dict[str, object]],
        days: list[int],
        seconds: list[int],
        has_usual: bool,
    ) -> None:
        station = self.station(zone)
        show = Show.objects.create(title="Jazz", slug="jazz")
        for facts in planned:
            Slot.objects.create(station=station, show=show, **facts)
        for facts in extra:
            Airing.objects.create(station=station, show=show, **facts)
        if has_usual:
            DefaultShow.objects.create(station=station, show=show)

        for day in days:
            start = FIRST + timedelta(days=day)
            end = start + timedelta(days=3)
            tiles = guide(station, start, end, now=FIRST)
            assert (tiles[0].starts_at, tiles[-1].ends_at) == (start, end)
            assert all(each.starts_at < each.ends_at for each in tiles)
            assert all(one.ends_at == two.starts_at for one, two in pairwise(tiles))
            for second in seconds:
                at = start + timedelta(days=1, seconds=second)
                found = [t for t in tiles if t.starts_at <= at < t.ends_at]
                assert found == [tile_at(tiles, at)]
                on_air = now_and_next(station, now=at).on_air
                assert on_air.starts_at <= at < on_air.ends_at


@pytest.mark.django_db
@pytest.mark.parametrize("zone", SIX_ZONES)
def test_a_guide_of_years_has_neither_gap_nor_overlap(zone: str) -> None:
    """Of what fills the wall clock, on every day of three years, with a pre-emption."""
    licensee = Licensee.objects.create(name="KGND Community Radio")
    station = open_station(licensee, slug="kgnd", name="KGND", timezone=zone)
    edges = [0, 1, 2, 2.5, 3, 6, 9, 23.5, 24]
    for begins, ends in pairwise(edges):
        Slot.objects.create(
            station=station,
            show=Show.objects.create(title=f"From {begins}", slug=f"s{begins}"),
            starts_on=date(2024, 12, 1),
            begins=time(int(begins), int(begins % 1 * 60)),
            minutes=int((ends - begins) * 60),
            rule="FREQ=DAILY",
        )
    start, end = FIRST, FIRST + timedelta(days=DAYS)

    tiles = guide(station, start, end, now=FIRST)

    assert (tiles[0].starts_at, tiles[-1].ends_at) == (start, end)
    assert all(one.ends_at == two.starts_at for one, two in pairwise(tiles))
    assert all(each.planned for each in tiles)
    assert len(tiles) > DAYS * (len(edges) - 2)
