"""An entry of a feed, as an incoming story."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings, strategies as st

from groundwave.syndication.feeds.values import Enclosure, Entry
from groundwave.syndication.incoming import Heading, Photo, Quote, Text
from groundwave.syndication.leaving_out import Why
from groundwave.syndication.polling.entries import (
    arrived_of,
    fingerprint_of,
    id_of,
    paragraphs_in,
)


NOON = datetime(2026, 2, 1, 19, tzinfo=UTC)
ENTRY = Entry(
    id="https://far-shore.example/news/ferry/",
    url="https://far-shore.example/news/ferry/",
    base="https://far-shore.example/news/ferry/",
    title="Ferry runs again",
    authors=("Una Farrow",),
    published=NOON,
    html="<p>The ferry runs.</p><h3>Mail</h3><p>Letters came.</p>",
    summary="Eleven days without a boat are over.",
    categories=("Islands", "Boats"),
)


def incoming(**facts):
    return arrived_of(replace(ENTRY, **facts)).incoming


def test_what_it_says_is_what_stands():
    story = incoming()

    assert (story.id, story.canonical) == (ENTRY.id, ENTRY.url)
    assert (story.title, story.dek) == (ENTRY.title, ENTRY.summary)
    assert [each.name for each in story.authors] == ["Una Farrow"]
    assert [each.id for each in story.collections] == ["Islands", "Boats"]
    assert story.published_at == story.modified_at == NOON
    assert [type(each) for each in story.blocks] == [Text, Heading, Text]


def test_a_later_update_is_one_that_readers_are_told_of():
    later = NOON + timedelta(hours=2)
    assert incoming(updated=later).updated_at == later
    assert incoming(updated=NOON + timedelta(seconds=20)).updated_at is None
    assert incoming(published=None, updated=later).updated_at is None


def test_the_same_entry_is_the_same_version():
    assert fingerprint_of(ENTRY) == fingerprint_of(replace(ENTRY))
    assert fingerprint_of(ENTRY) != fingerprint_of(replace(ENTRY, html="<p>No.</p>"))
    assert arrived_of(ENTRY) == arrived_of(ENTRY)


def test_paragraphs_keep_their_ids_from_what_was_kept():
    first = arrived_of(ENTRY)
    changed = replace(ENTRY, html="<p>Updated.</p>" + ENTRY.html)

    second = arrived_of(changed, first.raw)

    before = [each.id for each in first.incoming.blocks]
    assert [each.id for each in second.incoming.blocks][1:] == before


def test_whatever_was_kept_before_does_no_harm():
    for raw in (b"", b"{}", b"[1", b'{"entry": 3}', b"\xff"):
        assert paragraphs_in(raw) == ()


def test_the_same_paragraph_twice_is_two_blocks():
    story = incoming(html="<p>* * *</p><p>Boats.</p><p>* * *</p>")

    assert len({each.id for each in story.blocks}) == 3


def test_links_become_whole():
    story = incoming(html='<p><a href="/mail?a=1&amp;b=2">Mail</a></p>')

    assert story.blocks[0].html == (
        '<p><a href="https://far-shore.example/mail?a=1&amp;b=2">Mail</a></p>'
    )


def test_hostile_html_is_harmless():
    evil = (
        "<script>alert(1)</script><p onclick=x>Boats<img src=x onerror=y>"
        '<a href="java&#10;script:alert(1)">here</a>'
        "<a href='//evil.example/\"><script>'>there</a></p><iframe src=x></iframe>"
    )
    story = incoming(html=evil, title=evil, summary=evil, authors=(evil,))

    said = repr(story)
    for word in ("<script", "onerror", "onclick", "javascript", "<iframe"):
        assert word not in story.blocks[0].html
        assert word not in story.title
        assert word not in story.authors[0].name
    assert Why.MEDIA_IN_TEXT in [each.why for each in story.left_out]
    assert said


def test_a_feed_of_summaries_is_told():
    assert not arrived_of(replace(ENTRY, html="")).is_whole
    arrived = arrived_of(replace(ENTRY, html="", summary="Boats & <b>bells</b>."))

    (block,) = arrived.incoming.blocks
    assert block.html == "<p>Boats &amp; &lt;b&gt;bells&lt;/b&gt;.</p>"
    assert "only a summary" in arrived.said[0]


def test_the_first_picture_with_a_credit_leads():
    files = (
        Enclosure("https://far-shore.example/small.jpg", "image/jpeg", "image"),
        Enclosure(
            "https://far-shore.example/mast.jpg?w=900",
            "image/jpeg",
            "image",
            credit="Ida Marsh / Far Shore Radio",
            caption="The mast",
            alt="A mast on a hill",
        ),
        Enclosure(
            "https://far-shore.example/boat.jpg", "image/jpeg", "image", credit="Ida"
        ),
    )
    story = incoming(enclosures=files)

    assert story.lead.cuts[0].url.endswith("mast.jpg?w=900")
    assert story.lead.credit == "Ida Marsh / Far Shore Radio"
    assert (story.lead.caption, story.lead.alt_text) == ("The mast", "A mast on a hill")
    assert [type(each) for each in story.blocks][-1] is Photo


def test_the_same_picture_in_several_sizes_is_one():
    files = tuple(
        Enclosure(
            f"https://far-shore.example/{n}.jpg", "image/jpeg", "image", credit="Ida"
        )
        for n in (1, 2)
    )
    story = incoming(enclosures=files)

    assert [each.url for each in story.lead.cuts] == [each.url for each in files]
    assert not any(isinstance(each, Photo) for each in story.blocks)


def test_a_sound_may_be_played_and_kept():
    file = Enclosure("https://far-shore.example/talk.mp3", "audio/mpeg", "audio")

    sound = incoming(enclosures=(file,)).sound

    assert (sound.url, sound.media_type) == (file.url, "audio/mpeg")
    assert sound.is_available
    assert sound.is_streamable
    assert sound.is_downloadable
    assert not sound.is_premium


def test_a_quoted_paragraph_is_a_quote():
    (block,) = incoming(html="<blockquote><p>We had flour.</p></blockquote>").blocks

    assert isinstance(block, Quote)


def test_an_id_that_is_too_long_to_be_kept_is_shortened_and_stays_the_same():
    long = replace(ENTRY, id="x" * 1900)

    assert len(id_of(long)) <= 500
    assert id_of(long) == id_of(long) != id_of(replace(ENTRY, id="x" * 1901))


def test_a_date_that_no_story_has_is_left_out():
    assert incoming(published=datetime(1066, 1, 1, tzinfo=UTC)).published_at is None


TAGS = """
    <p> </p> <h2> </h2> <a\thref='/x'> <a\thref= </a> <li> <ul> </ul> <div> <blockquote>
    <img\tsrc=x> <script> &lt;script&gt; &#0; ]]> \u202e \x00 ferry Updated\tat\t4\tp.m.\tET
"""
HTML = st.lists(
    st.sampled_from(
        [each.replace("\t", " ") for each in TAGS.split(" ") if each.strip()]
    )
    | st.text(max_size=8)
).map("".join)


@settings(deadline=None)
@given(HTML, HTML, st.text(max_size=30), st.text(max_size=60))
def test_whatever_a_feed_says_something_harmless_comes_of_it(html, later, title, base):
    entry = replace(ENTRY, html=html, title=title, summary=title, base=base)

    first = arrived_of(entry)
    second = arrived_of(replace(entry, html=later), first.raw)

    for each in (first, second):
        ids = [block.id for block in each.incoming.blocks]
        assert len(set(ids)) == len(ids)
        said = "".join(b.html for b in each.incoming.blocks if isinstance(b, Text))
        assert "<script" not in said
        assert "<img" not in said
        assert each.incoming.title
    assert arrived_of(entry, first.raw).incoming == first.incoming
