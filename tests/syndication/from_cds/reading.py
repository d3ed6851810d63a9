"""Documents of the test network, as incoming stories."""

from __future__ import annotations

from typing import Any

from equipment.network.others import biography
from groundwave.syndication.from_cds.fetched import Fetched, brands_for
from groundwave.syndication.from_cds.story import incoming_of
from groundwave.syndication.incoming import Brand, Incoming
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.reading import read_json


PLACES = ("www.youtube.com", "x.com")
FAR_SHORE = Brand("Far Shore Radio", "https://far-shore.example/")


def document_of(raw: dict[str, Any]) -> Document:
    return read_json(raw).document


def came(raw: dict[str, Any], *others: dict[str, Any]) -> Incoming:
    """Return *raw* as a story, with *others* and one biography fetched for it."""
    document = document_of(raw)
    fetched = {other["id"]: document_of(other) for other in (biography(), *others)}
    brands = dict.fromkeys(brands_for(document), FAR_SHORE)
    return incoming_of(document, Fetched(fetched, brands), places=PLACES)
