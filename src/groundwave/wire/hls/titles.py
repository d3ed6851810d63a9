"""
How titles are said in a playlist, and read from one.

A title is a date range of the class ``title`` with the text as ``X-TITLE`` (RFC 8216
section 4.3.2.7), dated by the sound that it belongs to. It ends where the next begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from groundwave.wire.hls.playlist import DateRange, MediaPlaylist


# What players and relays know titles by.
TITLE = "title"
TEXT = "X-TITLE"
# Instants are written in whole milliseconds: what begins so near to a segment's
# beginning begins with it.
_NEAR_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Cue:
    """A *title*, and how many *seconds* into its segment it is heard first."""

    seconds: float
    title: str


def said(identifier: str, title: str, *, at: datetime) -> DateRange:
    """Return the date range that says that *title* is heard from *at* on."""
    return DateRange(
        identifier, at, attributes={TEXT: title}, kind=TITLE, ends_on_next=True
    )


def cues(playlist: MediaPlaylist) -> dict[int, tuple[Cue, ...]]:
    """
    Return what is playing in each segment, by the segment's number.

    The first is what is playing as it begins, where that is known. Segments that are
    not dated have none.
    """
    titles = sorted(_titles(playlist))
    instants = [at for at, _ in titles]
    found = {}
    for number, start, end in _spans(playlist):
        first = bisect_right(instants, start + _NEAR_SECONDS)
        last = bisect_left(instants, end, lo=first)
        found[number] = tuple(
            Cue(max(0.0, at - start), title)
            for at, title in titles[max(0, first - 1) : last]
        )
    return found


def _titles(playlist: MediaPlaylist) -> Iterator[tuple[float, str]]:
    """Yield every title, and when it begins in Unix seconds."""
    for each in _date_ranges(playlist):
        if each.kind == TITLE and TEXT in each.attributes:
            yield each.start.timestamp(), each.attributes[TEXT]


def _date_ranges(playlist: MediaPlaylist) -> Iterator[DateRange]:
    for segment in playlist.segments:
        yield from segment.date_ranges
    yield from playlist.date_ranges


def _spans(playlist: MediaPlaylist) -> Iterator[tuple[int, float, float]]:
    """Yield when segments begin and end: dated ones, and those that follow one."""
    at: float | None = None
    for number, segment in enumerate(playlist.segments, playlist.media_sequence):
        if segment.program_date_time is not None:
            at = segment.program_date_time.timestamp()
        if at is not None:
            yield number, at, at + segment.duration
            at += segment.duration
