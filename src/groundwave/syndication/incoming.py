"""
A story that came from upstream, in whatever grammar it came.

All text is clean: what is called html has only the elements of ``markup.read_markup``,
everything else is plain, but for ids and addresses, which are as upstream spells
them. Nothing is decided yet of what may be shown (``rights``):
what is restricted is here and says so. Instants are aware, and those of the story
itself are of the years 1900 to 2199; addresses are absolute, ``https`` or ``http``, or
empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from groundwave.syndication.leaving_out import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """
    What every part of a story has.

    Attributes:
        id: the same in every version of the story, and no other element's.
        restricted: whether its origin says that we must not show it.
    """

    id: str
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Element):
    """Paragraphs, lists and quoted paragraphs."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Element):
    """A heading between paragraphs; its level is 2 or 3."""

    words: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Element):
    """Somebody's words; who said them and where may be empty."""

    words: str
    speaker: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """
    One file of a photo, of so many pixels.

    Attributes:
        crop: the name of its shape, such as ``image-wide``; empty if it has none.
        template: an address with ``{width}``, ``{quality}`` and ``{format}`` to fill
            in (RFC 6570); empty if the file comes in one size.
        name: the file's own name, whoever delivers it.
    """

    url: str
    crop: str = ""
    width: int | None = None
    height: int | None = None
    media_type: str = ""
    template: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Element):
    """A photo: who took it, for which agency, and its cuts, the best one first."""

    cuts: tuple[Cut, ...]
    title: str = ""
    caption: str = ""
    alt_text: str = ""
    photographer: str = ""
    agency: str = ""
    agency_url: str = ""

    @property
    def credit(self) -> str:
        """The line under the photo; empty if nobody is named."""
        return "/".join(filter(None, (self.photographer, self.agency)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery(Element):
    """Photos that belong together, in their order."""

    photos: tuple[Photo, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(Element):
    """
    A sound and what its origin allows.

    Attributes:
        url: its file; empty if there is none.
        expires_at: when it must not be heard any more; None if that is never.
        player_url: a page of the origin that plays it.
        says: what to tell readers where it is not available.
        transcript: what is said in it, as html; empty if unknown.
    """

    url: str
    media_type: str = ""
    title: str = ""
    duration: timedelta | None = None
    is_available: bool = True
    is_streamable: bool = False
    is_downloadable: bool = False
    is_embeddable: bool = False
    is_premium: bool = False
    expires_at: datetime | None = None
    player_url: str = ""
    says: str = ""
    transcript: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed(Element):
    """Something on another site that is linked and not taken over."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related(Element):
    """Something else to read; the upstream id is empty if it is nobody's document."""

    url: str
    title: str
    upstream_id: str = ""


Block: TypeAlias = Text | Heading | Quote | Photo | Gallery | Sound | Embed | Related


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote it, with the page of who that is and some words about them."""

    name: str
    url: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A correction or a note; ``at`` is None if nobody said when."""

    id: str
    html: str
    title: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """A station whose name stands on the story, and its home page."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A topic, series or program that the story is in; ``rels`` says which of them."""

    id: str
    rels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """
    A story as upstream has it now.

    Attributes:
        id: what upstream calls it, for good; one connection has no other of that name.
        kind: what upstream says it is, such as ``story`` or ``newscast``.
        canonical: the page of the origin.
        published_at: the date that its editors gave it.
        updated_at: when readers should think that it was updated; None if never.
        modified_at: its last change, however small. Not to be shown to readers.
        archived_at: since when nobody updates it any more.
        recommended_until: until when to promote it; it stays valid afterwards.
        expires_at: when its sound must not be heard any more, as with newscasts.
        restricted: whether its origin says that we must not show it at all.
        no_index: whether its origin wants no search engine to have it.
        lead: the photo above the text, which is in no block.
        sound: what is heard instead of reading, which is in no block.
        owners: the addresses of the stations it belongs to.
        attribution: a copyright line that stood in the text.
        updated_line: the words that stood in the text instead of ``updated_at``.
        left_out: what of it is not here.
    """

    id: str
    title: str
    kind: str = "story"
    canonical: str = ""
    dek: str = ""
    teaser: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    modified_at: datetime | None = None
    archived_at: datetime | None = None
    recommended_until: datetime | None = None
    expires_at: datetime | None = None
    restricted: bool = False
    no_index: bool = False
    authors: tuple[Author, ...] = ()
    blocks: tuple[Block, ...] = ()
    lead: Photo | None = None
    sound: Sound | None = None
    corrections: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    brands: tuple[Brand, ...] = ()
    owners: tuple[str, ...] = ()
    collections: tuple[Collection, ...] = ()
    attribution: str = ""
    updated_line: str = ""
    left_out: tuple[LeftOut, ...] = field(default=())
