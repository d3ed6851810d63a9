"""A document, as a story that came from upstream."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from groundwave.syndication.from_cds.body import Attribution, blocks_of
from groundwave.syndication.from_cds.fetched import Fetched
from groundwave.syndication.from_cds.people import authors_of
from groundwave.syndication.from_cds.pictures import photo_of
from groundwave.syndication.from_cds.sounds import main_audio, sound_of
from groundwave.syndication.incoming import (
    Author,
    Brand,
    Collection,
    Incoming,
    Remark,
    Sound,
)
from groundwave.syndication.leaving_out import LeftOut, Why
from groundwave.syndication.markup import read_markup
from groundwave.syndication.safe_html import plain
from groundwave.syndication.updated_line import lift_updated_line
from groundwave.wire.cds.assets import Audio, Correction, Note
from groundwave.wire.cds.body import body_of
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link


LONGEST_TITLE = 255
LONGEST_DEK = 300

T = TypeVar("T")


def incoming_of(
    document: Document, fetched: Fetched, *, places: Iterable[str]
) -> Incoming:
    """
    Return *document* as a story, whatever kind of document it is.

    The photo and the sound that stand for it are in no block, whether they were in
    the layout or not; the line that says when it was updated is lifted out.

    Args:
        document: as it was read; tolerant, so that anything may be missing.
        fetched: what ``documents_for`` and ``brands_for`` ask for.
        places: the host names of sites that may be linked to out of a block of HTML.
    """
    image, audio = document.primary_image, main_audio(document)
    # Whatever stands in a restricted inset is restricted, wherever we put it.
    shut = {block.id for block in body_of(document) if block.restricted}
    lead = photo_of(image, restricted=image.id in shut) if image else None
    sound = _sound(audio, document, fetched, shut)
    apart = {asset.id for asset in (image if lead else None, audio) if asset}
    body = [*blocks_of(document, fetched, apart=apart, places=places)]
    authors = [*authors_of(document, fetched)]
    brands = [*_brands(document, fetched)]
    told = [*_cut(document), *_only(LeftOut, (*authors, *brands, *body))]
    return lift_updated_line(
        Incoming(
            id=document.id,
            kind=document.kind,
            title=_title(document),
            canonical=document.canonical_url,
            dek=plain(document.subtitle or document.teaser, limit=LONGEST_DEK),
            teaser=plain(document.teaser),
            published_at=_likely(document.publish_date_time),
            updated_at=_likely(document.editorial_major_update_date_time),
            modified_at=_likely(document.editorial_last_modified_date_time),
            archived_at=_likely(document.archived_date_time),
            recommended_until=_likely(document.recommend_until_date_time),
            expires_at=document.expiration_date_time,
            restricted=document.restricted,
            no_index=document.robots_no_index,
            authors=tuple(dict.fromkeys(_only(Author, authors))),
            blocks=tuple(
                each for each in body if not isinstance(each, LeftOut | Attribution)
            ),
            lead=lead,
            sound=sound,
            corrections=tuple(_remarks(document, document.corrections)),
            notes=tuple(_remarks(document, document.notes)),
            brands=tuple(dict.fromkeys(_only(Brand, brands))),
            owners=tuple(dict.fromkeys(o.url for o in document.owners if o.url)),
            collections=tuple(_collections(document)),
            attribution=" ".join(each.words for each in _only(Attribution, body)),
            left_out=tuple(told),
        )
    )


def _sound(
    audio: Audio | None, document: Document, fetched: Fetched, shut: Container[str]
) -> Sound | None:
    if audio is None:
        return None
    return sound_of(audio, document, fetched, restricted=audio.id in shut)


def _title(document: Document) -> str:
    """Return the headline; a document without any still needs one to be spoken of."""
    return plain(document.title, limit=LONGEST_TITLE) or plain(document.id)


def _likely(moment: datetime | None) -> datetime | None:
    """Return *moment* if it can be one of a story; no calendar breaks on it then."""
    return moment if moment and 1900 <= moment.year < 2200 else None


def _cut(document: Document) -> Iterator[LeftOut]:
    if len(plain(document.title)) > LONGEST_TITLE:
        yield LeftOut("", Why.TOO_LONG, "headline")
    if len(plain(document.subtitle or document.teaser)) > LONGEST_DEK:
        yield LeftOut("", Why.TOO_LONG, "dek")


def _brands(document: Document, fetched: Fetched) -> Iterator[Brand | LeftOut]:
    for link in document.brandings:
        brand = fetched.brands.get(link.url)
        name = f"The name of {plain(link.href, limit=120)}"
        yield brand or LeftOut("", Why.NOT_FETCHED, name)


def _remarks(document: Document, links: Iterable[Link]) -> Iterator[Remark]:
    for asset in document.linked(links):
        if isinstance(asset, Correction | Note) and not asset.restricted:
            html = read_markup(asset.text).html
            title = plain(asset.title, limit=LONGEST_TITLE)
            if html:
                yield Remark(asset.id, html, title, asset.date_time)


def _collections(document: Document) -> Iterator[Collection]:
    for link in document.collections:
        if link.document_id:
            yield Collection(link.document_id, link.rels)


def _only(kind: type[T], things: Iterable[object]) -> list[T]:
    return [each for each in things if isinstance(each, kind)]
