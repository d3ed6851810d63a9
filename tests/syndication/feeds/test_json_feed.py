from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from groundwave.syndication.feeds.errors import NotAFeed, Why
from groundwave.syndication.feeds.oddity import Odd
from groundwave.syndication.feeds.reading import read
from groundwave.syndication.feeds.values import Enclosure


VERSION = "https://jsonfeed.org/version/1.1"


def feed_of(*items, **head):
    told = {"version": VERSION, "title": "Far Shore", **head, "items": items}
    return read(json.dumps(told).encode(), "https://far.example/feed.json")


def test_an_item_is_read_whole():
    feed = feed_of(
        {
            "id": 7,
            "url": "/1",
            "title": " The <ferry> ",
            "summary": "It runs.",
            "content_html": "<p>It runs again.</p>",
            "content_text": "It runs again.",
            "date_published": "2026-03-02T18:00:00Z",
            "date_modified": "2026-03-02T19:00:00-05:00",
            "authors": [{"name": "Anna"}, {"url": "https://far.example/bo"}],
            "tags": ["sea", "sea", "air"],
            "image": "/mast.jpg",
            "attachments": [
                {"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 5}
            ],
            "_groundwave": {"image_credit": "Bo Reed"},
        },
        home_page_url="https://far.example/",
    )

    (entry,) = feed.entries
    assert feed.oddities == ()
    assert (feed.title, feed.home) == ("Far Shore", "https://far.example/")
    assert (entry.id, entry.url) == ("7", "https://far.example/1")
    assert (entry.title, entry.summary) == ("The <ferry>", "It runs.")
    assert entry.html == "<p>It runs again.</p>"
    assert entry.published == datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert entry.updated == datetime(2026, 3, 3, 0, tzinfo=UTC)
    assert (entry.authors, entry.categories) == (("Anna",), ("sea", "air"))
    assert entry.enclosures == (
        Enclosure("https://far.example/mast.jpg", medium="image", credit="Bo Reed"),
        Enclosure(
            "https://far.example/a.mp3", kind="audio/mpeg", medium="audio", length=5
        ),
    )


def test_plain_text_becomes_html():
    feed = feed_of({"id": "n1", "title": "x", "content_text": "1 < 2\n\nyes"})

    assert feed.entries[0].html == "<p>1 &lt; 2</p>\n<p>yes</p>"


def test_the_author_of_version_one_is_read_and_the_feeds_where_there_is_none():
    feed = feed_of(
        {"id": "n1", "author": {"name": "Anna"}},
        {"id": "n2"},
        version="https://jsonfeed.org/version/1",
        author={"name": "Bo"},
    )

    assert [each.authors for each in feed.entries] == [("Anna",), ("Bo",)]
    assert Odd.OTHER_VERSION not in {each.what for each in feed.oddities}


def test_what_is_of_the_wrong_type_is_told_and_left_out():
    feed = feed_of(
        {"id": "n1", "title": ["a"], "authors": "Anna", "tags": [1], "image": {}},
        "no item",
        None,
        {"id": {}, "attachments": [7]},
        version="2",
    )

    assert [each.id for each in feed.entries] == ["n1"]
    told = {(each.entry, each.what, each.detail) for each in feed.oddities}
    assert told >= {
        (0, Odd.OTHER_VERSION, "2"),
        (1, Odd.WRONG_TYPE, "title"),
        (1, Odd.WRONG_TYPE, "authors"),
        (1, Odd.WRONG_TYPE, "tags"),
        (1, Odd.WRONG_TYPE, "image"),
        (2, Odd.WRONG_TYPE, "items"),
        (4, Odd.WRONG_TYPE, "attachments"),
        (4, Odd.NOT_KNOWN_AGAIN, ""),
    }
    assert all(each.sentence for each in feed.oddities)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", Why.BAD_JSON),
        (b"{}", Why.NEITHER),
        (b"[]", Why.NEITHER),
        (b'{"items": {}}', Why.NEITHER),
        (b"[" * 100_000, Why.TOO_DEEP),
        (b'{"items": [' + b"9" * 5000 + b"]}", Why.BAD_JSON),
    ],
)
def test_what_cannot_be_read_is_said_to_be_that(data, why):
    with pytest.raises(NotAFeed) as refused:
        read(data)

    assert refused.value.why is why
