"""Feeds as people really make them."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import pytest

from equipment.network.feed_faults import InLatin1, Mislabeled, Without
from equipment.network.stories import story


@pytest.fixture(autouse=True)
def told(network):
    network.publish(story("far-1", title="Café on the quay — open"))


@pytest.mark.parametrize(
    ("name", "missing"), [("rss", "guid"), ("rss", "pubDate"), ("atom", "updated")]
)
def test_elements_are_left_out(network, ask, name, missing):
    assert f"<{missing}" in ask(f"/feeds/news.{name}").body.decode()

    with network.suffering(Without(missing), at="/feeds/"):
        feed = ask(f"/feeds/news.{name}").body.decode()

    assert f"<{missing}" not in feed
    assert fromstring(feed) is not None


def test_fields_are_left_out(network, ask):
    with network.suffering(Without("id", "date_published"), at="/feeds/"):
        (item,) = json.loads(ask("/feeds/news.json").body)["items"]

    assert not {"id", "date_published"} & set(item)
    assert item["url"]


def test_a_feed_calls_itself_something_else(network, ask):
    with network.suffering(Mislabeled(), at="/feeds/"):
        assert ask("/feeds/news.atom").headers["content-type"] == "text/html"


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_feed_is_in_an_old_encoding(network, ask, name):
    with network.suffering(InLatin1(), at="/feeds/"):
        feed = ask(f"/feeds/news.{name}")

    assert "Café".encode("iso-8859-1") in feed.body
    assert "charset" not in feed.headers["content-type"]
    titles = [each.text for each in fromstring(feed.body).iter() if "title" in each.tag]
    assert "Café on the quay — open" in titles
