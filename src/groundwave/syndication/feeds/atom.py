"""Atom (RFC 4287), and what was deleted from it (RFC 6721)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from groundwave.syndication.feeds.draft import Draft
from groundwave.syndication.feeds.elements import (
    ATOM,
    BASE,
    TOMBSTONES,
    html_of,
    text_in,
    text_of,
    texts_in,
)
from groundwave.syndication.feeds.fields import Reader, html_of_text
from groundwave.syndication.feeds.media import enclosure, media_of
from groundwave.syndication.feeds.oddity import Odd
from groundwave.syndication.feeds.values import Deleted, Enclosure


MOST_DELETED = 1000


def drafts(feed: Element, reader: Reader) -> Iterator[Draft]:
    """Yield what every entry says."""
    authors = reader.lines(_names(feed))
    for number, entry in enumerate(feed.iterfind(f"{ATOM}entry"), 1):
        yield _draft(entry, authors, reader.of_entry(number).at(entry.get(BASE)))


def home_of(feed: Element, reader: Reader) -> str:
    """Return the page that the feed is of."""
    return reader.address(_page(feed))


def title_of(parent: Element, reader: Reader) -> str:
    """Return a title on one line, whether it is text or HTML."""
    return _line(parent.find(f"{ATOM}title"), reader)


def deleted_in(parent: Element, reader: Reader) -> tuple[Deleted, ...]:
    """Return what *parent*, which may be an RSS channel too, says is gone."""
    tombs = list(
        islice(parent.iterfind(f"{TOMBSTONES}deleted-entry"), MOST_DELETED + 1)
    )
    if len(tombs) > MOST_DELETED:
        reader.tell(Odd.TOO_MANY, MOST_DELETED)
    found = (
        Deleted(reader.line(each.get("ref", "")), reader.instant(each.get("when", "")))
        for each in tombs[:MOST_DELETED]
    )
    return tuple(each for each in found if each.id)


def _draft(entry: Element, feed_authors: tuple[str, ...], reader: Reader) -> Draft:
    source = entry.find(f"{ATOM}source")
    named = [*_names(entry), *(_names(source) if source is not None else ())]
    return Draft(
        reader,
        id=reader.line(text_in(entry, f"{ATOM}id")),
        url=reader.address(_page(entry)),
        title=title_of(entry, reader),
        authors=reader.lines(named) or feed_authors,
        published=reader.instant(text_in(entry, f"{ATOM}published")),
        updated=reader.instant(text_in(entry, f"{ATOM}updated")),
        categories=reader.lines(_categories(entry)),
        enclosures=[*media_of(entry, reader), *_enclosures(entry, reader)],
        # Last, because elements that are written as HTML lose their namespaces.
        summary=_line(entry.find(f"{ATOM}summary"), reader),
        html=_content(entry.find(f"{ATOM}content"), reader),
    )


def _page(parent: Element) -> str:
    links = parent.iterfind(f"{ATOM}link")
    pages = (each for each in links if each.get("rel", "alternate") == "alternate")
    return next((each.get("href", "") for each in pages), "")


def _names(parent: Element) -> Iterator[str]:
    return texts_in(parent, f"{ATOM}author/{ATOM}name")


def _categories(entry: Element) -> Iterator[str]:
    for each in entry.iterfind(f"{ATOM}category"):
        yield each.get("label", "") or each.get("term", "")


def _line(element: Element | None, reader: Reader) -> str:
    if element is None:
        return ""
    if element.get("type", "text") in ("html", "xhtml", "text/html"):
        return reader.line_of_html(html_of(element))
    return reader.line(text_of(element))


def _content(element: Element | None, reader: Reader) -> str:
    if element is None:
        return ""
    if source := element.get("src"):
        reader.tell(Odd.TEXT_ELSEWHERE, source)
    if element.get("type", "text") in ("text", "text/plain"):
        return html_of_text(reader.text(text_of(element)))
    if element.get("type") == "xhtml" and len(element):
        # The one "div" in it is only its envelope.
        element = element[0]
    return reader.text(html_of(element))


def _enclosures(entry: Element, reader: Reader) -> Iterator[Enclosure]:
    for each in entry.iterfind(f"{ATOM}link"):
        if each.get("rel") == "enclosure":
            yield from enclosure(
                reader,
                each.get("href", ""),
                kind=each.get("type", ""),
                length=each.get("length", ""),
                caption=each.get("title", ""),
            )
