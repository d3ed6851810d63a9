"""Recordings of ours, with what others may do with them."""

from __future__ import annotations

from groundwave.pages.models import Recording
from groundwave.syndication.out.publisher import Publisher
from groundwave.syndication.out.texts import line
from groundwave.wire.cds.assets import Audio
from groundwave.wire.cds.link import AudioFile, Link


def audio_of(
    recording: Recording | None,
    publisher: Publisher,
    *,
    name: str,
    title: str,
    page: str,
) -> Audio | None:
    """
    Return *recording*, to be heard and to be kept; there is no player to embed.

    Of one that came with somebody else's story, and of none, nothing is passed on.

    Args:
        recording: what to pass on.
        publisher: who we are.
        name: its id.
        title: what it is called there, if not as it is here.
        page: the whole address of the page that has its transcript; may be empty.
    """
    if recording is None or hasattr(recording, "lease"):
        return None
    has_transcript = recording.transcript and page
    return Audio(
        id=name,
        enclosures=(
            AudioFile(href=publisher.at(recording.file.url), type=recording.media_type),
        ),
        is_available=True,
        is_downloadable=True,
        is_embeddable=False,
        is_streamable=True,
        title=line(title or recording.title),
        duration=round(recording.seconds) or None,
        transcript_web_page_link=Link(href=page) if has_transcript else None,
    )
