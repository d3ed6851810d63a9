"""The same stories in all three kinds of feed, over a socket, whole and damaged."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from equipment.network.faults import (
    EntityBomb,
    EntityThief,
    HtmlInstead,
    NoJson,
)
from equipment.network.feed_faults import InLatin1, Mislabeled, Without
from equipment.network.server import Network
from equipment.network.stories import every_story, story
from groundwave.outbound.client import Client
from groundwave.syndication.feeds.errors import NotAFeed, Why
from groundwave.syndication.feeds.oddity import Odd
from groundwave.syndication.feeds.reading import read
from groundwave.wire.http.host import Host


NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
FORMS = ("atom", "rss", "json")


@pytest.fixture
def network():
    with Network(clock=lambda: NOW) as network:
        yield network


@pytest.fixture
def fetch(network):
    """Return what reads one of the network's feeds."""
    client = Client([Host("127.0.0.1", urlsplit(network.url).port)])

    def fetch(form):
        url = f"{network.url}/feeds/news.{form}"
        return read(client.get(url).body, url)

    return fetch


@pytest.mark.parametrize("form", FORMS)
def test_a_story_with_everything_on_it_comes_whole(network, fetch, form):
    network.publish(every_story("far-1", title="Ferry < runs & again"))

    feed = fetch(form)

    assert feed.title == "Far Shore Radio"
    assert feed.oddities == ()
    (entry,) = feed.entries
    document = network.document("far-1")
    assert entry.title == "Ferry < runs & again"
    assert entry.url == entry.id == document["webPages"][0]["href"]
    assert entry.summary == document["teaser"]
    assert entry.published == NOW
    assert "<p>" in entry.html
    assert entry.authors
    assert any(each.medium == "audio" for each in entry.enclosures)


# JSON is in UTF-8, always (RFC 8259, 8.1).
CALLED = [(form, Mislabeled()) for form in FORMS]
ENCODED = [("atom", InLatin1()), ("rss", InLatin1())]


@pytest.mark.parametrize(("form", "fault"), [*CALLED, *ENCODED])
def test_what_a_feed_is_called_and_encoded_in_does_not_matter(
    network, fetch, form, fault
):
    network.publish(story("far-1", title="Café on the quay — open"))

    with network.suffering(fault):
        assert fetch(form).entries[0].title == "Café on the quay — open"


@pytest.mark.parametrize(
    ("form", "missing", "odd"),
    [
        ("atom", "id", Odd.NO_ID),
        ("rss", "guid", Odd.NO_ID),
        ("json", "id", Odd.NO_ID),
        ("atom", "content", Odd.NO_TEXT),
        ("json", "content_html", Odd.NO_TEXT),
        ("json", "title", Odd.NO_TITLE),
    ],
)
def test_what_a_feed_lacks_is_told_and_lived_without(
    network, fetch, form, missing, odd
):
    network.publish(story("far-1"))
    whole = fetch(form).entries[0]

    with network.suffering(Without(missing)):
        feed = fetch(form)

    assert {each.what for each in feed.oddities} == {odd}
    assert feed.oddities[0].sentence.startswith("Entry 1: ")
    assert feed.entries[0].id == whole.id


def test_what_is_gone_is_gone_from_the_feed_and_said_to_be(network, fetch):
    network.publish(story("far-1"), story("far-2"))
    before = {each.id for each in fetch("atom").entries}

    network.delete("far-1")

    feed = fetch("atom")
    assert {each.id for each in feed.entries} < before
    assert [(each.id, each.at) for each in feed.deleted] == [
        (f"{network.url}/news/far-1/", NOW)
    ]


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("attack", [EntityBomb(), EntityThief()])
def test_entities_are_refused_before_they_grow(network, fetch, form, attack):
    network.publish(story("far-1"))

    with network.suffering(attack), pytest.raises(NotAFeed) as refused:
        fetch(form)

    assert refused.value.why is Why.ENTITIES
    assert "attacks" in refused.value.sentence


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (HtmlInstead(honest=False), {Why.A_PAGE}),
        (NoJson(), {Why.BAD_XML, Why.BAD_JSON}),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(network, fetch, form, fault, why):
    network.publish(story("far-1"))

    with network.suffering(fault), pytest.raises(NotAFeed) as refused:
        fetch(form)

    assert refused.value.why in why
    assert refused.value.sentence
