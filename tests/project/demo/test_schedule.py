from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.people.models import Person
from groundwave.programming.guide import default_show, now_and_next, planned
from groundwave.programming.models import Airing, Episode, Show, Slot
from groundwave.programming.schedule.clashes import clashes
from groundwave.project.demo.schedule import plan_demo_week
from groundwave.project.demo.station import open_demo_station
from groundwave.project.demo.week import PEOPLE, SHOWS
from groundwave.stations.models import Station


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


@pytest.fixture
def station():
    open_demo_station(NOW)
    station = Station.objects.get()
    assert plan_demo_week(station, now=NOW)
    return station


def test_nothing_in_the_week_is_in_the_way_of_anything_else(station):
    weeks = planned(station, NOW, NOW + timedelta(days=70), now=NOW)

    assert list(clashes(weeks)) == []


def test_it_is_planned_once_and_what_people_made_of_it_stays(station):
    Slot.objects.filter(show__slug="blue-hour").delete()
    before = list(Slot.objects.all())

    assert not plan_demo_week(station, now=NOW + timedelta(days=1))
    assert list(Slot.objects.all()) == before


def test_there_is_something_on_now_something_next_and_something_last_week(station):
    found = now_and_next(station, now=NOW)

    assert found.on_air.starts_at <= NOW < found.on_air.ends_at
    assert found.following
    assert default_show(station).title == "Between the Tides"
    assert Airing.objects.filter(ends_at__lt=NOW).count() > 50


def test_every_show_of_the_week_is_heard_within_six_weeks(station):
    aired = set(Airing.objects.values_list("show__slug", flat=True))

    assert aired == {each.slug for each in SHOWS}


def test_whoever_hosts_a_show_is_introduced(station):
    hosts = {name for each in SHOWS for name in each.hosts}

    assert hosts <= {each.name for each in PEOPLE}
    assert not Person.objects.filter(hosted__isnull=False, biography="").exists()


def test_episodes_are_those_of_the_airings_that_come_next(station):
    named = Airing.objects.exclude(episode=None).select_related("episode")

    assert (
        len(named)
        == Episode.objects.filter(audio=None).count()
        == sum(len(e.episodes) for e in SHOWS)
    )
    assert all(each.ends_at > NOW and each.episode.show == each.show for each in named)


def test_no_title_is_too_long_for_a_phone(station):
    assert max(len(show.title) for show in Show.objects.all()) <= 30
