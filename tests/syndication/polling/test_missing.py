"""Stories that are missing upstream: which go at once, which after a day, which stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest

from equipment.network.faults import Fault, HangUp, Refusing, Unavailable
from equipment.network.stories import story
from groundwave.newsroom.models import Story
from groundwave.syndication.models import Connection, Original, Poll
from groundwave.syndication.polling.missing import A_FEW
from groundwave.syndication.polling.rounds import check_due, poll
from syndication.polling.conftest import NOW


pytestmark = pytest.mark.django_db

DOCUMENTS = "/v1/documents"
MANY = A_FEW + 2
EMPTY = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>u:x</id>'
    b"<updated>2026-01-01T00:00:00Z</updated></feed>"
)


class Poisoned(Unavailable):
    """Fails whenever it is asked for one story, alone or among others."""

    def __init__(self, id_):
        super().__init__(times=9999)
        self._id = id_

    def spoil(self, asked, answer):
        is_hit = self._id in (*dict(asked.parameters).get("ids", "").split(","),)
        is_it = asked.path.endswith(self._id)
        return super().spoil(asked, answer) if is_hit or is_it else answer()


class Bodiless(Fault):
    """Knows of nothing, in nobody's words."""

    def spoil(self, asked, answer):
        if asked.path == DOCUMENTS:
            return replace(answer(), body=b'{"resources": []}')
        return replace(answer(), status=HTTPStatus.NOT_FOUND, body=b"")


class EmptyFeed(Fault):
    def spoil(self, asked, answer):
        return replace(answer(), body=EMPTY)


class NotFound(Fault):
    def spoil(self, asked, answer):
        return replace(answer(), status=HTTPStatus.NOT_FOUND, body=b"Rebuilding")


def publish(network, count):
    network.publish(*[story(f"far-{n}", title=f"Story {n}") for n in range(count)])


def look(clock, *, times=1, **span):
    for _ in range(times):
        clock.pass_by(**span)
        while check_due(clock.now):
            pass


def live():
    return Story.objects.live().count()


def delete(network, count):
    for number in range(count):
        network.delete(f"far-{number}")


def test_a_few_that_the_service_has_no_more_go_at_once(network, cds, clock):
    publish(network, MANY)
    poll(cds, now=clock.now)
    delete(network, 5)

    look(clock, minutes=5)

    assert live() == MANY - 5
    assert Connection.objects.get().check_trouble == ""


def test_many_at_once_stay_for_a_day_and_a_person_is_told(network, cds, clock):
    """Such as those of an address that leads to another service now."""
    publish(network, MANY)
    poll(cds, now=clock.now)
    delete(network, MANY)

    look(clock, minutes=5)
    assert live() == MANY
    told = Connection.objects.get().check_trouble
    assert "Check the address" in told
    assert Poll.objects.filter(trouble=told).count() == 1

    look(clock, hours=1, times=23)
    assert live() == MANY

    look(clock, hours=1, times=2)
    assert live() == 0
    assert Connection.objects.get().check_trouble == ""


def test_many_that_come_back_were_never_gone(network, cds, clock):
    publish(network, MANY)
    poll(cds, now=clock.now)
    documents = [network.document(f"far-{n}") for n in range(MANY)]
    delete(network, MANY)
    look(clock, hours=1, times=20)

    network.publish(*documents)
    look(clock, hours=1, times=2)
    assert not Original.objects.exclude(missing_since=None).exists()
    assert Connection.objects.get().check_trouble == ""

    delete(network, MANY)
    look(clock, hours=1, times=20)
    assert live() == MANY


def test_many_that_are_missing_one_after_the_other_are_many(network, cds, clock):
    """Each is asked for at its own time."""
    publish(network, MANY)
    poll(cds, now=clock.now)
    delete(network, MANY)
    for minutes, original in enumerate(Original.objects.all()):
        original.check_due_at = NOW + timedelta(minutes=minutes)
        original.save()

    look(clock, minutes=1, times=MANY)

    assert live() == MANY - A_FEW


def test_many_among_many_more_go_at_once(network, cds, clock):
    publish(network, MANY * 2)
    poll(cds, now=clock.now)
    delete(network, MANY)

    look(clock, minutes=5)

    assert live() == MANY


def test_a_service_that_knows_of_nothing_without_a_word_takes_nothing_down(
    network, cds, clock
):
    publish(network, 5)
    poll(cds, now=clock.now)

    with network.suffering(Bodiless(), at=DOCUMENTS):
        look(clock, hours=1, times=20)

    assert live() == 5
    look(clock, hours=1)
    assert not Original.objects.exclude(missing_since=None).exists()


def test_an_origin_that_is_being_rebuilt_takes_nothing_down(network, feed, clock):
    publish(network, 5)
    poll(feed, now=clock.now)

    with network.suffering(EmptyFeed(), at="/feeds"):
        with network.suffering(NotFound(), at="/news"):
            look(clock, hours=1, times=20)
        look(clock, hours=1)
    look(clock, days=2, times=3)

    assert live() == 5


def test_one_that_cannot_be_looked_at_keeps_no_other(network, cds, clock):
    publish(network, 3)
    poll(cds, now=clock.now)
    delete(network, 2)

    with network.suffering(Unavailable(times=9999), at=f"{DOCUMENTS}/far-0"):
        look(clock, minutes=5)

    assert Original.objects.get(upstream_id="far-1").gone_at
    assert "busy" in Connection.objects.get().check_trouble
    look(clock, minutes=6)
    assert Original.objects.get(upstream_id="far-0").gone_at
    assert Connection.objects.get().check_trouble == ""


def test_one_that_spoils_the_answer_keeps_no_other(network, cds, clock):
    publish(network, 9)
    poll(cds, now=clock.now)
    network.delete("far-7")
    network._archive.keep({**network.document("far-8"), "title": "Corrected"})

    with network.suffering(Poisoned("far-1"), at=DOCUMENTS):
        look(clock, minutes=5)

    assert Original.objects.get(upstream_id="far-7").gone_at
    assert Story.objects.live().filter(title="Corrected").exists()
    assert Original.objects.get(upstream_id="far-1").gone_at is None


def test_a_service_that_is_away_is_asked_a_few_times_and_no_more(network, cds, clock):
    publish(network, 40)
    poll(cds, now=clock.now)
    before = len(network.asked_for(DOCUMENTS))

    with network.suffering(Unavailable(times=9999), at=DOCUMENTS):
        look(clock, minutes=5)

    assert len(network.asked_for(DOCUMENTS)) - before <= 7


@pytest.mark.parametrize(
    "fault", [HangUp(), Refusing("No", status=403), Unavailable(times=999)]
)
def test_of_whose_page_nobody_can_tell_nothing_is_confirmed(
    network, feed, clock, fault
):
    publish(network, 1)
    poll(feed, now=clock.now)
    checked_at = Original.objects.get().checked_at

    with (
        network.suffering(fault, at="/news"),
        network.suffering(EmptyFeed(), at="/feeds"),
    ):
        look(clock, days=1, times=3)

    original = Original.objects.get()
    assert (original.gone_at, original.checked_at) == (None, checked_at)
    assert Connection.objects.get().check_trouble


def test_a_page_that_is_withheld_by_law_is_taken_down(network, feed, clock):
    publish(network, 1)
    poll(feed, now=clock.now)

    with (
        network.suffering(Refusing("By order", status=451), at="/news"),
        network.suffering(EmptyFeed(), at="/feeds"),
    ):
        look(clock, minutes=5)

    assert Original.objects.get().gone_at
