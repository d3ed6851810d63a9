from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groundwave.syndication.feeds.oddity import Odd
from groundwave.syndication.feeds.reading import read
from groundwave.syndication.feeds.values import Enclosure


def feed_of(*entries: str, head: str = "", attributes: str = ""):
    inner = "".join(f"<entry>{each}</entry>" for each in entries)
    whole = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{head}{inner}</feed>'
    )
    return read(whole.encode(), "https://far.example/feed.atom")


def entry_of(inner: str):
    (entry,) = feed_of(f"<id>n1</id>{inner}").entries
    return entry


def test_a_feed_says_what_it_is_of():
    feed = feed_of(
        head='<title type="html">Far &amp;amp; &lt;b>wide&lt;/b></title>'
        '<link rel="self" href="/feed.atom"/><link href="/news"/>'
    )

    assert (feed.title, feed.home) == ("Far & wide", "https://far.example/news")


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ('<content type="html">&lt;p>All&lt;/p></content>', "<p>All</p>"),
        ("<content>1 &lt; 2\n\nyes</content>", "<p>1 &lt; 2</p>\n<p>yes</p>"),
        (
            (
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
                '<p class="a">All<br/>of it</p> &amp; more</div></content>'
            ),
            '<p class="a">All<br>of it</p> &amp; more',
        ),
        (
            (
                '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml">'
                "<h:p>All</h:p></h:div></content>"
            ),
            "<p>All</p>",
        ),
    ],
)
def test_whole_texts_are_html_however_they_are_written(content, html):
    assert entry_of(content).html == html


def test_a_text_that_is_elsewhere_is_said_to_be():
    feed = feed_of('<id>n1</id><content src="https://far.example/1.html"/>')

    assert [each.what for each in feed.oddities if each.what is Odd.TEXT_ELSEWHERE]
    assert feed.entries[0].html == ""


def test_a_summary_is_plain():
    assert entry_of("<summary>1 &lt; 2 &lt;b></summary>").summary == "1 < 2 <b>"
    assert (
        entry_of('<summary type="html">&lt;b>Bo&lt;/b>ld</summary>').summary == "Bold"
    )


def test_who_is_named_nowhere_is_who_the_feed_is_by():
    own = "<id>n1</id><author><name>Anna</name></author>"
    quoted = "<id>n2</id><source><author><name>Cy</name></author></source>"
    feed = feed_of(own, quoted, "<id>n3</id>", head="<author><name>Bo</name></author>")

    assert [each.authors for each in feed.entries] == [("Anna",), ("Cy",), ("Bo",)]


def test_addresses_are_whole_ones():
    feed = feed_of(
        '<id>n1</id><link href="1"/><link rel="enclosure" href="1.mp3" '
        'type="audio/mpeg" length="5" title="The tape"/>',
        attributes='xml:base="https://cdn.example/news/"',
    )

    (entry,) = feed.entries
    assert (entry.url, entry.base) == (
        "https://cdn.example/news/1",
        "https://cdn.example/news/",
    )
    assert entry.enclosures == (
        Enclosure(
            "https://cdn.example/news/1.mp3",
            kind="audio/mpeg",
            medium="audio",
            length=5,
            caption="The tape",
        ),
    )


def test_categories_go_by_what_people_call_them():
    entry = entry_of('<category term="sea" label="The sea"/><category term="air"/>')

    assert entry.categories == ("The sea", "air")


@pytest.mark.parametrize(
    ("raw", "found", "odd"),
    [
        ("2026-03-02T18:00:00.5Z", datetime(2026, 3, 2, 18, 0, 0, 500_000, UTC), None),
        ("2026-03-02T18:00:00", datetime(2026, 3, 2, 18, tzinfo=UTC), Odd.NO_ZONE),
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC), Odd.NO_ZONE),
        (
            "Mon, 02 Mar 2026 18:00:00 CEST",
            datetime(2026, 3, 2, 18, tzinfo=UTC),
            Odd.NO_ZONE,
        ),
        ("at noon", None, Odd.BAD_TIME),
        ("2026-02-31T18:00:00Z", None, Odd.BAD_TIME),
        ("0001-01-01T00:00:00+14:00", None, Odd.BAD_TIME),
        ("9" * 5000, None, Odd.BAD_TIME),
    ],
)
def test_a_broken_time_is_told_and_lived_without(raw, found, odd):
    content = '<content type="html">x</content><title>x</title>'
    feed = feed_of(f"<id>n1</id><updated>{raw}</updated>{content}")

    assert feed.entries[0].updated == found
    assert [each.what for each in feed.oddities] == ([odd] if odd else [])
