from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW
from groundwave.stations.models import SourceIncident
from groundwave.stations.plot import WIDTH
from groundwave.stations.timeline import Timeline, by_day


pytestmark = pytest.mark.django_db

DENVER = ZoneInfo("America/Denver")
LONG = timedelta(hours=10)


def happened(kind, hours_ago, role="", station="kgnd", sentence="It happened."):
    SourceIncident.objects.note(
        at=NOW - timedelta(hours=hours_ago),
        station=station,
        kind=kind,
        role=role,
        sentence=sentence,
    )


@pytest.fixture
def timeline():
    return Timeline("kgnd", NOW - LONG, NOW, DENVER)


def test_it_shows_who_was_heard_from_when_to_when(timeline):
    happened("on_air", 20, "standby")
    happened("on_air", 5, "studio")
    happened("on_air", 1)

    assert [(band.kind, band.x, band.width) for band in timeline.bands] == [
        ("standby", 0, WIDTH / 2),
        ("studio", WIDTH / 2, WIDTH * 0.4),
        ("nothing", WIDTH * 0.9, WIDTH * 0.1),
    ]
    assert timeline.words.startswith("Standby from 01:30 to 06:30; Studio from 06:30")


def test_of_the_time_before_the_first_change_nothing_is_claimed(timeline):
    happened("on_air", 5, "studio")

    assert [band.x for band in timeline.bands] == [WIDTH / 2]


def test_of_a_station_of_which_nothing_is_known_it_says_so(timeline):
    happened("on_air", 5, "studio", station="jazz")

    assert timeline.bands == []
    assert timeline.words == "Nothing is known of this time."


def test_what_else_happened_is_marked_where_it_did(timeline):
    happened("connected", 5)
    happened("trouble", 12)

    (mark,) = timeline.marks
    assert (mark.incident.kind, mark.x) == ("connected", WIDTH / 2)


def test_each_kind_has_a_shape_of_its_own(timeline):
    for kind in ("connected", "disconnected", "refused", "trouble"):
        happened(kind, 2)

    assert len({mark.shape for mark in timeline.marks}) == 4


def test_the_lines_are_round_hours_of_the_named_clock(timeline):
    assert timeline.ticks[0].words == "02:00"


def test_a_month_is_told_by_dates():
    ticks = Timeline("kgnd", NOW - timedelta(days=28), NOW, DENVER).ticks

    assert len(ticks) <= 14
    assert all(" " in tick.words for tick in ticks)


def test_incidents_stand_under_the_days_of_the_named_clock():
    happened("connected", 1)  # Sunday, 1 November
    happened("disconnected", 13)  # still Saturday in Denver

    days = by_day(SourceIncident.objects.all(), DENVER)
    assert [(f"{day:%d}", len(found)) for day, found in days] == [("01", 1), ("31", 1)]
