"""
Segments as HLS playlists.

One media playlist serves all renditions, byte for byte: their segments are cut
together, last equally long and have the same names, and every URI is relative to
the rendition's folder.

A segment is dated wherever a player that adds up EXTINF from the last date would
be more than a millisecond off. The first of a playlist never carries
EXT-X-DISCONTINUITY: the playlist's discontinuity sequence counts it already, and
goes on counting as segments leave (RFC 8216 section 6.2.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from groundwave.audio.job import Encoding
from groundwave.transmitter.tape.segment import TARGET_SECONDS, Segment
from groundwave.wire.hls.playlist import (
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


def span(segments: Sequence[Segment], *, is_over: bool) -> str:
    """
    Return the media playlist of a span, which grows until it *is_over*.

    It may have holes; what comes after one is marked as discontinuous.
    """
    return _media_playlist(
        segments, playlist_type="VOD" if is_over else "EVENT", ended=is_over
    )


def _media_playlist(
    segments: Sequence[Segment],
    *,
    playlist_type: PlaylistType = "",
    ended: bool = False,
) -> str:
    playlist = MediaPlaylist(
        target_duration=TARGET_SECONDS,
        media_sequence=segments[0].sequence,
        discontinuity_sequence=segments[0].discontinuities,
        segments=tuple(_media_segments(segments)),
        playlist_type=playlist_type,
        ended=ended,
    )
    return playlist.render()


def _media_segments(segments: Sequence[Segment]) -> Iterator[MediaSegment]:
    before: Segment | None = None
    dated_until = 0.0
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
        )
        before = segment


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
