"""What else has to be fetched for a document, and what came of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from groundwave.syndication.incoming import Brand
from groundwave.wire.cds.assets import (
    Audio,
    InternalLink,
    PromoCard,
    ReferenceByline,
)
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link


@dataclass(frozen=True, slots=True)
class Fetched:
    """
    What was fetched for a document; what is missing here is told as left out.

    Attributes:
        documents: by id.
        brands: by the address that the document's ``brandings`` have.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    brands: Mapping[str, Brand] = field(default_factory=dict)


def documents_for(document: Document) -> tuple[str, ...]:
    """Return the ids of the documents that *document* cannot be shown well without."""
    linked = (link.document_id for link in _links(document))
    ids = (*linked, *transcripts_of(document))
    return tuple(dict.fromkeys(id_ for id_ in ids if id_ and id_ != document.id))


def transcripts_of(document: Document) -> tuple[str, ...]:
    """Return the ids of the transcripts that the service says belong to *document*."""
    ids = document.extension_ids
    return tuple(id_ for id_ in ids if id_.endswith("-transcript"))


def brands_for(document: Document) -> tuple[str, ...]:
    """Return the addresses at which the names of its brands are."""
    return tuple(dict.fromkeys(link.url for link in document.brandings if link.url))


def _links(document: Document) -> Iterator[Link]:
    for asset in document.assets.values():
        match asset:
            case ReferenceByline():
                yield from asset.byline_documents
            case PromoCard() | InternalLink() if asset.document_link:
                yield asset.document_link
            case Audio() if asset.transcript_link:
                yield asset.transcript_link
