"""
RSS 2.0 (rssboard.org/rss-specification), with the modules that stations use.

Its own word for an author is an address of mail, and its own text may be whole or a
summary: ``content:encoded`` beside it says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from groundwave.syndication.feeds.draft import Draft
from groundwave.syndication.feeds.elements import (
    ATOM,
    CONTENT,
    DUBLIN_CORE,
    DUBLIN_CORE_TERMS,
    ITUNES,
    html_of,
    text_in,
    text_of,
    texts_in,
)
from groundwave.syndication.feeds.fields import Reader
from groundwave.syndication.feeds.media import enclosure, media_of
from groundwave.syndication.feeds.values import Enclosure


# anna@far.example (Anna Marsh)
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\((.*)\)")


def channel_of(root: Element) -> Element | None:
    """Return what holds the title and the items."""
    return root.find("channel")


def drafts(channel: Element, reader: Reader) -> Iterator[Draft]:
    """Yield what every item says."""
    for number, item in enumerate(channel.iterfind("item"), 1):
        yield _draft(item, reader.of_entry(number))


def home_of(channel: Element, reader: Reader) -> str:
    """Return the page that the feed is of."""
    return reader.address(text_in(channel, "link"))


def _draft(item: Element, reader: Reader) -> Draft:
    guid = item.find("guid")
    id_ = "" if guid is None else reader.line(text_of(guid))
    published = text_in(item, "pubDate", f"{DUBLIN_CORE}date", f"{ATOM}published")
    updated = text_in(item, f"{ATOM}updated", f"{DUBLIN_CORE_TERMS}modified")
    whole, short = item.find(f"{CONTENT}encoded"), item.find("description")
    if whole is None:
        # There is one text, and nobody says which of the two it is.
        whole, short = short, None
    return Draft(
        reader,
        id=id_,
        url=_address(item, guid, reader),
        title=reader.line_of_either(text_in(item, "title")),
        authors=reader.lines(_authors(item)),
        published=reader.instant(published),
        updated=reader.instant(updated),
        html="" if whole is None else reader.text(html_of(whole)),
        summary="" if short is None else reader.line_of_html(html_of(short)),
        categories=reader.lines(texts_in(item, "category")),
        # Media RSS first: it has words for whom to thank.
        enclosures=[*media_of(item, reader), *_enclosures(item, reader)],
    )


def _address(item: Element, guid: Element | None, reader: Reader) -> str:
    if link := text_in(item, "link"):
        return reader.address(link)
    if guid is not None and guid.get("isPermaLink", "true") == "true":
        return reader.address(text_of(guid))
    return ""


def _authors(item: Element) -> Iterator[str]:
    named = [*texts_in(item, f"{DUBLIN_CORE}creator", f"{ATOM}author/{ATOM}name")]
    for each in named or texts_in(item, "author", f"{ITUNES}author"):
        found = _MAIL_AND_NAME.fullmatch(each)
        yield found[1] if found else each


def _enclosures(item: Element, reader: Reader) -> Iterator[Enclosure]:
    for each in item.iterfind("enclosure"):
        kind, length = each.get("type", ""), each.get("length", "")
        yield from enclosure(reader, each.get("url", ""), kind=kind, length=length)
