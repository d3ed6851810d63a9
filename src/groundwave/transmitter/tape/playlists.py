"""
Segments as HLS playlists.

One media playlist serves all renditions, byte for byte: their segments are cut
together, last equally long and have the same names, and every URI is relative to
the rendition's folder.

A segment is dated wherever a player that adds up EXTINF from the last date would
be more than a millisecond off. The first of a playlist never carries
EXT-X-DISCONTINUITY: the playlist's discontinuity sequence counts it already, and
goes on counting as segments leave (RFC 8216 section 6.2.2).

A title is said before the first segment it is heard in. It is never said otherwise
later, and ends where the next begins, so that no reload changes what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from groundwave.audio.job import Encoding
from groundwave.transmitter.tape.segment import TARGET_SECONDS, Segment
from groundwave.wire.hls import titles
from groundwave.wire.hls.playlist import (
    DateRange,
    MediaPlaylist,
    MediaSegment,
    MultivariantPlaylist,
    PlaylistType,
    Variant,
)


DATING_TOLERANCE = 0.001
# AAC holds its bitrate on average; five seconds of it were never seen further off.
PEAK_OVER_AVERAGE = 1.25
_BOXES_BITS_PER_SECOND = 2_000


def multivariant(renditions: Iterable[Encoding], uri_suffix: str) -> str:
    """Return the playlist that offers every rendition's ``<name>/<uri_suffix>``."""
    variants = (_variant(rendition, uri_suffix) for rendition in renditions)
    return MultivariantPlaylist(tuple(variants)).render()


def live(segments: Sequence[Segment]) -> str:
    """Return the media playlist of a live window."""
    return _media_playlist(segments)


def span(segments: Sequence[Segment], *, start: float, is_over: bool) -> str:
    """
    Return the media playlist of a span, which grows until it *is_over*.

    It has lines appended and nothing else (EVENT), the last of them that it is over.
    It may have holes; what comes after one is marked as discontinuous. Players begin
    at *start*, in Unix seconds: without being told so they would begin at the live
    edge of a span that grows, and some seconds early in any other.
    """
    return _media_playlist(
        segments,
        playlist_type="EVENT",
        ended=is_over,
        # Less than three target durations before the end at first, though RFC 8216
        # section 4.3.5.2 would rather not: a span that grows may not change its head.
        starts_at=max(0.0, start - segments[0].start),
    )


def _media_playlist(
    segments: Sequence[Segment],
    *,
    playlist_type: PlaylistType = "",
    ended: bool = False,
    starts_at: float | None = None,
) -> str:
    playlist = MediaPlaylist(
        target_duration=TARGET_SECONDS,
        media_sequence=segments[0].sequence,
        discontinuity_sequence=segments[0].discontinuities,
        segments=tuple(_media_segments(segments)),
        playlist_type=playlist_type,
        ended=ended,
        starts_at=starts_at,
    )
    return playlist.render()


def _media_segments(segments: Sequence[Segment]) -> Iterator[MediaSegment]:
    before: Segment | None = None
    dated_until = 0.0
    said: set[str] = set()
    for segment in segments:
        breaks = before is not None and _breaks_between(before, segment)
        is_off = abs(segment.start - dated_until) > DATING_TOLERANCE
        needs_date = before is None or breaks or is_off
        date = datetime.fromtimestamp(segment.start, UTC) if needs_date else None
        # As a player adds: from the date as written, durations as written.
        begins_at = round(segment.start, 3) if needs_date else dated_until
        dated_until = begins_at + round(segment.duration, 6)
        yield MediaSegment(
            uri=f"{segment.name}.m4s",
            duration=segment.duration,
            program_date_time=date,
            discontinuity=breaks,
            map_uri=f"{segment.init}.mp4",
            date_ranges=tuple(_news(segment, said)),
        )
        before = segment


def _news(segment: Segment, said: set[str]) -> Iterator[DateRange]:
    """Yield the titles of *segment* that were not *said* yet."""
    for title in segment.titles:
        if title.id not in said:
            said.add(title.id)
            at = datetime.fromtimestamp(title.at, UTC)
            yield titles.said(title.id, title.text, at=at)


def _breaks_between(before: Segment, after: Segment) -> bool:
    return after.discontinuity or after.sequence != before.sequence + 1


def _variant(rendition: Encoding, uri_suffix: str) -> Variant:
    average = rendition.bitrate_kbps * 1000 + _BOXES_BITS_PER_SECOND
    return Variant(
        uri=f"{rendition.name}/{uri_suffix}",
        bandwidth=round(average * PEAK_OVER_AVERAGE),
        average_bandwidth=average,
        codecs="mp4a.40.2",
    )
