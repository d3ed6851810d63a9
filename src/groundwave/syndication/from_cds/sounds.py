"""Audio of a document, with the rights that its origin gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from groundwave.syndication.from_cds.fetched import Fetched, transcripts_of
from groundwave.syndication.incoming import Sound
from groundwave.syndication.markup import read_markup
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds.assets import Audio
from groundwave.wire.cds.document import Document


# Better first. What is not on the list is made for a place that is not ours.
_FOR_LISTENERS = (
    "primary",
    "newscast",
    "npr-newscast",
    "station-newscast",
    "consortium-newscast",
)


def main_audio(document: Document) -> Audio | None:
    """Return what is heard instead of reading *document*, if there is anything."""
    return next(_main_audios(document), None)


def sound_of(
    audio: Audio, document: Document, fetched: Fetched, *, restricted: bool = False
) -> Sound:
    """Return *audio* of *document*; without a file its address is empty."""
    player, duration = audio.embedded_player_link, audio.duration
    # A file that is not premium says nothing about a sound of which another one is.
    file = next((each for each in audio.enclosures if each.url), None)
    return Sound(
        id=audio.id,
        restricted=restricted or audio.restricted,
        url=file.url if file else "",
        media_type=file.type if file else "",
        title=plain(audio.title, limit=255),
        duration=None if duration is None else timedelta(seconds=duration),
        is_available=audio.is_available,
        is_streamable=audio.is_streamable,
        is_downloadable=audio.is_downloadable,
        is_embeddable=audio.is_embeddable,
        is_premium=document.is_premium(audio),
        expires_at=audio.stream_expiration_date_time,
        player_url=player.url if player else "",
        says=plain(audio.availability_message, limit=300),
        transcript=_transcript(audio, document, fetched),
    )


def _main_audios(document: Document) -> Iterator[Audio]:
    for rel in _FOR_LISTENERS:
        links = [link for link in document.audio if rel in link.rels]
        yield from (a for a in document.linked(links) if isinstance(a, Audio))
    links = [link for link in document.audio if not link.rels]
    yield from (a for a in document.linked(links) if isinstance(a, Audio))


def _transcript(audio: Audio, document: Document, fetched: Fetched) -> str:
    ids = [audio.transcript_link.document_id] if audio.transcript_link else []
    # The service names it of the document, so that it is that of the first sound.
    ids += transcripts_of(document) if audio is main_audio(document) else ()
    found = (fetched.documents.get(id_) for id_ in ids)
    texts = (each.text for each in found if each and not each.restricted)
    return next((read_markup(text).html for text in texts if text), "")
