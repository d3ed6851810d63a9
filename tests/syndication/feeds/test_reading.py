"""What is no feed, and what is too much of one."""

from __future__ import annotations

import time

import pytest

from groundwave.syndication.feeds.errors import NotAFeed, Why
from groundwave.syndication.feeds.oddity import LONGEST_DETAIL, MOST_ODDITIES, Odd
from groundwave.syndication.feeds.reading import LARGEST_FEED, read


ENTRY = "<item><guid>n1</guid><title>{}</title></item>"
ATTRIBUTES = f'<!DOCTYPE rss [<!ATTLIST a b CDATA "{"x" * 1000}">]>'


def rss(inner: str, *, before: str = "") -> bytes:
    return f'{before}<rss version="2.0"><channel>{inner}</channel></rss>'.encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Why.NEITHER),
        (b"Not found", Why.NEITHER),
        (b"\x89PNG\r\n\x1a\n", Why.NEITHER),
        (b"  <!doctype HTML><title>Sign in</title>", Why.A_PAGE),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", Why.A_PAGE),
        (b"<?xml version='1.0'?><html><br/></html>", Why.A_PAGE),
        (b"<opml/>", Why.NEITHER),
        (b"<rss/>", Why.NEITHER),
        (b"<feed/>", Why.NEITHER),
        (b"<rss><channel>", Why.BAD_XML),
        (b"<?xml version='1.0' encoding='klingon'?><rss/>", Why.BAD_XML),
        (b"<?xml version='1.0' encoding='base64'?><rss/>", Why.BAD_XML),
        (b"<rss>" + b"<a>" * 200, Why.TOO_DEEP),
        (b"<rss>" + b"<a/>" * 200_001, Why.TOO_MANY_PARTS),
        (b"<" + b"a" * LARGEST_FEED, Why.TOO_LARGE),
        (rss("", before='<!DOCTYPE rss [<!ENTITY a "b">]>'), Why.ENTITIES),
        (
            rss("", before='<!DOCTYPE rss [<!ENTITY % a SYSTEM "file:///x">]>'),
            Why.ENTITIES,
        ),
        (rss("<a/>" * 1000, before=ATTRIBUTES), Why.ENTITIES),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, why):
    with pytest.raises(NotAFeed) as refused:
        read(data)

    assert refused.value.why is why
    assert "%(" not in refused.value.sentence


def test_a_document_type_that_declares_nothing_does_no_harm():
    old = '<!DOCTYPE rss PUBLIC "-//Far//DTD RSS//EN" "http://127.0.0.1:1/rss.dtd">'

    assert read(rss(ENTRY.format("Old"), before=old)).entries[0].title == "Old"


@pytest.mark.parametrize(
    "before",
    ["\ufeff", "\n \n", '\n<?xml version="1.0" encoding="UTF-8"?>', "<!-- x -->"],
)
def test_what_stands_before_a_feed_does_not_matter(before):
    assert read(rss(ENTRY.format("Here"), before=before)).entries[0].title == "Here"


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "iso-8859-15"])
def test_a_feed_may_be_in_another_encoding(encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    data = rss(ENTRY.format("Café"), before=head).decode().encode(encoding)

    assert read(data).entries[0].title == "Café"


def test_characters_that_no_text_has_are_left_out():
    feed = read(rss(ENTRY.format("A\x0bB\x00C")))

    assert feed.entries[0].title == "ABC"
    assert Odd.BAD_TEXT in {each.what for each in feed.oddities}


def test_a_line_that_is_too_long_is_cut():
    feed = read(rss(ENTRY.format("word " * 10_000)))

    assert len(feed.entries[0].title) <= 2000
    told = next(each for each in feed.oddities if each.what is Odd.TOO_LONG)
    assert len(told.detail) == LONGEST_DETAIL


def test_no_more_is_told_than_anybody_reads():
    feed = read(rss("<item/>" * 900))

    assert len(feed.oddities) == MOST_ODDITIES + 1
    assert feed.oddities[-1].what is Odd.MORE


@pytest.mark.parametrize(
    "text",
    ["&lt;" * 400_000, "&lt;p " * 300_000, "&amp;" * 400_000, "&lt;!--" * 300_000],
)
@pytest.mark.parametrize("name", ["title", "description", "author"])
def test_what_is_made_to_take_long_does_not(name, text):
    data = rss(f"<item><guid>n1</guid><{name}>{text}</{name}></item>")
    began = time.process_time()

    assert read(data).entries

    assert time.process_time() - began < 3
