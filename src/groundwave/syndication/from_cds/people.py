"""Who wrote a document."""

from __future__ import annotations

from collections.abc import Iterator

from groundwave.syndication.from_cds.fetched import Fetched
from groundwave.syndication.incoming import Author
from groundwave.syndication.leaving_out import LeftOut, Why
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds.assets import Byline, ReferenceByline, Text
from groundwave.wire.cds.body import body_of
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link


_LONGEST_NAME = 120
_LONGEST_ABOUT = 600


def authors_of(document: Document, fetched: Fetched) -> Iterator[Author | LeftOut]:
    """Yield the authors in their order, and the bylines that lead to nobody."""
    for asset in document.linked(document.bylines):
        if isinstance(asset, Byline):
            yield _author(asset.id, asset.name)
        elif isinstance(asset, ReferenceByline):
            for link in asset.byline_documents:
                yield _biography(asset.id, link, fetched)


def _biography(where: str, link: Link, fetched: Fetched) -> Author | LeftOut:
    found = fetched.documents.get(link.document_id)
    if found is None:
        return LeftOut(where, Why.NOT_FETCHED, plain(link.href, limit=120))
    # A restricted biography must not be linked to; the name still stands on the story.
    if found.restricted:
        return _author(where, found.title)
    about = plain(found.teaser or _text_of(found), limit=_LONGEST_ABOUT)
    return _author(where, found.title, found.canonical_url, about)


def _text_of(biography: Document) -> str:
    shown = (block.asset for block in body_of(biography) if not block.restricted)
    return " ".join(asset.text for asset in shown if isinstance(asset, Text))


def _author(where: str, name: str, url: str = "", about: str = "") -> Author | LeftOut:
    clean = plain(name, limit=_LONGEST_NAME)
    if not clean:
        return LeftOut(where, Why.NO_NAME, plain(where))
    return Author(clean, url, about)
