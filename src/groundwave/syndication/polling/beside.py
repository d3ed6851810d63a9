"""What a document needs besides itself, fetched: people, transcripts, links, brands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from groundwave.syndication.from_cds.fetched import (
    Fetched,
    brands_for,
    documents_for,
)
from groundwave.syndication.incoming import Brand
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.syndication.polling.kept import Kept
from groundwave.syndication.polling.service import Service
from groundwave.syndication.polling.sliding import read_one
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link
from groundwave.wire.cds.query import By, Query, Sort


MOST_BESIDE = 50
"""Of one story; one that needs more has a fault."""

_DAY = timedelta(days=1)
_documents: Kept[Document | None] = Kept(most=1000, time=_DAY)
_brands: Kept[Brand | None] = Kept(most=1000, time=_DAY)
# Who gave no answer: nobody waits for them story by story, but with the next check.
_away: Kept[bool] = Kept(most=1000, time=timedelta(minutes=4))


@dataclass(frozen=True, slots=True)
class Beside:
    """
    What there was.

    Attributes:
        lacking: names of what could not be asked for, and may be there another time.
    """

    fetched: Fetched
    lacking: tuple[str, ...]


def fetched_for(document: Document, service: Service, now: datetime) -> Beside:
    """Return what *document* needs; what was fetched within a day is not asked for."""
    ids = documents_for(document)[:MOST_BESIDE]
    urls = brands_for(document)[:MOST_BESIDE]
    lacking = [*_fetch_documents(ids, service, now)]
    documents = {id_: _documents.get((service.base, id_), now) for id_ in ids}
    lacking += [url for url in urls if not _has_brand(url, service, now)]
    brands = {url: _brands.get(url, now) for url in urls}
    return Beside(
        Fetched(
            {id_: kept[0] for id_, kept in documents.items() if kept and kept[0]},
            {url: kept[0] for url, kept in brands.items() if kept and kept[0]},
        ),
        tuple(lacking),
    )


def _fetch_documents(
    ids: tuple[str, ...], service: Service, now: datetime
) -> tuple[str, ...]:
    """Have *ids* kept; return those that could not be asked for."""
    unknown = tuple(i for i in ids if not _documents.get((service.base, i), now))
    if not unknown:
        return ()
    if _away.get(service.base, now):
        return unknown
    sort = (Sort(By.PUBLISHED, ascending=True),)
    try:
        raws = service.documents(Query(ids=unknown, sort=sort, limit=len(unknown)))
    except UpstreamTrouble:
        _away.put(service.base, thing=True, now=now)
        return unknown
    readings = (read_one(raw).reading for raw in raws)
    found = {each.document.id: each.document for each in readings if each}
    for id_ in unknown:
        _documents.put((service.base, id_), found.get(id_), now)
    return ()


def _has_brand(url: str, service: Service, now: datetime) -> bool:
    """Have the brand at *url* kept; return whether it could be asked for."""
    if _brands.get(url, now):
        return True
    if _away.get(url, now):
        return False
    try:
        raw = service.brand(url)
    except UpstreamTrouble:
        _away.put(url, thing=True, now=now)
        return False
    _brands.put(url, read_brand(raw) if raw else None, now)
    return True


def read_brand(raw: bytes) -> Brand | None:
    """Return the brand that an organization's JSON names; None if it names none."""
    try:
        said = msgspec.json.decode(raw)
    except (ValueError, RecursionError):
        return None
    match said:
        case {"brand": {"displayName": str(name)} as brand}:
            words = plain(name, limit=120)
            return Brand(words, _home(said, brand)) if words else None
        case _:
            return None


def _home(said: dict[str, Any], brand: dict[str, Any]) -> str:
    """Return its home page, where it names one: most do not."""
    match said:
        case {"links": {"brand": list(links)}}:
            named = [
                each.get("href")
                for each in links
                if isinstance(each, dict) and each.get("rel") == "homepage"
            ]
        case _:
            named = []
    hrefs = (each for each in (brand.get("homepage"), *named) if isinstance(each, str))
    return next((url for url in (Link(href=h).url for h in hrefs) if url), "")
