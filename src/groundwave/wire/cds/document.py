"""A document: a story, a biography, a topic, a transcript or whatever else there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated

import msgspec

from groundwave.wire.cds.assets import (
    Asset,
    AssetLinks,
    Audio,
    Expiry,
    Image,
    Profiled,
    Restriction,
    WebLinks,
)
from groundwave.wire.cds.grammar import Json, Links, OneOf, To, words
from groundwave.wire.cds.link import Count, Link


_IMAGES = Links(
    To.ASSET,
    words(
        """
        primary logo premium-logo headshot thumbnail promo-image-brick promo-image-wide
        promo-image-square promo-image-standard
        """
    ),
    frozenset({"image"}),
)
_AUDIO = Links(
    To.ASSET,
    words(
        """
        primary headline intro promo nprone-override newscast npr-newscast
        station-newscast consortium-newscast
        """
    ),
    frozenset({"audio"}),
)
_PREMIUM_RELS = frozenset({"npr-plus", "amazon-music"})
_PREMIUM_AUDIO = Links(To.ASSET, _PREMIUM_RELS, frozenset({"audio"}), _PREMIUM_RELS)
_LAYOUT = Links(
    To.ASSET, frozenset({"zone-topareastories", "subnav", "footer", "rail", "alt"})
)
_COLLECTIONS = Links(
    To.DOCUMENT,
    words(
        """
        blog category collection episode genre podcast-category podcast-channel program
        secondary series slug superseries theme topic byline contributor music-artist
        """
    ),
    unique=True,
)
_RELATED = Links(
    To.DOCUMENT,
    frozenset({"equivalent", "next", "previous", "promotional"}),
    unique=True,
)
_WEB_PAGES = Links(
    To.WEB,
    words(
        """
        canonical appears-on npr-one apple-podcasts google-podcasts pocket-casts spotify
        stitcher amazon-music amazon-alexa iheartradio youtube-music
        """
    ),
)
_BYLINES = Links(To.ASSET, kinds=frozenset({"byline", "reference-byline"}))
_CORRECTIONS = Links(To.ASSET, kinds=frozenset({"correction"}), unique=True)
_NOTES = Links(To.ASSET, frozenset({"editorial"}), frozenset({"note"}), unique=True)


class Document(Profiled, frozen=True, kw_only=True):
    """
    One document, with all the fields that are known of any kind.

    Instants are aware and in UTC. Links are in their order and may lead to assets
    that are not there: ``linked`` leaves those out.

    Attributes:
        kind: the profile that says what it is, such as ``story``; empty if unsaid.
        assets: by the id they are linked by.
        publish_date_time: the date of the story, as its editors want it.
        editorial_major_update_date_time: when readers should think it was updated.
        editorial_last_modified_date_time: its last editorial change, however small;
            good for asking what is new, not for showing.
        archived_date_time: since when nobody updates it any more.
        recommend_until_date_time: until when to promote it; it stays valid.
        expiration_date_time: when a newscast must not be heard any more.
        owners: the stations it belongs to, as far as searches go.
        brandings: the stations whose names stand on it, copyright line included.
        text: what a transcript says.
        meta: what the service says of it, to be sent back as it came.
    """

    kind: str
    title: str = ""
    subtitle: str = ""
    social_title: str = ""
    seo_title: str = ""
    teaser: str = ""
    short_teaser: str = ""
    contribution_notes: str = ""
    text: str = ""
    publish_date_time: datetime | None = None
    editorial_major_update_date_time: datetime | None = None
    editorial_last_modified_date_time: datetime | None = None
    archived_date_time: datetime | None = None
    recommend_until_date_time: datetime | None = None
    expiration_date_time: Expiry = None
    owners: WebLinks = ()
    brandings: WebLinks = ()
    bylines: Annotated[tuple[Link, ...], _BYLINES] = ()
    corrections: Annotated[tuple[Link, ...], _CORRECTIONS] = ()
    notes: Annotated[tuple[Link, ...], _NOTES] = ()
    collections: Annotated[tuple[Link, ...], _COLLECTIONS] = ()
    related_items: Annotated[tuple[Link, ...], _RELATED] = ()
    items: Annotated[tuple[Link, ...], Links(To.DOCUMENT)] = ()
    web_pages: Annotated[tuple[Link, ...], _WEB_PAGES] = ()
    profile_exclusions: Annotated[tuple[Link, ...], Links(unique=True)] = ()
    layout: Annotated[tuple[Link, ...], _LAYOUT] = ()
    images: Annotated[tuple[Link, ...], _IMAGES] = ()
    audio: Annotated[tuple[Link, ...], _AUDIO] = ()
    premium_audio: Annotated[tuple[Link, ...], _PREMIUM_AUDIO] = ()
    videos: AssetLinks = ()
    galleries: AssetLinks = ()
    html_blocks: AssetLinks = msgspec.field(name="html-blocks", default=())
    robots_no_index: Restriction = False
    auto_refresh_interval: Count = None
    featured_area_type: Annotated[
        str, OneOf(frozenset({"zero", "one", "two", "three"}))
    ] = ""
    npr_website_path: str = ""
    npr_display_type: str = ""
    assets: dict[str, Asset] = {}
    meta: dict[str, Json] = {}

    def linked(self, links: Iterable[Link]) -> Iterator[Asset]:
        """Yield the assets that *links* lead to, as far as they are there."""
        for link in links:
            if link.asset_id in self.assets:
                yield self.assets[link.asset_id]

    @property
    def canonical_url(self) -> str:
        """The page that is the original; empty if there is none."""
        pages = (page.url for page in self.web_pages if "canonical" in page.rels)
        return next(pages, "")

    @property
    def primary_image(self) -> Image | None:
        """The picture that stands for the document, restricted or not."""
        primary = [link for link in self.images if "primary" in link.rels]
        images = self.linked([*primary, *self.images])
        return next((image for image in images if isinstance(image, Image)), None)

    @property
    def extension_ids(self) -> tuple[str, ...]:
        """The documents that ``meta`` says are part of this, such as a transcript."""
        links = self.meta.get("extensionLinks")
        items = links if isinstance(links, list) else []
        hrefs = [item.get("href") for item in items if isinstance(item, dict)]
        ids = [Link(href=href).document_id for href in hrefs if isinstance(href, str)]
        return tuple(filter(None, ids))

    def is_premium(self, audio: Audio) -> bool:
        """Return whether *audio* may be played and linked, but never stored."""
        # The profile does not say which audio it means, so that it means all.
        return "has-premium-audio" in self.interfaces or (
            audio.id in {link.asset_id for link in self.premium_audio}
            or any(file.is_premium for file in audio.enclosures)
        )
