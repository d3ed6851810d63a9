"""Who wrote a document."""

from __future__ import annotations

from collections.abc import Iterator

from groundwave.syndication.from_cds.fetched import Fetched
from groundwave.syndication.incoming import Author
from groundwave.syndication.leaving_out import LeftOut, Why
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds.assets import Byline, ReferenceByline
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link


_LONGEST_NAME = 120


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
    return _author(where, found.title, "" if found.restricted else found.canonical_url)


def _author(where: str, name: str, url: str = "") -> Author | LeftOut:
    clean = plain(name, limit=_LONGEST_NAME)
    return Author(clean, url) if clean else LeftOut(where, Why.NO_NAME, plain(where))
