from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groundwave.syndication.feeds.oddity import Odd
from groundwave.syndication.feeds.reading import read
from groundwave.syndication.feeds.values import Deleted, Enclosure


NAMESPACES = """
    xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:atom="http://www.w3.org/2005/Atom"
    xmlns:at="http://purl.org/atompub/tombstones/1.0"
    xmlns:media="http://search.yahoo.com/mrss/"
    xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
"""
URL = "https://far.example/feed.rss"


def feed_of(*items: str, channel: str = ""):
    inner = "".join(f"<item>{each}</item>" for each in items)
    head = "<title>Far Shore</title><link>https://far.example/</link>"
    whole = f'<rss version="2.0" {NAMESPACES}><channel>{head}{channel}{inner}</channel></rss>'
    return read(whole.encode(), URL)


def entry_of(item: str):
    (entry,) = feed_of(f"<guid>https://far.example/1</guid>{item}").entries
    return entry


def test_a_feed_says_what_it_is_of():
    own = '<atom:link rel="self" href="https://far.example/feed.rss"/>'
    feed = feed_of(channel=own)

    assert (feed.title, feed.home) == ("Far Shore", "https://far.example/")
    assert feed.entries == feed.deleted == feed.oddities == ()


def test_the_whole_text_beside_a_summary_is_the_one_that_counts():
    entry = entry_of(
        "<description>&lt;p>Short &amp;amp; sweet.&lt;/p>&lt;p>Read on.&lt;/p></description>"
        "<content:encoded><![CDATA[<p>All <b>of</b> it.</p>]]></content:encoded>"
    )

    assert entry.html == "<p>All <b>of</b> it.</p>"
    assert entry.summary == "Short & sweet. Read on."


def test_one_text_alone_is_the_whole():
    entry = entry_of("<description>&lt;p>All of it.&lt;/p></description>")

    assert (entry.html, entry.summary) == ("<p>All of it.</p>", "")


def test_html_that_was_not_escaped_is_read_all_the_same():
    entry = entry_of("<description>All <b>of</b> it<br/>&amp; more.</description>")

    assert entry.html == "All <b>of</b> it<br>&amp; more."


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fewer than &lt; 5 &amp; &lt;b>bold&lt;/b>", "Fewer than < 5 & <b>bold</b>"),
        ("Who&amp;#8217;s there", "Who’s there"),
        ("R&amp;D", "R&D"),
        ("AT&amp;amp;T", "AT&T"),
        ("1&frac12; hours", "1½ hours"),
        ("  two\n  lines ", "two lines"),
    ],
)
def test_a_title_is_plain_text(said, meant):
    assert entry_of(f"<title>{said}</title>").title == meant


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("<dc:creator>Anna Marsh</dc:creator><dc:creator>Bo Reed</dc:creator>", 2),
        ("<author>anna@far.example (Anna Marsh)</author>", 1),
        ("<author>Anna Marsh</author>", 1),
        ("<itunes:author>Anna Marsh</itunes:author>", 1),
        ("<atom:author><atom:name>Anna Marsh</atom:name></atom:author>", 1),
        ("<dc:creator>Anna Marsh</dc:creator><author>desk@far.example</author>", 1),
        ("", 0),
    ],
)
def test_authors_are_names(authors, names):
    assert entry_of(authors).authors == ("Anna Marsh", "Bo Reed")[:names]


@pytest.mark.parametrize(
    ("guid", "url"),
    [
        ("<guid>https://far.example/1</guid>", "https://far.example/1"),
        ('<guid isPermaLink="false">https://far.example/1</guid>', ""),
        ("<guid>n1</guid><link>/1</link>", "https://far.example/1"),
    ],
)
def test_an_id_is_an_address_only_if_it_says_so(guid, url):
    (entry,) = feed_of(guid).entries

    assert entry.url == url


def test_what_has_no_id_goes_by_its_address_and_what_has_neither_is_left_out():
    feed = feed_of("<link>https://far.example/1</link>", "<title>Nowhere</title>")

    assert [each.id for each in feed.entries] == ["https://far.example/1"]
    told = [(each.entry, each.what) for each in feed.oddities]
    assert (1, Odd.NO_ID) in told
    assert (2, Odd.NOT_KNOWN_AGAIN) in told


def test_of_one_id_what_changed_last_stands():
    same = "<guid>n1</guid>"
    feed = feed_of(
        f"{same}<title>Old</title><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate>",
        f"{same}<title>New</title><pubDate>Mon, 02 Mar 2026 13:01:00 -0500</pubDate>",
        f"{same}<title>Undated</title>",
    )

    assert [each.title for each in feed.entries] == ["New"]
    repeated = [each for each in feed.oddities if each.what is Odd.REPEATED]
    assert [(each.entry, each.detail) for each in repeated] == [(2, "n1"), (3, "n1")]


def test_times_are_in_utc():
    entry = entry_of(
        "<pubDate>Mon, 02 Mar 2026 13:00:00 EST</pubDate>"
        "<atom:updated>2026-03-02T20:00:00+01:00</atom:updated>"
    )

    assert entry.published == datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert entry.updated == entry.changed == datetime(2026, 3, 2, 19, tzinfo=UTC)


def test_a_file_is_there_once_with_its_credit():
    url = "https://far.example/mast.jpg"
    entry = entry_of(
        f'<enclosure url="{url}" type="image/jpeg" length="123"/>'
        f"<media:group><media:credit>Bo Reed</media:credit>"
        f"<media:credit>Far Pictures</media:credit>"
        f'<media:content url="{url}" medium="image" fileSize="456">'
        f"<media:title>The mast</media:title>"
        f"<media:description>A mast in snow</media:description>"
        f"</media:content></media:group>"
        f'<enclosure url="/tape.mp3" type="audio/mpeg; x=y" length="many"/>'
        f'<media:thumbnail url="javascript:alert(1)"/>'
    )

    assert entry.enclosures == (
        Enclosure(
            url,
            medium="image",
            length=456,
            credit="Bo Reed, Far Pictures",
            caption="The mast",
            alt="A mast in snow",
        ),
        Enclosure("https://far.example/tape.mp3", kind="audio/mpeg", medium="audio"),
    )


def test_what_is_deleted_is_said_in_the_channel_too():
    tomb = '<at:deleted-entry ref="n1" when="2026-03-02T18:00:00Z"/>'

    assert feed_of(channel=tomb).deleted == (
        Deleted("n1", datetime(2026, 3, 2, 18, tzinfo=UTC)),
    )


def test_of_too_many_entries_the_first_are_read():
    feed = feed_of(*(f"<guid>n{each}</guid>" for each in range(1001)))

    assert len(feed.entries) == 1000
    assert feed.entries[-1].id == "n999"
    assert Odd.MORE in {each.what for each in feed.oddities}


def test_of_too_many_categories_the_first_are_read():
    feed = feed_of(
        "<guid>n1</guid>"
        + "".join(f"<category>c{each}</category>" for each in range(200))
    )

    assert len(feed.entries[0].categories) == 100
    assert (1, Odd.TOO_MANY) in {(each.entry, each.what) for each in feed.oddities}


def test_of_too_many_files_the_first_are_read():
    feed = feed_of(
        "<guid>n1</guid>"
        + "".join(f'<enclosure url="/{each % 150}"/>' for each in range(300))
    )

    assert len(feed.entries[0].enclosures) == 100
    assert (1, Odd.TOO_MANY) in {(each.entry, each.what) for each in feed.oddities}


def test_no_address_in_it_holds_what_may_be_secret_of_its_own():
    data = b"""<rss version="2.0"><channel><title>News</title>
      <item><guid isPermaLink="false">1</guid><link>#top</link></item>
      <item><guid isPermaLink="false">2</guid><link>?p=12</link></item>
    </channel></rss>"""

    found = read(data, "https://far.example/feed?token=secret").entries

    assert [each.url for each in found] == [
        "https://far.example/feed#top",
        "https://far.example/feed?p=12",
    ]
    assert {each.base for each in found} == {"https://far.example/feed"}
