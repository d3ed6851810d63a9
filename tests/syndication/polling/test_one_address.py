"""A story by what somebody pasted."""

from __future__ import annotations

import pytest

from equipment.network.disguises import disguises
from equipment.network.faults import EntityBomb, HtmlInstead, Redirected, Unavailable
from equipment.network.stories import story as told
from groundwave.syndication.exchange.shelf import document_id
from groundwave.syndication.polling import one_address
from groundwave.syndication.polling.errors import NoStoryThere, UpstreamTrouble
from groundwave.syndication.polling.one_address import _document_id, original_at


pytestmark = pytest.mark.django_db


@pytest.fixture
def at(clock):
    return lambda connection, url: original_at(connection, url, now=clock.now)


@pytest.fixture(autouse=True)
def _published(network):
    network.publish(told("far-1", title="Bell buoy found"))


@pytest.mark.parametrize(
    "pasted",
    [
        "far-1",
        " far-1\n",
        "{home}/v1/documents/far-1",
        "{home}/news/far-1/",
        "{home}/blog/far-1",
    ],
)
def test_an_id_an_address_and_a_page_lead_to_the_story(network, cds, at, pasted):
    arrived = at(cds, pasted.format(home=network.url))

    assert arrived.incoming.title == "Bell buoy found"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2026/02/01/1228103887/ferry-runs-again", "1228103887"),
        ("2026/02/01/nx-s1-5123456/ferry-runs-again", "nx-s1-5123456"),
        ("2026/02/01/g-s1-12345/ferry", "g-s1-12345"),
        ("sections/thetwo-way/2016/02/01/465100123/ferry", "465100123"),
    ],
)
def test_addresses_of_npr_have_it_in_their_paths(path, expected):
    assert _document_id(f"https://www.npr.org/{path}") == expected


def test_a_page_of_another_groundwave_says_its_id(client, story):
    metas = one_address._Metas()
    metas.feed(client.get(story.get_url()).content.decode())

    assert metas.found["story_id"] == document_id(story)
    assert one_address._ID.fullmatch(document_id(story))


def test_the_key_is_not_told_to_pages(network, cds, at):
    at(cds, f"{network.url}/news/far-1/")

    assert {each.token for each in network.asked_for("/news")} == {""}


@pytest.mark.parametrize("pasted", ["far-2", "{home}/v1/documents/far-2"])
def test_what_is_not_there_is_told(network, cds, at, pasted):
    with pytest.raises(NoStoryThere, match="has no document"):
        at(cds, pasted.format(home=network.url))


def test_a_page_that_says_nothing_is_told(network, cds, at):
    with (
        network.suffering(HtmlInstead(), at="/news"),
        pytest.raises(NoStoryThere, match="does not say which document"),
    ):
        at(cds, f"{network.url}/news/far-1/")


@pytest.mark.parametrize("pasted", ["ferry", "javascript:alert(1)", "http://[", ""])
def test_what_is_no_address_is_told(cds, at, pasted):
    with pytest.raises(UpstreamTrouble, match="is not an address"):
        at(cds, pasted)


def test_an_outage_is_told(network, cds, at):
    with network.suffering(Unavailable(times=9)), pytest.raises(UpstreamTrouble):
        at(cds, "far-1")


@pytest.mark.parametrize("name", disguises(1))
def test_nobody_is_led_into_a_private_network(network, cds, at, settings, name):
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset()
    port = int(network.url.rpartition(":")[2])

    with pytest.raises(UpstreamTrouble):
        at(cds, disguises(port)[name] + "news/far-1/")
    assert network.asked == []


def test_nobody_is_led_on_into_a_private_network(network, cds, at):
    with (
        network.suffering(Redirected("http://127.0.0.1:1/"), at="/news"),
        pytest.raises(UpstreamTrouble, match="private network"),
    ):
        at(cds, f"{network.url}/news/far-1/")


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_an_entry_is_found_by_its_page(network, connect, at, form):
    feed = connect(upstream="feed", address=f"{network.url}/feeds/news.{form}")

    arrived = at(feed, f"{network.url}/news/far-1#comments")

    assert arrived.incoming.title == "Bell buoy found"


def test_an_entry_that_left_the_feed_is_told(network, feed, at):
    with pytest.raises(NoStoryThere, match="only its newest"):
        at(feed, f"{network.url}/news/far-0/")


def test_a_feed_that_means_harm_is_not_read(network, feed, at):
    with network.suffering(EntityBomb()), pytest.raises(UpstreamTrouble):
        at(feed, f"{network.url}/news/far-1/")
