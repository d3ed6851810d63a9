"""Whatever comes is a feed or is none, and what is a feed keeps its promises."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import example, given, settings, strategies as st

from groundwave.syndication.feeds.errors import NotAFeed
from groundwave.syndication.feeds.reading import read


VECTORS = Path(__file__).parents[2] / "vectors" / "feeds"
OURS = [(VECTORS / f"ours.{form}").read_bytes() for form in ("atom", "rss", "json")]
URL = "https://far.example/feed"
ADDRESSES = ("", "http", "https")


def is_clean(text: str) -> bool:
    return "\0" not in text and not any(0xD800 <= ord(each) < 0xE000 for each in text)


def check(data: bytes) -> None:
    try:
        feed = read(data, URL)
    except NotAFeed:
        return
    assert len({each.id for each in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.id
        lines = (entry.id, entry.title, entry.summary, *entry.authors)
        assert all(is_clean(each) and "\n" not in each for each in lines)
        assert is_clean(entry.html)
        links = (entry.url, *(each.url for each in entry.enclosures))
        assert all(urlsplit(each).scheme in ADDRESSES for each in links)
        times = (entry.published, entry.updated)
        assert all(each.utcoffset() == timedelta() for each in times if each)
    assert all(each.sentence for each in feed.oddities)


@settings(deadline=None)
@given(data=st.binary(max_size=500))
@example(b"<\0")
@example(b"{")
def test_any_bytes(data):
    check(data)


@settings(deadline=None)
@given(
    feed=st.sampled_from(OURS),
    cut=st.tuples(st.integers(0, 4000), st.integers(0, 60)),
    put=st.one_of(st.binary(max_size=30), st.text(max_size=30).map(str.encode)),
)
def test_a_feed_with_anything_put_into_it(feed, cut, put):
    at, length = cut
    check(feed[:at] + put + feed[at + length :])


WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["//[", "javascript:x", "/1", "2026-03-02", "Mon, 2 Mar 2026 1:2:3 +9999", "0"]
    ),
)
NAMES = [
    "guid",
    "link",
    "title",
    "description",
    "pubDate",
    "author",
    "category",
    "enclosure",
    "media:content",
    "media:group",
    "media:credit",
    "media:thumbnail",
    "content:encoded",
    "dc:creator",
    "atom:link",
    "atom:updated",
    "at:deleted-entry",
    "itunes:image",
    "item",
]
ENTRY_NAMES = [
    "id",
    "link",
    "title",
    "summary",
    "content",
    "updated",
    "published",
    "author",
    "name",
    "category",
    "source",
    "at:deleted-entry",
    "media:content",
    "media:group",
    "media:credit",
    "entry",
]
ATTRIBUTES = (
    "url href type rel length fileSize medium ref when src isPermaLink xml:base"
)


def escaped(text: str) -> str:
    clean = "".join(each for each in text if each.isprintable())
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@st.composite
def element(draw, names, depth=0):
    name = draw(st.sampled_from(names))
    told = draw(st.dictionaries(st.sampled_from(ATTRIBUTES), WORDS, max_size=3))
    attributes = "".join(f' {key}="{escaped(value)}"' for key, value in told.items())
    if depth < 3 and draw(st.booleans()):
        inner = "".join(draw(st.lists(element(names, depth + 1), max_size=4)))
    else:
        inner = escaped(draw(WORDS))
    return f"<{name}{attributes}>{inner}</{name}>"


NAMESPACES = """
    xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:atom="http://www.w3.org/2005/Atom"
    xmlns:at="http://purl.org/atompub/tombstones/1.0"
    xmlns:media="http://search.yahoo.com/mrss/"
    xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
"""


@settings(deadline=None)
@given(items=st.lists(st.lists(element(NAMES), max_size=6), max_size=3))
def test_any_items_of_rss(items):
    inner = "".join(f"<item>{''.join(each)}</item>" for each in items)
    check(f"<rss {NAMESPACES}><channel>{inner}</channel></rss>".encode())


@settings(deadline=None)
@given(entries=st.lists(st.lists(element(ENTRY_NAMES), max_size=6), max_size=3))
def test_any_entries_of_atom(entries):
    inner = "".join(f"<entry>{''.join(each)}</entry>" for each in entries)
    xmlns = 'xmlns="http://www.w3.org/2005/Atom"'
    check(f"<feed {xmlns} {NAMESPACES}>{inner}</feed>".encode())


ANY = st.recursive(
    st.one_of(
        WORDS, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
    ),
    max_leaves=10,
)
KEYS = [
    "id",
    "url",
    "title",
    "summary",
    "content_html",
    "content_text",
    "date_published",
    "date_modified",
    "authors",
    "author",
    "tags",
    "image",
    "banner_image",
    "attachments",
    "_groundwave",
    "name",
    "mime_type",
    "size_in_bytes",
]
ITEM = st.dictionaries(st.sampled_from(KEYS), ANY, max_size=8)


@settings(deadline=None)
@given(
    feed=st.fixed_dictionaries({"items": st.lists(st.one_of(ITEM, ANY), max_size=4)})
)
def test_any_items_of_json(feed):
    check(json.dumps(feed).encode())
