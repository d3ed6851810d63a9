"""
Assets: what a document is made of, each of one kind.

Texts are HTML as it came, not to be shown before it is made safe.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, TypeAlias

import msgspec

from groundwave.wire.cds.grammar import (
    NONEMPTY,
    Json,
    Links,
    OneOf,
    Part,
    To,
    Unreadable,
    words,
)
from groundwave.wire.cds.instants import LONG_AGO
from groundwave.wire.cds.link import AudioFile, Count, ImageFile, Link, VideoFile


Restriction: TypeAlias = Annotated[bool, Unreadable(value=True)]
Expiry: TypeAlias = Annotated[datetime | None, Unreadable(LONG_AGO)]
Size: TypeAlias = Annotated[
    str, OneOf(frozenset({"small", "medium", "large", "x-large"}))
]

WebLinks: TypeAlias = Annotated[tuple[Link, ...], Links(To.WEB, unique=True)]
WebLink: TypeAlias = Annotated[Link | None, Links(To.WEB)]
DocumentLink: TypeAlias = Annotated[Link | None, Links(To.DOCUMENT)]
AssetLinks: TypeAlias = Annotated[tuple[Link, ...], Links(To.ASSET)]

_CROPS = Links(
    To.WEB,
    words(
        """
        primary scalable image-standard image-square image-wide image-enlargement
        image-custom image-brick image-vertical image-vertical-wide image-slide
        """
    ),
)
_AUDIO = Links(To.WEB, frozenset({"premium", "sponsored", "tracked"}))
_VIDEO_RELS = words(
    """
    primary mp4-low mp4-med mp4-high mp4-hd hls video-wide video-vertical-wide
    """
)
_VIDEO = Links(To.WEB, _VIDEO_RELS, needs=_VIDEO_RELS)
_TRANSCRIPT = Links(
    To.DOCUMENT,
    frozenset({"extension", "always-display"}),
    needs=frozenset({"extension"}),
)


class Profiled(Part, frozen=True, kw_only=True):
    """
    What documents and assets have in common.

    Attributes:
        id: what it is linked by.
        interfaces: its profiles besides its kind and ``document``, known or not.
        restricted: whether it must not be shown but by the authorized services;
            true as well where that could not be read.
        authorized_services: the stations that may change it, such as ``s999``.
        rest: the fields that are not known here, as they came.
    """

    id: str
    interfaces: tuple[str, ...] = ()
    restricted: Restriction = msgspec.field(
        name="isRestrictedToAuthorizedOrgServiceIds", default=False
    )
    authorized_services: tuple[str, ...] = msgspec.field(
        name="authorizedOrgServiceIds", default=()
    )
    rest: dict[str, Json] = {}


class UnknownAsset(Profiled, frozen=True, kw_only=True):
    """An asset of a kind that is not known here; all it says is in ``rest``."""

    kind: str


class Text(Profiled, frozen=True, kw_only=True):
    """Some text of the body: a paragraph, several, a heading, a list."""

    kind: ClassVar[str] = "text"
    text: str


class HtmlBlock(Profiled, frozen=True, kw_only=True):
    """Any HTML at all, scripts included."""

    kind: ClassVar[str] = "html-block"
    html: str
    title: str = ""


class Image(Profiled, frozen=True, kw_only=True):
    """
    A picture in its cuts; ``producer`` took it, ``provider`` is the agency.

    Nothing says under which license it is or for how long it may be shown.
    """

    kind: ClassVar[str] = "image"
    enclosures: Annotated[tuple[ImageFile, ...], _CROPS]
    title: str = ""
    caption: str = ""
    alt_text: str = ""
    producer: str = ""
    provider: str = ""
    provider_link: Annotated[Link | None, Links(To.CONTACT)] = None
    enlargement_caption: str = ""
    display_size: Size = ""

    def crop(self, rel: str) -> ImageFile | None:
        """Return the cut that is called *rel*, such as ``image-wide``."""
        return next((cut for cut in self.enclosures if rel in cut.rels), None)


class Audio(Profiled, frozen=True, kw_only=True):
    """
    A sound and what may be done with it; ``duration`` is in seconds.

    What cannot be read of its rights is not allowed. Whether it is premium only the
    document knows: ``Document.is_premium``.
    """

    kind: ClassVar[str] = "audio"
    enclosures: Annotated[tuple[AudioFile, ...], _AUDIO]
    is_available: bool
    is_downloadable: bool
    is_embeddable: bool
    is_streamable: bool
    title: str = ""
    duration: Count = None
    availability_message: str = ""
    stream_expiration_date_time: Expiry = None
    transcript_link: Annotated[Link | None, _TRANSCRIPT] = None
    transcript_web_page_link: WebLink = None
    embedded_player_link: WebLink = None
    source: str = ""
    source_hash: str = ""
    song_title: str = ""
    song_artist: str = ""
    song_track_number: str = ""
    album_title: str = ""
    album_artist: str = ""


class Byline(Profiled, frozen=True, kw_only=True):
    """Somebody who wrote it, by name."""

    kind: ClassVar[str] = "byline"
    name: str


class ReferenceByline(Profiled, frozen=True, kw_only=True):
    """Somebody who wrote it, by the biography that has the name."""

    kind: ClassVar[str] = "reference-byline"
    byline_documents: Annotated[
        tuple[Link, ...], Links(To.DOCUMENT, frozenset({"biography"})), NONEMPTY
    ]


class Correction(Profiled, frozen=True, kw_only=True):
    """What was wrong and is put right; ``date_time`` is None if unreadable."""

    kind: ClassVar[str] = "correction"
    text: str
    date_time: datetime | None
    title: str = ""


class Note(Profiled, frozen=True, kw_only=True):
    """What an editor says about the story; ``date_time`` is None if unreadable."""

    kind: ClassVar[str] = "note"
    text: Annotated[str, NONEMPTY]
    date_time: datetime | None
    title: str = ""


class PullQuote(Profiled, frozen=True, kw_only=True):
    """A quotation, who said it, and when or where."""

    kind: ClassVar[str] = "pull-quote"
    quote: str
    attribution_party: str = ""
    attribution_context: str = ""


class Transcript(Profiled, frozen=True, kw_only=True):
    """What is said in an audio or a video."""

    kind: ClassVar[str] = "transcript"
    text: str


class PromoCard(Profiled, frozen=True, kw_only=True):
    """Something else to read; what it is only ``document_link`` may know."""

    kind: ClassVar[str] = "promo-card"
    card_style: str
    emphasis_level: Annotated[str, OneOf(frozenset({"low", "medium", "high"}))]
    title: str = ""
    teaser: str = ""
    eyebrow_text: str = ""
    eyebrow_link: WebLink = None
    attention_label: str = ""
    is_high_priority: bool = False
    presentation_elements: tuple[str, ...] = ()
    brandings: WebLinks = ()
    document_link: DocumentLink = None
    external_link: WebLink = None
    link_text: str = ""
    link_label: str = ""
    display_size: Size = ""


class InternalLink(Profiled, frozen=True, kw_only=True):
    """Another document of the service."""

    kind: ClassVar[str] = "internal-link"
    document_link: DocumentLink
    link_text: str = ""
    link_label: str = ""


class ExternalLink(Profiled, frozen=True, kw_only=True):
    """Another page of the web."""

    kind: ClassVar[str] = "external-link"
    external_link: WebLink
    link_text: str = ""
    link_label: str = ""


class YouTubeVideo(Profiled, frozen=True, kw_only=True):
    """A video at YouTube; ``start_time`` is in seconds."""

    kind: ClassVar[str] = "youtube-video"
    video_id: Annotated[str, NONEMPTY]
    headline: str = ""
    subheadline: str = ""
    start_time: int | None = None
    display_size: Size = ""
    embed_size: Size = ""


class Tweet(Profiled, frozen=True, kw_only=True):
    """A post on what was Twitter."""

    kind: ClassVar[str] = "tweet"
    tweet_id: Annotated[str, NONEMPTY]
    user_id: str = ""
    should_hide_media: bool = False
    display_size: Size = ""


class PlayerVideo(Profiled, frozen=True, kw_only=True):
    """A video in files; ``duration`` is in seconds."""

    kind: ClassVar[str] = "player-video"
    enclosures: Annotated[tuple[VideoFile, ...], _VIDEO]
    is_embeddable: bool
    title: str = ""
    caption: str = ""
    producer: str = ""
    provider: str = ""
    closed_captions: WebLinks = ()
    duration: Count = None
    display_size: Size = ""


class StreamPlayerVideo(Profiled, frozen=True, kw_only=True):
    """A video that is streamed, until it expires."""

    kind: ClassVar[str] = "stream-player-video"
    enclosures: Annotated[tuple[VideoFile, ...], _VIDEO]
    is_embeddable: bool
    title: str = ""
    caption: str = ""
    producer: str = ""
    provider: str = ""
    closed_captions: WebLinks = ()
    stream_expiration_date_time: Expiry = None
    display_size: Size = ""


class ImageGallery(Profiled, frozen=True, kw_only=True):
    """Pictures in a row, linked by ``layout``."""

    kind: ClassVar[str] = "image-gallery"
    layout: AssetLinks = ()
    title: str = ""
    intro_text: str = ""
    should_image_captions_display_by_default: bool = False


class Inset(Profiled, frozen=True, kw_only=True):
    """Part of the body that stands beside the rest, with a layout of its own."""

    kind: ClassVar[str] = "inset"
    layout: AssetLinks


class Container(Profiled, frozen=True, kw_only=True):
    """Part of the body that belongs together, with a layout of its own."""

    kind: ClassVar[str] = "container"
    layout: AssetLinks


Asset: TypeAlias = (
    Text
    | HtmlBlock
    | Image
    | Audio
    | Byline
    | ReferenceByline
    | Correction
    | Note
    | PullQuote
    | Transcript
    | PromoCard
    | InternalLink
    | ExternalLink
    | YouTubeVideo
    | Tweet
    | PlayerVideo
    | StreamPlayerVideo
    | ImageGallery
    | Inset
    | Container
    | UnknownAsset
)
