"""What a feed is made of. Instants are aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from groundwave.syndication.feeds.oddity import Oddity


@dataclass(frozen=True, slots=True)
class Enclosure:
    """
    A file that belongs to an entry: a picture, a sound, or anything else.

    Attributes:
        kind: its media type in lower case; empty if unsaid.
        medium: ``image``, ``audio``, ``video`` or another word; empty if unknown.
        length: in bytes, as the feed has it; None if it does not say.
        credit: whom to thank for it; empty if nobody is named.
        caption: what is said below it.
        alt: what is said to those who do not see it.
    """

    url: str
    kind: str = ""
    medium: str = ""
    length: int | None = None
    credit: str = ""
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One story.

    Attributes:
        id: what it is known by again, the same whatever else changes; never empty.
        url: the page that it is of; empty if there is none.
        base: what relative addresses in *html* are relative to.
        title: plain text on one line.
        html: the whole text, as it came; empty if the feed has only a summary.
        summary: plain text on one line.
        enclosures: each address once.
    """

    id: str
    url: str = ""
    base: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    html: str = ""
    summary: str = ""
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def changed(self) -> datetime | None:
        """When it was last said to have changed, or appeared."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entry that is gone (RFC 6721); what was wrong with it is not said."""

    id: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """
    A feed, as much of it as could be read.

    Attributes:
        title: plain text on one line.
        home: the page that the feed is of; empty if it does not say.
        entries: in the feed's order, each id once.
        deleted: what it says is gone; it may be older than an entry that is back.
        oddities: what is wrong with it, in the order it was found.
    """

    title: str
    home: str
    entries: tuple[Entry, ...]
    deleted: tuple[Deleted, ...]
    oddities: tuple[Oddity, ...]
