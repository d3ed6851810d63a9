"""
HLS playlists as values that render themselves.

RFC 8216 (https://www.rfc-editor.org/rfc/rfc8216) and, where named, its successor
draft-pantos-hls-rfc8216bis. What renders is always a playlist a strict client
takes; what cannot be one is a ``UsageError``. ``reading`` is the way back.

Whatever is rendered here is AAC, of which every segment can be decoded alone, so
that EXT-X-INDEPENDENT-SEGMENTS is always said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from groundwave.wire.errors import UsageError
from groundwave.wire.hls.attributes import instant, quoted


CONTENT_TYPE = "application/vnd.apple.mpegurl"
PlaylistType = Literal["", "EVENT", "VOD"]

_CLIENT_ATTRIBUTE = re.compile(r"X-[A-Z0-9-]+")
_URI = re.compile(r"[!$-~][!#-~]*")  # printable ASCII, no quote, no comment


@dataclass(frozen=True, slots=True)
class MediaSegment:
    """
    One segment of a media playlist.

    Attributes:
        duration: in seconds.
        program_date_time: when its first sample was on air, aware; rendered
            wherever it is given (4.3.2.6).
        discontinuity: whether the timeline or the encoding breaks before it.
        map_uri: its initialization segment, said again only when it changes.
        date_ranges: said before it. A range that stands beside the sound in which
            it begins lets a growing playlist have lines appended only (6.2.1).
    """

    uri: str
    duration: float
    program_date_time: datetime | None = None
    discontinuity: bool = False
    map_uri: str | None = None
    date_ranges: tuple[DateRange, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRange:
    """
    A span of the programme with something to say about it (4.3.2.7).

    Attributes:
        start: aware.
        duration: in seconds; give this or *end*, or neither while it is unknown.
        attributes: client attributes; every name begins with ``X-``. Values may
            be any text, which loses its double quotes and line ends.
        kind: what sort of thing is said; rendered as CLASS.
        ends_on_next: it ends where the next of its kind begins, whenever that is.
    """

    id: str
    start: datetime
    duration: float | None = None
    end: datetime | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    ends_on_next: bool = False

    def render(self) -> str:
        """Return the tag."""
        if self.duration is not None and not 0 <= self.duration < math.inf:
            raise UsageError(f"Date range {self.id!r} cannot last {self.duration} s.")
        if self.end is not None and self.end < self.start:
            raise UsageError(f"Date range {self.id!r} ends before it starts.")
        has_end = self.end is not None or self.duration is not None
        if self.ends_on_next and (has_end or not self.kind):
            raise UsageError(f"Date range {self.id!r} needs a kind, and no other end.")
        for name in self.attributes:
            if not _CLIENT_ATTRIBUTE.fullmatch(name):
                raise UsageError(f"{name!r} is no client attribute: name it X-….")
        return "#EXT-X-DATERANGE:" + ",".join(self._attribute_list())

    def _attribute_list(self) -> Iterator[str]:
        yield f"ID={quoted(self.id)}"
        if self.kind:
            yield f"CLASS={quoted(self.kind)}"
        yield f"START-DATE={quoted(instant(self.start))}"
        if self.end is not None:
            yield f"END-DATE={quoted(instant(self.end))}"
        if self.duration is not None:
            yield f"DURATION={_decimal(self.duration)}"
        if self.ends_on_next:
            yield "END-ON-NEXT=YES"
        for name, value in self.attributes.items():
            yield f"{name}={quoted(value)}"


@dataclass(frozen=True, slots=True)
class MediaPlaylist:
    """
    A list of segments, live or finished.

    Attributes:
        target_duration: whole seconds; no segment's duration, rounded to the
            nearest integer, may exceed it (4.3.3.1).
        media_sequence: the number of the first segment (4.3.3.2).
        discontinuity_sequence: how many discontinuities were removed before the
            first segment (4.3.3.3).
        ended: whether no segment will be added (4.3.3.4).
        date_ranges: said after the last segment.
        starts_at: how many seconds into it players begin, exactly (4.3.5.2).
    """

    target_duration: int
    media_sequence: int = 0
    discontinuity_sequence: int = 0
    segments: tuple[MediaSegment, ...] = ()
    playlist_type: PlaylistType = ""
    ended: bool = False
    date_ranges: tuple[DateRange, ...] = ()
    starts_at: float | None = None

    def render(self) -> str:
        """
        Return the playlist's text.

        Raises:
            UsageError: if a segment is too long, a URI breaks its line, a date
                has no zone, date ranges stand without any program date-time, or
                players are to begin at no number.
        """
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "#EXTM3U"
        # Section 7: fractional EXTINF needs 3, EXT-X-MAP 6.
        yield f"#EXT-X-VERSION:{6 if any(s.map_uri for s in self.segments) else 3}"
        yield "#EXT-X-INDEPENDENT-SEGMENTS"
        yield f"#EXT-X-TARGETDURATION:{self.target_duration}"
        yield f"#EXT-X-MEDIA-SEQUENCE:{self.media_sequence}"
        if self.discontinuity_sequence:
            yield f"#EXT-X-DISCONTINUITY-SEQUENCE:{self.discontinuity_sequence}"
        if self.playlist_type:
            yield f"#EXT-X-PLAYLIST-TYPE:{self.playlist_type}"
        if self.starts_at is not None:
            yield self._start_line(self.starts_at)
        self._check_dates()
        map_uri = None
        for segment in self.segments:
            yield from self._segment_lines(segment, map_uri)
            map_uri = segment.map_uri
        yield from (date_range.render() for date_range in self.date_ranges)
        if self.ended:
            yield "#EXT-X-ENDLIST"

    def _start_line(self, offset: float) -> str:
        if not math.isfinite(offset):
            raise UsageError(f"Players cannot begin at {offset} s.")
        return f"#EXT-X-START:TIME-OFFSET={_decimal(offset)},PRECISE=YES"

    def _check_dates(self) -> None:
        has_ranges = self.date_ranges or any(s.date_ranges for s in self.segments)
        is_dated = any(segment.program_date_time for segment in self.segments)
        if has_ranges and self.segments and not is_dated:
            raise UsageError("Date ranges need a program date-time (4.3.2.7).")

    def _segment_lines(
        self, segment: MediaSegment, previous_map: str | None
    ) -> Iterator[str]:
        duration = _decimal(segment.duration)
        if not 0 <= float(duration) < self.target_duration + 0.5:
            raise UsageError(
                f"A segment of {duration} s does not fit a target duration "
                f"of {self.target_duration} s."
            )
        yield from (date_range.render() for date_range in segment.date_ranges)
        if segment.discontinuity:
            yield "#EXT-X-DISCONTINUITY"
        if segment.map_uri != previous_map:
            yield f'#EXT-X-MAP:URI="{_uri(segment.map_uri)}"'
        if segment.program_date_time is not None:
            yield f"#EXT-X-PROGRAM-DATE-TIME:{instant(segment.program_date_time)}"
        yield f"#EXTINF:{duration},"
        yield _uri(segment.uri)


@dataclass(frozen=True, slots=True)
class Rendition:
    """
    An alternative of a group (4.3.4.1), for radio a language or a described feed.

    Attributes:
        uri: its media playlist; empty when the variant's own carries it.
    """

    group_id: str
    name: str
    uri: str = ""
    type: str = "AUDIO"
    language: str = ""
    default: bool = False
    autoselect: bool = False

    def render(self) -> str:
        """Return the tag."""
        return "#EXT-X-MEDIA:" + ",".join(self._attribute_list())

    def _attribute_list(self) -> Iterator[str]:
        yield f"TYPE={self.type}"
        yield f"GROUP-ID={quoted(self.group_id)}"
        yield f"NAME={quoted(self.name)}"
        if self.language:
            yield f"LANGUAGE={quoted(self.language)}"
        if self.default:
            yield "DEFAULT=YES"
        if self.default or self.autoselect:  # a default must be selectable (4.3.4.1)
            yield "AUTOSELECT=YES"
        if self.uri:
            yield f'URI="{_uri(self.uri)}"'


@dataclass(frozen=True, slots=True)
class Variant:
    """
    One encoding of the whole programme (4.3.4.2).

    Attributes:
        bandwidth: the peak, in bits per second, container included.
        average_bandwidth: likewise over all segments; 0 when unknown.
        codecs: RFC 6381 names; AAC-LC is ``mp4a.40.2``.
        audio: the group of renditions it goes with, if any.
    """

    uri: str
    bandwidth: int
    average_bandwidth: int = 0
    codecs: str = ""
    audio: str = ""

    def render(self) -> str:
        """Return the tag and the URI below it."""
        return f"#EXT-X-STREAM-INF:{','.join(self._attribute_list())}\n{_uri(self.uri)}"

    def _attribute_list(self) -> Iterator[str]:
        yield f"BANDWIDTH={self.bandwidth}"
        if self.average_bandwidth:
            yield f"AVERAGE-BANDWIDTH={self.average_bandwidth}"
        if self.codecs:
            yield f"CODECS={quoted(self.codecs)}"
        if self.audio:
            yield f"AUDIO={quoted(self.audio)}"


@dataclass(frozen=True, slots=True)
class MultivariantPlaylist:
    """The encodings a player may choose from; the first variant is where it starts."""

    variants: tuple[Variant, ...]
    renditions: tuple[Rendition, ...] = ()

    def render(self) -> str:
        """Return the playlist's text."""
        lines = ["#EXTM3U", "#EXT-X-VERSION:6", "#EXT-X-INDEPENDENT-SEGMENTS"]
        lines += [rendition.render() for rendition in self.renditions]
        lines += [variant.render() for variant in self.variants]
        return "\n".join(lines) + "\n"


def _decimal(seconds: float) -> str:
    return f"{seconds:.6f}"


def _uri(uri: str | None) -> str:
    """Return *uri* if it keeps to its line and its quotes."""
    if uri is None or not _URI.fullmatch(uri):
        raise UsageError(f"{uri!r} cannot stand in a playlist; percent-encode it.")
    return uri
