"""
HLS playlists as they come from someone else's server.

RFC 8216 section 6.3.1 governs what a client must make of one: tags and attributes
it does not know are ignored. What would make us play something other than what
was meant (encryption, byte ranges) is refused in a sentence instead. URIs are
handed over as written; resolving them against the playlist's own address is the
caller's part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from groundwave.wire.errors import PeerError
from groundwave.wire.hls.attributes import parse_attributes, parse_instant
from groundwave.wire.hls.playlist import (
    DateRange,
    MediaPlaylist,
    MediaSegment,
    MultivariantPlaylist,
    PlaylistType,
    Rendition,
    Variant,
)


# A day of five-second segments, each dated, is less.
LARGEST_PLAYLIST = 2 << 20
_DECIMAL = re.compile(r"[0-9]{1,20}(?:\.[0-9]*)?")
_INTEGER = re.compile(r"[0-9]{1,20}")
_OFFSET = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]*)?")
_TYPES: dict[str, PlaylistType] = {"EVENT": "EVENT", "VOD": "VOD"}


def parse(text: str) -> MediaPlaylist | MultivariantPlaylist:
    """
    Return whichever playlist *text* is.

    Raises:
        PeerError: if it is none, or one that cannot be relayed.
    """
    if any(line.startswith("#EXT-X-STREAM-INF:") for line in _lines(text)):
        return parse_multivariant(text)
    return parse_media_playlist(text)


def parse_multivariant(text: str) -> MultivariantPlaylist:
    """Return the encodings *text* offers; a ``PeerError`` says why it cannot."""
    variants: list[Variant] = []
    renditions: list[Rendition] = []
    pending: dict[str, str] | None = None
    for line in _lines(text):
        tag, _, value = line.partition(":")
        if tag == "#EXT-X-STREAM-INF":
            pending = parse_attributes(value)
        elif tag == "#EXT-X-MEDIA":
            renditions.append(_rendition(parse_attributes(value)))
        elif not line.startswith("#") and pending is not None:
            variants.append(_variant(line, pending))
            pending = None
    if not variants:
        raise PeerError("The playlist offers no stream. Check the relay's address.")
    return MultivariantPlaylist(tuple(variants), tuple(renditions))


def parse_media_playlist(text: str) -> MediaPlaylist:
    """Return the segments *text* lists; a ``PeerError`` says why it cannot."""
    reading = _MediaReading()
    for line in _lines(text):
        reading.take(line)
    return reading.playlist()


@dataclass(slots=True)
class _MediaReading:
    """What was read so far; the tags seen since the last URI wait for theirs."""

    target_duration: int | None = None
    media_sequence: int = 0
    discontinuity_sequence: int = 0
    playlist_type: PlaylistType = ""
    ended: bool = False
    segments: list[MediaSegment] = field(default_factory=list)
    date_ranges: list[DateRange] = field(default_factory=list)
    starts_at: float | None = None
    map_uri: str | None = None
    duration: float | None = None
    dated: datetime | None = None
    discontinuity: bool = False

    def take(self, line: str) -> None:
        if not line.startswith("#"):
            self._end_segment(line)
            return
        tag, _, value = line.partition(":")
        match tag:
            case "#EXTINF":
                self.duration = _number(value.partition(",")[0])
            case "#EXT-X-PROGRAM-DATE-TIME":
                self.dated = parse_instant(value.strip())
            case "#EXT-X-DISCONTINUITY":
                self.discontinuity = True
            case "#EXT-X-MAP":
                self.map_uri = _map(parse_attributes(value))
            case "#EXT-X-DATERANGE":
                self.date_ranges += _date_ranges(parse_attributes(value))
            case "#EXT-X-START":
                self.starts_at = _offset(parse_attributes(value))
            case "#EXT-X-TARGETDURATION":
                self.target_duration = round(_number(value))
            case "#EXT-X-MEDIA-SEQUENCE":
                self.media_sequence = _integer(value)
            case "#EXT-X-DISCONTINUITY-SEQUENCE":
                self.discontinuity_sequence = _integer(value)
            case "#EXT-X-PLAYLIST-TYPE":
                self.playlist_type = _TYPES.get(value.strip(), "")
            case "#EXT-X-ENDLIST":
                self.ended = True
            case "#EXT-X-KEY":
                _refuse_encryption(parse_attributes(value))
            case "#EXT-X-BYTERANGE":
                raise _cut_from_one_file()
            case _:
                pass  # a comment, or a tag to ignore (6.3.1)

    def playlist(self) -> MediaPlaylist:
        if self.target_duration is None:
            raise PeerError(
                "The playlist has no target duration, so it is not a media playlist. "
                "Check the relay's address."
            )
        return MediaPlaylist(
            self.target_duration,
            self.media_sequence,
            self.discontinuity_sequence,
            tuple(self.segments),
            self.playlist_type,
            self.ended,
            tuple(self.date_ranges),
            self.starts_at,
        )

    def _end_segment(self, uri: str) -> None:
        if self.duration is None:
            raise PeerError(f"The playlist lists {uri[:200]!r} without a duration.")
        self.segments.append(
            MediaSegment(
                uri,
                self.duration,
                self.dated,
                self.discontinuity,
                self.map_uri,
                tuple(self.date_ranges),
            )
        )
        self.date_ranges.clear()
        self.duration, self.dated, self.discontinuity = None, None, False


def _map(attributes: dict[str, str]) -> str:
    if "BYTERANGE" in attributes:
        raise _cut_from_one_file()
    return _required(attributes, "URI")


def _refuse_encryption(attributes: dict[str, str]) -> None:
    if attributes.get("METHOD") != "NONE":
        raise PeerError(
            "The stream is encrypted and cannot be relayed. "
            "Ask its owner for one without encryption."
        )


def _cut_from_one_file() -> PeerError:
    return PeerError(
        "The playlist cuts its segments out of one file, which cannot be relayed. "
        "Ask its owner for one file a segment."
    )


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that say something, once the text is known for a playlist."""
    if len(text) > LARGEST_PLAYLIST:
        raise PeerError("The playlist is too long. Ask its owner for a shorter one.")
    # Only line feeds end lines (4.1); str.splitlines knows a dozen more.
    lines = (line.strip() for line in text.removeprefix("\ufeff").split("\n"))
    if next(lines) != "#EXTM3U":
        raise PeerError("This is not an HLS playlist. Check the relay's address.")
    return (line for line in lines if line)


def _number(text: str) -> float:
    if not _DECIMAL.fullmatch(text.strip()):
        raise PeerError(f"The playlist has {text[:40]!r} where a number belongs.")
    return float(text)


def _offset(attributes: dict[str, str]) -> float | None:
    """Return where players begin; None where the server only hints at it badly."""
    text = attributes.get("TIME-OFFSET", "")
    return float(text) if _OFFSET.fullmatch(text) else None


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text.strip()):
        raise PeerError(f"The playlist has {text[:40]!r} where an integer belongs.")
    return int(text)


def _required(attributes: dict[str, str], name: str) -> str:
    value = attributes.get(name)
    if not value:
        raise PeerError(f"The playlist has a tag without its {name}.")
    return value


def _variant(uri: str, attributes: dict[str, str]) -> Variant:
    return Variant(
        uri,
        _integer(_required(attributes, "BANDWIDTH")),
        _integer(attributes.get("AVERAGE-BANDWIDTH", "0")),
        attributes.get("CODECS", ""),
        attributes.get("AUDIO", ""),
    )


def _rendition(attributes: dict[str, str]) -> Rendition:
    return Rendition(
        _required(attributes, "GROUP-ID"),
        _required(attributes, "NAME"),
        attributes.get("URI", ""),
        _required(attributes, "TYPE"),
        attributes.get("LANGUAGE", ""),
        default=attributes.get("DEFAULT") == "YES",
        autoselect=attributes.get("AUTOSELECT") == "YES",
    )


def _date_ranges(attributes: dict[str, str]) -> Iterator[DateRange]:
    """
    Yield the range the tag opens, or nothing.

    Tags that share an ID add to one another (4.3.2.7); the first one, which must
    say when it starts, is the one kept.
    """
    if "START-DATE" not in attributes:
        return
    duration, end = attributes.get("DURATION"), attributes.get("END-DATE")
    yield DateRange(
        _required(attributes, "ID"),
        parse_instant(attributes["START-DATE"]),
        None if duration is None else _number(duration),
        None if end is None else parse_instant(end),
        {name: value for name, value in attributes.items() if name.startswith("X-")},
        attributes.get("CLASS", ""),
        attributes.get("END-ON-NEXT") == "YES",
    )
