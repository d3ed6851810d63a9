"""
An entry of a feed, as an incoming story.

What is kept of it is JSON of our own, for no entry stands by itself: what it says, and by
which ids its paragraphs went.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html import escape, unescape
from urllib.parse import urljoin

import msgspec
from django.utils.translation import gettext as _

from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.feeds.values import Enclosure, Entry
from groundwave.syndication.from_cds.pictures import file_name
from groundwave.syndication.incoming import (
    Author,
    Block,
    Collection,
    Cut,
    Heading,
    Incoming,
    Photo,
    Quote,
    Sound,
    Text,
)
from groundwave.syndication.leaving_out import LeftOut, Why
from groundwave.syndication.markup import Markup, Piece, read_markup
from groundwave.syndication.polling.asking import LONGEST_ID
from groundwave.syndication.polling.paragraphs import Named, named
from groundwave.syndication.safe_html import plain
from groundwave.syndication.updated_line import lift_updated_line
from groundwave.wire.http.text import clean_text


# Feeds write both times when they publish, and not always the same one.
_AT_ONCE = timedelta(minutes=1)
LONGEST_TITLE = 255
LONGEST_DEK = 300

_HEADINGS = {"h2": 2, "h3": 3}
_LINK = re.compile(r"""(<a\b[^<>]*?\shref\s*=\s*)(["'])([^"'<>]*)\2""", re.IGNORECASE)
_PHOTOS = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "")


class _Kept(msgspec.Struct):
    """What is kept of an entry."""

    entry: Entry
    paragraphs: tuple[Named, ...] = ()


_KEPT = msgspec.json.Decoder(_Kept)


def id_of(entry: Entry) -> str:
    """Return what *entry* is called here: what its feed calls it, unless that is too long."""
    return short_id(entry.id)


def short_id(id_: str) -> str:
    """Return an id that can be kept, the same for the same one."""
    if len(id_) <= LONGEST_ID:
        return id_
    return f"sha256-{hashlib.sha256(id_.encode()).hexdigest()}"


def fingerprint_of(entry: Entry) -> str:
    """Return what changes with everything that the entry says."""
    return hashlib.sha256(msgspec.json.encode(entry, order="sorted")).hexdigest()


def arrived_of(entry: Entry, before: bytes = b"") -> Arrived:
    """
    Return the story that *entry* tells.

    Args:
        entry: as its feed has it.
        before: the ``raw`` of the version before, so that paragraphs keep their ids.
    """
    html = entry.html or f"<p>{escape(entry.summary)}</p>"
    markup = read_markup(_with_whole_links(html, entry.base))
    pieces = {each.html: each for each in markup.pieces}
    paragraphs = named([each.html for each in markup.pieces], paragraphs_in(before))
    blocks = tuple(_block(each.id, pieces[each.text]) for each in paragraphs)
    raw = msgspec.json.encode(_Kept(entry, paragraphs))
    incoming = _incoming(entry, blocks, markup)
    said = () if entry.html else (_only_a_summary(),)
    is_whole = bool(entry.html)
    return Arrived(incoming, raw, fingerprint_of(entry), said, is_whole)


def paragraphs_in(raw: bytes) -> tuple[Named, ...]:
    """Return the paragraphs of what was kept; of anything else, none."""
    try:
        return _KEPT.decode(raw).paragraphs
    except (ValueError, RecursionError):
        return ()


def _incoming(entry: Entry, blocks: tuple[Block, ...], markup: Markup) -> Incoming:
    photos = [*_photos(entry.enclosures)]
    lead = next((each for each in photos if each.credit), None) or next(
        iter(photos), None
    )
    others = tuple(each for each in photos if each is not lead and each.credit)
    published = _likely(entry.published or entry.updated)
    story = Incoming(
        id=id_of(entry),
        title=plain(entry.title, limit=LONGEST_TITLE) or plain(entry.id, limit=80),
        canonical=entry.url,
        dek=clean_text(entry.summary, limit=LONGEST_DEK),
        teaser=entry.summary,
        published_at=published,
        updated_at=_updated(entry),
        modified_at=_likely(entry.changed),
        authors=tuple(dict.fromkeys(_authors(entry))),
        blocks=(*blocks, *others),
        lead=lead,
        sound=_sound(entry.enclosures),
        collections=tuple(Collection(each) for each in entry.categories),
        attribution=markup.attribution,
        left_out=tuple(_left_out(markup)),
    )
    return lift_updated_line(story)


def _updated(entry: Entry) -> datetime | None:
    """Return when its feed calls it changed significantly (RFC 4287 §4.2.15), if ever."""
    updated, published = _likely(entry.updated), _likely(entry.published)
    if updated and published and updated > published + _AT_ONCE:
        return updated
    return None


def _block(id_: str, piece: Piece) -> Block:
    if piece.tag in _HEADINGS:
        return Heading(id=id_, words=piece.words, level=_HEADINGS[piece.tag])
    if piece.tag == "blockquote":
        return Quote(id=id_, words=piece.words)
    return Text(id=id_, html=piece.html)


def _with_whole_links(html: str, base: str) -> str:
    """Return *html* with links that are relative to *base* made whole."""

    def whole(found: re.Match[str]) -> str:
        begun, mark, href = found.groups()
        return f"{begun}{mark}{_joined(base, unescape(href))}{mark}"

    return _LINK.sub(whole, html) if base else html


def _joined(base: str, href: str) -> str:
    try:
        joined = urljoin(base, href.strip())
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return joined.replace("&", "&amp;").replace('"', "%22").replace("'", "%27")


def _authors(entry: Entry) -> Iterator[Author]:
    for each in entry.authors:
        if name := plain(each, limit=120):
            yield Author(name)


def _photos(enclosures: Iterable[Enclosure]) -> Iterator[Photo]:
    """Yield the photos; files of the same words are cuts of one."""
    groups: dict[tuple[str, str], list[Enclosure]] = {}
    for each in enclosures:
        if each.medium == "image" and each.kind in _PHOTOS:
            groups.setdefault((each.credit, each.caption), []).append(each)
    for files in groups.values():
        first = files[0]
        yield Photo(
            id=f"photo-{_digest(first.url)}",
            cuts=tuple(_cut(each) for each in files),
            caption=clean_text(first.caption, limit=1000),
            alt_text=clean_text(first.alt, limit=1000),
            photographer=clean_text(first.credit, limit=200),
        )


def _cut(file: Enclosure) -> Cut:
    return Cut(url=file.url, media_type=file.kind, name=file_name(file.url))


def _sound(enclosures: Iterable[Enclosure]) -> Sound | None:
    """Return the first sound: a feed gives it to whoever wants to hear or keep it."""
    for each in enclosures:
        if each.medium == "audio":
            return Sound(
                id=f"sound-{_digest(each.url)}",
                url=each.url,
                media_type=each.kind,
                title=clean_text(each.caption, limit=255),
                is_streamable=True,
                is_downloadable=True,
            )
    return None


def _digest(url: str) -> str:
    """Return the same for the same file, whatever word lets one at it."""
    return hashlib.sha256(url.partition("?")[0].encode()).hexdigest()[:16]


def _left_out(markup: Markup) -> Iterator[LeftOut]:
    if markup.dropped:
        yield LeftOut("", Why.MEDIA_IN_TEXT, ", ".join(dict.fromkeys(markup.dropped)))
    if markup.flattened:
        yield LeftOut("", Why.TABLE, str(markup.flattened))


def _likely(moment: datetime | None) -> datetime | None:
    """Return *moment* if it can be one of a story; no calendar breaks on it then."""
    return moment if moment and 1900 <= moment.year < 2200 else None


def _only_a_summary() -> str:
    return _(
        "The feed has only a summary of this story. Ask those who make it for one with "
        "whole texts, or import the story from elsewhere."
    )
