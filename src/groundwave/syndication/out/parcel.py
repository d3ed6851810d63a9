"""What a network is to have of a story: made at the moment it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from groundwave.newsroom.models import Story
from groundwave.syndication.models import Dispatch
from groundwave.syndication.out.document import document_of
from groundwave.syndication.out.going_out import kept_back
from groundwave.syndication.out.pictures import make_crops, next_end
from groundwave.syndication.out.site import publisher_at
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.writing import write


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    A document as it is sent; without a body it is to be deleted.

    Attributes:
        body: its JSON.
        fingerprint: of what it says, but for when it was last modified.
        look_again_at: when it changes by itself, if it does.
    """

    body: bytes = b""
    fingerprint: str = ""
    look_again_at: datetime | None = None


def parcel_for(row: Dispatch, *, now: datetime) -> Parcel:
    """
    Return what the network is to have at *now*: what readers have, or nothing.

    Slow where photos have to be cut.

    Raises:
        NotAllowed: it cannot be written, which is our fault.
    """
    story = Story.objects.filter(dispatches=row, live=True).first()
    if story is None or any(kept_back(story, now=now)):
        return Parcel()
    make_crops(story, now=now)
    document = document_of(story, publisher=publisher_at(row.network), now=now)
    said = replace(document, editorial_last_modified_date_time=None)
    return Parcel(
        body=write(_stamped(document, row.sent_at, now)),
        fingerprint=sha256(write(said)).hexdigest(),
        look_again_at=next_end(story, now=now),
    )


def _stamped(document: Document, sent: datetime | None, now: datetime) -> Document:
    """
    Return *document* with a time after *sent*.

    Whoever asks for what was modified since must find that a photo went, although
    nobody published anything.
    """
    modified = document.editorial_last_modified_date_time
    if sent is None or (modified and modified > sent):
        return document
    return replace(document, editorial_last_modified_date_time=now)
