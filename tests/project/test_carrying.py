"""The worker's part in carrying: step by step, whatever fails."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.broken_database import failing_once
from equipment.network.server import Network
from equipment.network.stories import story
from groundwave.newsroom.models import Story
from groundwave.pages.models import HomePage, SectionPage
from groundwave.project import carrying
from groundwave.project.carrying import LOOK_SECONDS, run_carrying, run_passing_on
from groundwave.syndication.models import Connection, Original
from groundwave.wire.http.host import read_host


pytestmark = pytest.mark.django_db


class Looks(threading.Event):
    """A stop signal under which a rest takes no time; set after so many of them."""

    def __init__(self, rests, between=lambda: None):
        super().__init__()
        self.rested = []
        self._rests, self._between = rests, between

    def wait(self, timeout=None):
        self.rested.append(timeout)
        if len(self.rested) == self._rests:
            self.set()
        else:
            self._between()
        return self.is_set()


@pytest.fixture
def network(settings):
    with Network() as network:
        host = read_host(network.url.removeprefix("http://"))
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([host])
        yield network


@pytest.fixture
def connect(network):
    section = HomePage.objects.get().add_child(
        instance=SectionPage(title="Nation", slug="nation")
    )

    def connect(name, **facts):
        known = {"address": network.url, "key": network.token, "arrival": "publish"}
        return Connection.objects.create(
            name=name, upstream="cds", section=section, origin=name, **(known | facts)
        )

    return connect


def test_what_is_due_is_done_at_once_and_then_it_rests(network, connect):
    connect("Far Shore")
    network.publish(story("far-1"))
    looks = Looks(1)

    run_carrying(looks)

    assert Story.objects.live().exists()
    assert looks.rested == [LOOK_SECONDS]


def test_what_was_held_is_published_at_its_time(network, connect):
    connect("Far Shore", arrival="hold", hold_minutes=0)
    network.publish(story("far-1"))

    run_carrying(Looks(1))

    assert Story.objects.live().exists()


def test_what_is_taken_back_is_taken_down(network, connect):
    connect("Far Shore")
    network.publish(story("far-1"))

    def takes_back():
        network.delete("far-1")
        Original.objects.update(check_due_at=timezone.now() - timedelta(seconds=1))

    run_carrying(Looks(2, takes_back))

    assert Original.objects.get().gone_at
    assert not Story.objects.live().exists()


def test_one_connection_that_breaks_our_program_stops_no_other(
    network, connect, monkeypatch
):
    connect("Broken", address="https://far-shore.example", query="ids=1")
    connect("Far Shore")
    network.publish(story("far-1"))
    real = carrying.poll_due

    def breaks_once(now):
        monkeypatch.setattr(carrying, "poll_due", real)
        raise ZeroDivisionError

    monkeypatch.setattr(carrying, "poll_due", breaks_once)

    run_carrying(Looks(1))
    assert not Story.objects.exists()
    run_carrying(Looks(1))
    assert Story.objects.live().exists()


def test_with_the_database_away_it_looks_again(network, connect):
    connect("Far Shore")
    network.publish(story("far-1"))
    looks = Looks(2)

    with failing_once("syndication_connection"):
        run_carrying(looks)

    assert Story.objects.live().exists()


def test_ours_go_out_until_it_is_stopped():
    looks = Looks(3)

    run_passing_on(looks)

    assert looks.rested == [LOOK_SECONDS] * 3


def test_leases_are_looked_after_at_once_and_then_seldom():
    looked, hour = [], timezone.now()
    leases = carrying._every(timedelta(minutes=5), lambda now: looked.append(now) or 1)

    done = [leases(hour + timedelta(minutes=each)) for each in (0, 4, 5, 9)]

    assert done == [1, 0, 1, 0]
    assert len(looked) == 2
