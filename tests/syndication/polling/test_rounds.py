"""Rounds: from a question to what becomes of each story, whatever goes wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from equipment.network.changes import restricted, retyped, with_facts, without
from equipment.network.faults import (
    CutOff,
    HangUp,
    HtmlInstead,
    NoJson,
    Refusing,
    Slow,
    Unavailable,
)
from equipment.network.others import newscast
from equipment.network.stories import every_story, story
from groundwave.delivery.edition.writes import changes_content
from groundwave.newsroom.models import Story
from groundwave.syndication.actions import leaving
from groundwave.syndication.models import (
    Connection,
    Network,
    Original,
    Outcome,
    PhotoLease,
    Poll,
    SoundLease,
)
from groundwave.syndication.polling import rounds, taking
from groundwave.syndication.polling.leases import look_after_leases
from groundwave.syndication.polling.rounds import (
    LONGEST_PAUSE,
    check,
    check_due,
    poll,
    poll_due,
)
from syndication.polling.conftest import NOW, became, said_of


pytestmark = pytest.mark.django_db

DOCUMENTS = "/v1/documents"


def test_what_is_new_is_taken_over_and_told(network, cds, clock):
    network.publish(story("far-1", title="Bell buoy found"))

    told = poll(cds, now=clock.now)

    assert Story.objects.live().get().title == "Bell buoy found"
    assert became() == [("far-1", "published")]
    assert (told.found, told.done, told.trouble) == (1, 1, "")
    assert told.ended_at


def test_nothing_new_leaves_nothing(network, cds, clock):
    network.publish(story("far-1"))
    poll(cds, now=clock.now)
    Poll.objects.all().delete()

    for _ in range(3):
        assert poll(cds, now=clock.pass_by(minutes=3)) is None

    assert not Poll.objects.exists()


def test_a_correction_follows_though_its_date_stays(network, cds, clock):
    network.publish(story("far-1", title="Bell buoy fond"))
    poll(cds, now=clock.now)
    clock.pass_by(minutes=3)
    network.change("far-1", with_facts, title="Bell buoy found")

    poll(cds, now=clock.now)

    assert Story.objects.live().get().title == "Bell buoy found"


PASSED_OVER = [
    (newscast("far-1"), {}, "newscast"),
    (story("far-1", title="WATCH LIVE: the harbor"), {}, "Watch Live:"),
    (story("far-1"), {"owners": "s902"}, "belongs to"),
]


@pytest.mark.parametrize(("document", "policy", "words"), PASSED_OVER)
def test_what_the_policy_passes_over_is_told_once_and_nothing_is_fetched(
    network, connect, clock, document, policy, words
):
    connection = connect(**policy)
    network.publish(document)

    assert poll(connection, now=clock.now)
    assert poll(connection, now=clock.pass_by(minutes=3)) is None

    assert became() == [("far-1", "skipped")]
    assert words in said_of("far-1")
    assert not Original.objects.exists()
    assert not network.asked_for("/v4")


def test_owners_on_the_list_come(network, connect, clock):
    network.publish(story("far-1"))

    poll(connect(owners="s902\nS901"), now=clock.now)

    assert became() == [("far-1", "published")]


def test_our_own_stories_do_not_come_back(network, cds, clock, settings, story_of_ours):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"
    Network.objects.create(
        name="Longwave",
        address=network.url,
        prefix="kgnd",
        service=network.service("s902"),
    )
    canonical = [{"href": "https://kgnd.example/news/x/", "rels": ["canonical"]}]
    network.publish(
        story("far-1", webPages=canonical),
        story("far-2", owner="s902"),
        story(f"gw-{story_of_ours.translation_key}"),
    )

    poll(cds, now=clock.now)

    assert [what for _, what in became()] == ["skipped"] * 3


@pytest.fixture
def story_of_ours(story):
    return story


def test_the_same_story_by_two_connections_comes_once(network, connect, clock):
    one, two = connect("One"), connect("Two")
    network.publish(story("far-1"))

    poll(one, now=clock.now)
    poll(two, now=clock.now)

    assert Story.objects.count() == 1
    assert "by the connection One" in said_of("far-1")


def test_what_an_editor_deleted_does_not_come_back(network, cds, clock):
    network.publish(story("far-1"))
    poll(cds, now=clock.now)
    Story.objects.get().delete()
    clock.pass_by(minutes=3)
    network.change("far-1", with_facts, title="Another headline")

    poll(cds, now=clock.now)
    poll(cds, now=clock.pass_by(minutes=3))

    assert not Story.objects.exists()
    assert became() == [("far-1", "skipped"), ("far-1", "published")]


def test_one_bad_document_stops_no_other(network, cds, clock, monkeypatch):
    network.publish(story("far-1"), story("far-2"), story("far-3"))
    network._archive.keep({**network.document("far-1"), "id": "far-0", "profiles": {}})
    real = taking.take_over

    def breaks_at_two(connection, arrived, **facts):
        if arrived.incoming.id == "far-2":
            raise ZeroDivisionError
        return real(connection, arrived, **facts)

    monkeypatch.setattr(taking, "take_over", breaks_at_two)

    told = poll(cds, now=clock.now)

    assert dict(became())["far-2"] == "failed"
    assert [what for _, what in became()].count("published") == 2
    assert (told.found, told.done) == (4, 4)


def test_a_crowd_is_gone_through_in_several_rounds_and_none_is_lost(
    network, cds, clock, monkeypatch
):
    monkeypatch.setattr(taking, "MOST_A_ROUND", 6)
    network.publish_crowd(13, every=timedelta(0))

    rounds = 0
    while poll_due(clock.now):
        rounds += 1
        clock.pass_by(seconds=6)

    assert Story.objects.count() == 13
    assert rounds == 3
    assert [each.done for each in Poll.objects.order_by("pk")] == [6, 6, 1]


def test_how_far_it_is_can_be_seen_meanwhile(network, cds, clock, monkeypatch):
    monkeypatch.setattr(taking, "_SAVED_EVERY", 1)
    network.publish(story("far-1"), story("far-2"), story("far-3"))
    real, seen = taking.take_over, []

    def look(*said, **facts):
        poll_ = Poll.objects.get()
        seen.append((poll_.found, poll_.done, poll_.ended_at))
        return real(*said, **facts)

    monkeypatch.setattr(taking, "take_over", look)
    poll(cds, now=clock.now)

    assert seen == [(3, 0, None), (3, 1, None), (3, 2, None)]


def test_a_slow_service_holds_up_the_others_for_a_while_only(
    network, cds, clock, monkeypatch
):
    monkeypatch.setattr(taking, "SECONDS_A_ROUND", 0.0)
    network.publish(story("far-1"), story("far-2"))

    told = poll(cds, now=clock.now)

    assert told.done == 1
    assert cds.poll_due_at == clock.now + timedelta(seconds=5)


def test_failures_are_told_in_words_once_and_asked_again_ever_later(
    network, cds, clock
):
    pauses = []
    with network.suffering(Unavailable(times=99)):
        for _ in range(8):
            poll(cds, now=clock.now)
            pauses.append(cds.poll_due_at - clock.now)
            clock.now = cds.poll_due_at

    assert cds.failures == 8
    assert "busy" in cds.trouble
    assert Poll.objects.get().trouble == cds.trouble
    assert pauses[1] > pauses[0]
    assert max(pauses) <= LONGEST_PAUSE * 1.1

    network.publish(story("far-1"))
    poll(cds, now=clock.now)
    assert (cds.failures, cds.trouble) == (0, "")
    assert became() == [("far-1", "published")]


def test_whoever_wants_to_be_left_alone_is(network, cds, clock):
    with network.suffering(Unavailable(times=1, retry_after=1800)):
        poll(cds, now=clock.now)

    assert cds.poll_due_at == clock.now + timedelta(minutes=30)


def test_no_two_connections_are_asked_for_ever_at_the_same_instants(
    network, connect, clock
):
    made = [connect(f"Number {number}") for number in range(6)]

    for each in made:
        poll(each, now=clock.now)

    assert len({each.poll_due_at for each in made}) > 1


def test_a_wish_to_be_asked_sooner_that_comes_meanwhile_is_kept(
    network, cds, clock, monkeypatch
):
    soon = clock.now + timedelta(seconds=2)
    network.publish(story("far-1"))
    real = taking.take_over

    def wished_meanwhile(*said, **facts):
        Connection.objects.update(poll_due_at=soon)
        return real(*said, **facts)

    monkeypatch.setattr(taking, "take_over", wished_meanwhile)
    poll(cds, now=clock.now)

    assert Connection.objects.get().poll_due_at == soon


def test_a_wish_to_check_that_comes_while_a_story_is_taken_is_kept(
    network, cds, clock, monkeypatch
):
    soon = clock.now + timedelta(seconds=2)
    network.publish(story("far-1"))
    real = taking.take_over

    def wished_thereupon(*said, **facts):
        taken = real(*said, **facts)
        Original.objects.update(check_due_at=soon)
        return taken

    monkeypatch.setattr(taking, "take_over", wished_thereupon)
    poll(cds, now=clock.now)

    assert Original.objects.get().check_due_at == soon


def test_what_nobody_expected_is_told_and_asked_again_ever_later(
    network, connect, clock
):
    broken = connect(key="abcdefghijklmnop\nqrstuvwxyz")

    poll(broken, now=clock.now)
    broken.refresh_from_db()
    assert "Paste the key of this connection anew" in broken.trouble
    assert broken.failures == 1
    assert Poll.objects.get().trouble == broken.trouble

    poll(broken, now=clock.now)
    assert broken.failures == 2


def test_what_another_worker_is_asking_is_not_asked_by_us(
    network, cds, clock, monkeypatch
):
    network.publish(story("far-1"))
    real, others = taking.take_over, []

    def asked_by_another_meanwhile(*said, **facts):
        clock.pass_by(seconds=100)
        others.append(poll_due(clock.now))
        return real(*said, **facts)

    Connection.objects.update(poll_seconds=60)
    monkeypatch.setattr(taking, "take_over", asked_by_another_meanwhile)
    poll_due(clock.now)

    assert others == [False]


def test_of_two_workers_that_check_the_same_one_asks(network, cds, clock, monkeypatch):
    network.publish(story("far-1"))
    poll(cds, now=clock.now)
    clock.pass_by(minutes=5)
    real, asked = rounds._is_claimed, len(network.asked_for(DOCUMENTS))

    def another_was_first(due, now, claimed):
        assert real(due, now, claimed)
        return real(due, now, claimed)

    monkeypatch.setattr(rounds, "_is_claimed", another_was_first)

    assert check(cds, now=clock.now) is None
    assert len(network.asked_for(DOCUMENTS)) == asked


def test_only_connections_that_are_due_and_active_are_polled(network, connect, clock):
    connect("Later", poll_due_at=NOW + timedelta(hours=1))
    connect("Off", is_active=False)
    due = connect("Due")

    assert poll_due(clock.now)
    assert not poll_due(clock.now)
    due.refresh_from_db()
    assert due.polled_at == clock.now


# --- checking ---


@pytest.fixture
def carried(network, cds, clock):
    network.publish(story("far-1"))
    poll(cds, now=clock.now)
    clock.pass_by(minutes=5)
    return Original.objects.get()


def test_what_is_as_it_was_is_asked_for_by_the_timetable(network, cds, clock, carried):
    assert check_due(clock.now)

    carried.refresh_from_db()
    assert carried.checked_at == clock.now
    assert carried.check_due_at == clock.now + timedelta(minutes=5)
    assert not check_due(clock.now)


def test_a_deleted_document_takes_our_copy_down_within_one_check(
    network, cds, clock, carried
):
    network.delete("far-1")

    check_due(clock.now)

    carried.refresh_from_db()
    assert carried.gone_at == clock.now
    assert not Story.objects.live().exists()
    assert became()[0] == ("far-1", "gone")
    assert not check_due(clock.pass_by(days=30))


def test_a_restricted_document_is_taken_down(network, cds, clock, carried):
    network.change("far-1", restricted)

    check_due(clock.now)

    carried.refresh_from_db()
    assert carried.gone_at


def test_a_change_that_no_poll_would_find_is_taken_over(network, cds, clock, carried):
    document = network.document("far-1")
    network._archive.keep({**document, "title": "Quietly another headline"})

    check_due(clock.now)

    assert Story.objects.live().get().title == "Quietly another headline"


OUTAGES = [
    Unavailable(times=99),
    Refusing("Who are you", status=401),
    Refusing("No", status=400),
    HangUp(),
    CutOff(),
    HtmlInstead(),
]
BEFALLEN = [(each, at) for each in OUTAGES for at in (DOCUMENTS, f"{DOCUMENTS}/far-1")]


@pytest.mark.parametrize(("fault", "at"), [*BEFALLEN, (NoJson(), DOCUMENTS)])
def test_an_outage_takes_nothing_down(network, cds, clock, carried, fault, at):
    network.delete("far-1")

    with network.suffering(fault, at=at):
        told = check(cds, now=clock.now)

    carried.refresh_from_db()
    assert carried.gone_at is None
    assert Story.objects.live().exists()
    assert told.trouble
    assert carried.check_due_at == clock.now + timedelta(minutes=5)

    check_due(clock.pass_by(minutes=5))
    carried.refresh_from_db()
    assert carried.gone_at


def test_a_refusal_that_is_not_the_services_own_needs_a_second_look(
    network, cds, clock, carried
):
    """Such as that of a server in between that lost its way."""
    network.delete("far-1")

    with network.suffering(NoJson(), at=f"{DOCUMENTS}/far-1"):
        check_due(clock.now)
        assert Original.objects.get().gone_at is None
        check_due(clock.pass_by(days=1))
        assert Original.objects.get().gone_at


def test_a_document_that_was_missing_by_mistake_stays(network, cds, clock, carried):
    class Forgetful(Slow):
        def spoil(self, asked, answer):
            told = answer()
            asks_ids = "ids" in dict(asked.parameters)
            return type(told)(body=b'{"resources": []}') if asks_ids else told

    with network.suffering(Forgetful(), at=DOCUMENTS):
        check_due(clock.now)

    carried.refresh_from_db()
    assert carried.gone_at is None
    assert carried.checked_at == clock.now


def test_what_comes_back_is_a_draft(network, cds, clock, carried):
    document = network.document("far-1")
    network.delete("far-1")
    check_due(clock.now)
    clock.pass_by(minutes=3)
    network.publish({**document, "title": "Bell buoy found after all"})

    poll(cds, now=clock.now)

    carried.refresh_from_db()
    assert carried.gone_at is None
    assert not Story.objects.get().live
    assert ("far-1", "back") in became()


def test_what_is_restricted_no_more_is_a_draft(network, cds, clock, carried):
    network.change("far-1", restricted)
    poll(cds, now=clock.now)
    assert Original.objects.get().gone_at
    clock.pass_by(minutes=3)
    network.change("far-1", restricted, to=False)

    poll(cds, now=clock.now)

    assert Original.objects.get().gone_at is None
    assert not Story.objects.get().live


def test_what_becomes_something_else_stays_as_it_was_and_is_told(
    network, cds, clock, carried
):
    network.change("far-1", retyped, "podcast-episode")

    check_due(clock.now)
    check_due(clock.pass_by(minutes=5))

    assert Story.objects.live().exists()
    assert "podcast-episode" in said_of("far-1")
    assert became().count(("far-1", "skipped")) == 1

    network.change("far-1", restricted)
    check_due(clock.pass_by(minutes=5))
    assert Original.objects.get().gone_at


def test_a_connection_that_is_switched_off_is_still_checked(
    network, cds, clock, carried
):
    Connection.objects.update(is_active=False)
    network.delete("far-1")

    check_due(clock.now)

    assert Original.objects.get().gone_at


def test_trouble_with_one_that_is_switched_off_is_told(network, cds, clock, carried):
    Connection.objects.update(is_active=False)

    with network.suffering(Unavailable(times=1)):
        check_due(clock.now)
    assert "busy" in Connection.objects.get().check_trouble

    check_due(clock.pass_by(minutes=5))
    assert Connection.objects.get().check_trouble == ""


def test_a_withdrawn_photo_goes_with_the_next_check(network, cds, clock):
    network.publish(every_story())
    poll(cds, now=clock.now)
    assert Story.objects.get().lead_photo
    clock.pass_by(minutes=5)
    network.change("far-ferry", without, "photo-1")

    check_due(clock.now)

    assert not Story.objects.get().lead_photo


def test_pictures_are_leased_for_as_long_as_they_are_there(network, cds, clock):
    network.publish(every_story())
    poll(cds, now=clock.now)
    photo = Story.objects.get().lead_photo
    before = photo.expires_at
    clock.pass_by(days=4)

    check_due(clock.now)
    look_after_leases(clock.now)

    photo.refresh_from_db()
    assert photo.expires_at == before + timedelta(days=4)


def test_what_a_story_left_behind_when_it_was_taken_down_is_ended(
    network, connect, clock, monkeypatch
):
    connection = connect(pictures="keep", keeps_sounds=True)
    network.publish(every_story())
    poll(connection, now=clock.now)
    assert PhotoLease.objects.exists()
    network.delete("far-ferry")
    with monkeypatch.context() as killed:
        killed.setattr(leaving, "end_leases", lambda *said, **facts: None)
        killed.setattr(leaving, "end_recordings", lambda *said, **facts: None)
        check_due(clock.pass_by(minutes=5))
    assert Original.objects.get().gone_at

    assert look_after_leases(clock.now) == 1

    assert not PhotoLease.objects.exists()
    assert not SoundLease.objects.filter(recording__isnull=False).exists()
    assert look_after_leases(clock.now) == 0


def test_a_round_of_nothing_new_asks_the_database_for_the_same_however_many(
    network, cds, clock
):
    def count(stories):
        network.publish_crowd(stories)
        poll(cds, now=clock.now)
        with CaptureQueriesContext(
            database,
        ) as queries:
            poll(cds, now=clock.now)
        return len(queries)

    assert count(2) == count(12)


def test_what_is_as_it_was_changes_no_page(network, cds, clock):
    """Each page would be made anew with every poll."""
    network.publish(every_story())
    poll(cds, now=clock.now)
    check_due(clock.pass_by(minutes=5))
    statements = []

    def note(execute, sql, *facts):
        statements.append(sql)
        return execute(sql, *facts)

    with database.execute_wrapper(note):
        assert poll_due(clock.pass_by(minutes=5))
        assert check_due(clock.now)
        with network.suffering(Unavailable(times=9)):
            assert poll_due(clock.pass_by(minutes=5))
            assert check_due(clock.now)

    assert [sql for sql in statements if changes_content(sql)] == []


def test_what_was_broken_off_is_closed_by_the_next_round(network, cds, clock):
    left = Poll.objects.create(connection=cds, started_at=clock.now, found=9)

    poll(cds, now=clock.pass_by(minutes=3))

    left.refresh_from_db()
    assert left.ended_at == clock.now
    assert not Outcome.objects.exists()
