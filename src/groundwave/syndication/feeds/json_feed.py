"""JSON Feed 1.1 and 1.0 (jsonfeed.org), and what Groundwave adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from groundwave.syndication.feeds.draft import Draft
from groundwave.syndication.feeds.errors import NotAFeed, Why
from groundwave.syndication.feeds.fields import Reader, html_of_text
from groundwave.syndication.feeds.media import enclosure
from groundwave.syndication.feeds.oddity import Odd
from groundwave.syndication.feeds.values import Enclosure


Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Bag: TypeAlias = "dict[str, Json]"

_VERSION = "https://jsonfeed.org/version/1"


def read_json(data: bytes) -> Bag:
    """
    Return the object that *data* is.

    Raises:
        NotAFeed: it is not JSON, too deep, or no feed.
    """
    try:
        raw: Json = msgspec.json.decode(data)
    except RecursionError:
        raise NotAFeed(Why.TOO_DEEP) from None
    except ValueError:
        raise NotAFeed(Why.BAD_JSON) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("items"), list):
        raise NotAFeed(Why.NEITHER)
    return raw


def check_version(feed: Bag, reader: Reader) -> None:
    """Report a version that is none of the known ones."""
    version = _text(feed, "version", reader)
    if not version.startswith(_VERSION):
        reader.tell(Odd.OTHER_VERSION, version)


def title_of(feed: Bag, reader: Reader) -> str:
    """Return the feed's title."""
    return reader.line(_text(feed, "title", reader))


def home_of(feed: Bag, reader: Reader) -> str:
    """Return the page that the feed is of."""
    return reader.address(_text(feed, "home_page_url", reader))


def drafts(feed: Bag, reader: Reader) -> Iterator[Draft]:
    """Yield what every item says."""
    authors = reader.lines(_authors(feed, reader))
    for number, item in enumerate(_list(feed, "items", reader), 1):
        of_entry = reader.of_entry(number)
        if isinstance(item, dict):
            yield _draft(item, authors, of_entry)
        else:
            of_entry.tell(Odd.WRONG_TYPE, "items")


def _draft(item: Bag, feed_authors: tuple[str, ...], reader: Reader) -> Draft:
    html = reader.text(_text(item, "content_html", reader))
    plain = reader.text(_text(item, "content_text", reader))
    return Draft(
        reader,
        id=reader.line(_text(item, "id", reader)),
        url=reader.address(_text(item, "url", reader)),
        title=reader.line(_text(item, "title", reader)),
        authors=reader.lines(_authors(item, reader)) or feed_authors,
        published=reader.instant(_text(item, "date_published", reader)),
        updated=reader.instant(_text(item, "date_modified", reader)),
        html=html or html_of_text(plain),
        summary=reader.line(_text(item, "summary", reader)),
        categories=reader.lines(_texts(item, "tags", reader)),
        enclosures=[*_pictures(item, reader), *_attachments(item, reader)],
    )


def _authors(parent: Bag, reader: Reader) -> Iterator[str]:
    # "author" is what version 1.0 had.
    for each in _list(parent, "authors", reader) or [parent.get("author")]:
        if isinstance(each, dict):
            yield _text(each, "name", reader)
        elif each is not None:
            reader.tell(Odd.WRONG_TYPE, "authors")


def _pictures(item: Bag, reader: Reader) -> Iterator[Enclosure]:
    ours = item.get("_groundwave")
    credit = _text(ours, "image_credit", reader) if isinstance(ours, dict) else ""
    image, banner = (_text(item, key, reader) for key in ("image", "banner_image"))
    yield from enclosure(reader, image, medium="image", credit=credit)
    yield from enclosure(reader, banner, medium="image")


def _attachments(item: Bag, reader: Reader) -> Iterator[Enclosure]:
    for each in _list(item, "attachments", reader):
        if isinstance(each, dict):
            yield from enclosure(
                reader,
                _text(each, "url", reader),
                kind=_text(each, "mime_type", reader),
                length=_text(each, "size_in_bytes", reader),
                caption=_text(each, "title", reader),
            )
        else:
            reader.tell(Odd.WRONG_TYPE, "attachments")


def _text(parent: Bag, key: str, reader: Reader) -> str:
    """Return a text; a number is one too, for many ids are."""
    match parent.get(key):
        case str(text):
            return text
        case None:
            return ""
        case bool() | dict() | list():
            reader.tell(Odd.WRONG_TYPE, key)
            return ""
        case number:
            return str(number)


def _texts(parent: Bag, key: str, reader: Reader) -> Iterator[str]:
    for each in _list(parent, key, reader):
        if isinstance(each, str):
            yield each
        else:
            reader.tell(Odd.WRONG_TYPE, key)


def _list(parent: Bag, key: str, reader: Reader) -> list[Json]:
    found = parent.get(key)
    if isinstance(found, list):
        return found
    if found is not None:
        reader.tell(Odd.WRONG_TYPE, key)
    return []
