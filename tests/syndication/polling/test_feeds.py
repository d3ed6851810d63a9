"""A feed as an upstream: what is new in it, what it deletes, and what merely left it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest

from equipment.network.asked import Answer
from equipment.network.changes import with_asset, with_facts
from equipment.network.faults import (
    EntityBomb,
    EntityThief,
    Fault,
    Flood,
    GzipBomb,
    HtmlInstead,
    Redirected,
    Refusing,
    Unavailable,
)
from equipment.network.stories import every_story, paragraphs, story
from groundwave.newsroom.models import Story
from groundwave.syndication.incoming import Heading, Quote, Text
from groundwave.syndication.models import Original
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.syndication.polling.rounds import check_due, poll
from syndication.polling.conftest import became, said_of


pytestmark = pytest.mark.django_db

FORMS = ("atom", "rss", "json")


@pytest.fixture(params=FORMS)
def any_feed(connect, network, request):
    return connect(upstream="feed", address=f"{network.url}/feeds/news.{request.param}")


def of(network, name):
    return f"{network.url}/news/{name}/"


def test_a_story_with_everything_on_it_becomes_one_of_ours(network, any_feed, asks):
    network.publish(every_story())

    found = asks(any_feed).again([of(network, "far-ferry")])
    story_ = found[of(network, "far-ferry")].whole().incoming

    assert story_.canonical == of(network, "far-ferry")
    assert story_.kind == "story"
    assert story_.published_at
    assert story_.authors
    assert story_.updated_line == "Updated February 1, 2026 at 4 p.m. ET"
    assert [type(each) for each in story_.blocks] == [Text, Text, Text, Quote]
    assert story_.sound.is_streamable


def test_what_is_new_comes_and_what_changes_follows(network, any_feed, clock):
    network.publish(story("far-1", title="Bell buoy fond"))
    poll(any_feed, now=clock.now)
    clock.pass_by(minutes=3)
    network.change("far-1", with_facts, title="Bell buoy found")

    poll(any_feed, now=clock.now)

    assert Story.objects.live().get().title == "Bell buoy found"
    assert {what for _, what in became()} == {"updated", "published"}


def test_a_feed_that_has_not_changed_is_not_sent_again(network, any_feed, clock):
    network.publish(story("far-1"))
    poll(any_feed, now=clock.now)

    assert poll(any_feed, now=clock.pass_by(minutes=3)) is None
    asked = network.asked_for("/feeds")
    assert "if-none-match" not in asked[0].headers
    assert asked[1].headers["if-none-match"] == any_feed.etag


def test_a_feed_that_was_not_gone_through_is_asked_for_again_as_a_whole(
    network, feed, asks, clock
):
    network.publish(story("far-1"))
    batches = asks(feed).changed(now=clock.now)
    next(batches)
    batches.close()

    assert feed.etag == ""


def test_a_paragraph_keeps_its_id_when_one_is_put_above_it(network, any_feed, clock):
    said = ["The ferry runs.", "It had been in the yard.", "Flour was short."]
    network.publish(story("far-1", body=paragraphs(*(f"<p>{e}</p>" for e in said))))
    poll(any_feed, now=clock.now)
    before = {str(b.value): b.id for b in Story.objects.get().body}
    clock.pass_by(minutes=3)
    network.change(
        "far-1", with_asset, "text-0", text="<p>New.</p><p>The ferry runs.</p>"
    )

    poll(any_feed, now=clock.now)

    after = {str(b.value): b.id for b in Story.objects.get().body}
    assert len(after) == 4
    assert set(before.values()) < set(after.values())


def test_what_an_atom_feed_calls_deleted_is_taken_down(network, feed, clock):
    network.publish(story("far-1"), story("far-2"))
    poll(feed, now=clock.now)
    network.delete("far-1")

    poll(feed, now=clock.pass_by(minutes=3))
    poll(feed, now=clock.pass_by(minutes=3))

    assert Original.objects.get(upstream_id=of(network, "far-1")).gone_at
    assert became()[0] == (of(network, "far-1"), "gone")
    assert Story.objects.live().count() == 1


def test_what_is_published_again_after_that_is_a_draft(network, feed, clock):
    network.publish(story("far-1"))
    poll(feed, now=clock.now)
    document = network.document("far-1")
    network.delete("far-1")
    poll(feed, now=clock.pass_by(minutes=3))
    clock.pass_by(minutes=3)
    network.publish({**document, "title": "Bell buoy found after all"})

    poll(feed, now=clock.now)

    assert Original.objects.get().gone_at is None
    assert not Story.objects.get().live


def test_what_merely_left_the_feed_stays(network, any_feed, clock):
    network.publish(story("far-1", at=clock.now - timedelta(hours=5)))
    poll(any_feed, now=clock.now)
    clock.pass_by(minutes=10)
    network.publish_crowd(25)

    check_due(clock.now)

    original = Original.objects.get()
    assert original.gone_at is None
    assert original.checked_at == clock.now
    assert Story.objects.live().exists()


def test_what_left_the_feed_and_whose_page_is_gone_is_taken_down(
    network, any_feed, clock
):
    network.publish(story("far-1"))
    poll(any_feed, now=clock.now)
    network.delete("far-1")

    check_due(clock.pass_by(minutes=5))

    assert Original.objects.get().gone_at


class NotFound(Fault):
    def spoil(self, asked, answer):
        return Answer(HTTPStatus.NOT_FOUND, b"Not here")


def left_the_feed(network, feed, clock):
    network.publish(story("far-1", at=clock.now - timedelta(hours=5)))
    poll(feed, now=clock.now)
    network.publish_crowd(25)
    return clock.pass_by(minutes=5)


def test_a_page_that_is_not_found_is_looked_for_again_first(network, feed, clock):
    left_the_feed(network, feed, clock)

    with network.suffering(NotFound(), at="/news"):
        check_due(clock.now)
        assert Original.objects.get().gone_at is None
        check_due(clock.pass_by(hours=23))
        assert Original.objects.get().gone_at is None
        check_due(clock.pass_by(hours=1))
        assert Original.objects.get().gone_at


def test_a_page_that_is_found_again_was_never_gone(network, feed, clock):
    left_the_feed(network, feed, clock)

    for _ in range(3):
        with network.suffering(NotFound(), at="/news"):
            check_due(clock.now)
        check_due(clock.pass_by(minutes=5))
        clock.pass_by(minutes=40)

    assert Original.objects.get().gone_at is None


OUTAGES = [
    Unavailable(times=99),
    Refusing("No", status=403),
    HtmlInstead(),
    Redirected("http://10.1.2.3/"),
]


@pytest.mark.parametrize("fault", OUTAGES)
@pytest.mark.parametrize("at", ["/feeds", "/news"])
def test_an_outage_takes_nothing_down(network, connect, clock, fault, at):
    """Nor does RSS say what was deleted."""
    feed = connect(upstream="feed", address=f"{network.url}/feeds/news.rss")
    left_the_feed(network, feed, clock)
    network.delete("far-1")

    with network.suffering(fault, at=at):
        check_due(clock.now)

    assert Original.objects.get().gone_at is None
    assert Story.objects.live().exists()


def test_a_feed_that_goes_on_with_what_is_gone_does_not_bring_it_back(
    network, connect, clock
):
    """Its page says 410, and the copy of its feed that we are given is an old one."""
    rss = connect(upstream="feed", address=f"{network.url}/feeds/news.rss")
    network.publish(story("far-1"))
    poll(rss, now=clock.now)
    original = Original.objects.get()
    from groundwave.syndication.actions.leaving import take_down

    take_down(original, because="Its page is gone.", now=clock.now)
    network.publish(story("far-2"))

    poll(rss, now=clock.pass_by(minutes=3))

    original.refresh_from_db()
    assert original.gone_at


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (EntityBomb(), "declares entities"),
        (EntityThief(), "declares entities"),
        (Flood(megabytes=200), "more than it should"),
        (Flood(megabytes=200, declared=True), "more than it should"),
        (GzipBomb(megabytes=200), "more than it should"),
        (HtmlInstead(), "web page and not a feed"),
        (Refusing("Who are you", status=401), "Check the key"),
        (Refusing("Gone", status=410), "answered 410"),
        (Redirected("http://127.0.0.1:1/"), "private network"),
        (Unavailable(times=1), "cannot help now"),
    ],
)
def test_what_goes_wrong_is_told_in_words(network, feed, asks, clock, fault, words):
    network.publish(story("far-1"))

    with (
        network.suffering(fault, at="/feeds"),
        pytest.raises(UpstreamTrouble, match=words),
    ):
        list(asks(feed).changed(now=clock.now))


def test_a_feed_of_the_same_ids_as_another_brings_its_own_stories(
    network, connect, clock
):
    network.publish(story("far-1"))
    for form in FORMS[:2]:
        address = f"{network.url}/feeds/news.{form}"
        made = connect(form, upstream="feed", address=address)
        poll(made, now=clock.now)

    assert Story.objects.count() == 1
    assert "came already" in said_of(of(network, "far-1"))


def test_headings_keep_their_levels(network, feed, asks):
    network.publish(story("far-1", body=paragraphs("<h2>Boats</h2><p>Two.</p>")))

    (found,) = asks(feed).again([of(network, "far-1")]).values()

    heading = found.whole().incoming.blocks[0]
    assert isinstance(heading, Heading)
    assert (heading.words, heading.level) == ("Boats", 2)
