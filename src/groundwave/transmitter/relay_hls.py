"""
An HLS stream, as the sound of one segment after another.

RFC 8216 section 6.3 governs: play begins three segments from the end, a playlist
is asked for again after a target duration, or half of one if it had nothing new.
A playlist that cannot be had is asked for again like one that had nothing new, so
that a short fault of the other server costs nothing.

Titles come with the segment they are heard in: as the playlist dates them, which
another Groundwave does, or in the ID3 tag before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from groundwave.transmitter.relay_http import Outbound
from groundwave.transmitter.relay_target import RelayTrouble, led_on
from groundwave.wire.errors import PeerError
from groundwave.wire.hls.playlist import (
    MediaPlaylist,
    MediaSegment,
    MultivariantPlaylist,
    Variant,
)
from groundwave.wire.hls.reading import parse
from groundwave.wire.hls.titles import Cue, cues
from groundwave.wire.id3 import title_in


START_FROM_END = 3
# At half a target duration each: as much sound as was left when play began.
MOST_STALE_RELOADS = 6
MAX_PLAYLIST = 4 * 1024 * 1024
MAX_SEGMENT = 16 * 1024 * 1024

# Whatever a playlist claims, no wait is shorter or longer.
SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 60.0

_SOUND_CODECS = ("mp4a", "mp3", "ac-3", "ec-3", "opus", "flac")


@dataclass(frozen=True, slots=True)
class Sound:
    """
    One segment's bytes.

    Attributes:
        seconds: how long it sounds.
        begins: whether it starts another encoding, whose header it includes; what
            follows the segments before it does not decode as one with them.
        cues: the titles that begin in it, in order.
    """

    data: bytes
    seconds: float
    content_type: str
    begins: bool
    cues: tuple[Cue, ...] = ()


class HlsStream:
    """
    The segments of one stream, in order, as they appear.

    Args:
        url: the playlist's own address.
        text: what was found there.
    """

    def __init__(self, outbound: Outbound, url: str, text: str) -> None:
        self._outbound = outbound
        self._url = url
        self._text = text
        self._next: int | None = None
        self._map: str | None = None
        self._begun = False

    async def sounds(self) -> AsyncGenerator[Sound, None]:
        """
        Yield every segment from the start position until the stream ends.

        Raises:
            RelayTrouble: it cannot be relayed, or stopped being updated.
        """
        playlist = await self._media_playlist()
        stale = 0
        while True:
            loaded_at = _now()
            fresh = self._fresh(playlist)
            said = cues(playlist) if fresh else {}
            for number, segment in fresh:
                yield await self._fetch(segment, said.get(number, ()))
                self._next = number + 1
            if playlist.ended:
                return
            stale = 0 if fresh else stale + 1
            wait = _target_seconds(playlist) * (1.0 if fresh else 0.5)
            await asyncio.sleep(loaded_at + wait - _now())
            playlist = await self._reloaded(playlist, stale)

    async def _media_playlist(self) -> MediaPlaylist:
        playlist = _parsed(self._text, self._url)
        if isinstance(playlist, MultivariantPlaylist):
            self._url = led_on(self._url, chosen_uri(playlist))
            playlist = await self._load()
        if isinstance(playlist, MultivariantPlaylist):
            raise RelayTrouble(
                "The HLS playlist leads to another list of choices instead of to "
                "sound. Check the relay's address."
            )
        return playlist

    async def _reloaded(self, last: MediaPlaylist, stale: int) -> MediaPlaylist:
        if stale >= MOST_STALE_RELOADS:
            raise RelayTrouble(
                "The HLS playlist is there but has no new sound; ask the stream's "
                "owner whether it is on the air."
            )
        try:
            playlist = await self._load()
        except RelayTrouble:
            if stale + 1 >= MOST_STALE_RELOADS:
                raise
            return last
        return playlist if isinstance(playlist, MediaPlaylist) else last

    async def _load(self) -> MediaPlaylist | MultivariantPlaylist:
        async with self._outbound.get(self._url) as answer:
            self._url = answer.url
            body = await answer.read_all(MAX_PLAYLIST)
        return _parsed(body.decode("utf-8", "replace"), self._url)

    def _fresh(self, playlist: MediaPlaylist) -> list[tuple[int, MediaSegment]]:
        """Return the segments to play next, with their numbers."""
        first = playlist.media_sequence
        numbered = list(enumerate(playlist.segments, first))
        end = first + len(numbered)
        # A cache may hand out an older playlist; only one that is far from where we
        # are was numbered anew.
        if self._next is None or not first <= self._next <= end + len(numbered):
            self._next = first if playlist.ended else max(first, end - START_FROM_END)
        return [pair for pair in numbered if pair[0] >= self._next]

    async def _fetch(self, segment: MediaSegment, said: tuple[Cue, ...]) -> Sound:
        header = b""
        begins = not self._begun or segment.map_uri != self._map
        if segment.map_uri and begins:
            header, _ = await self._file(segment.map_uri)
        data, content_type = await self._file(segment.uri)
        self._map, self._begun = segment.map_uri, True
        return Sound(
            header + data,
            min(segment.duration, LONGEST_SECONDS),
            content_type or "application/octet-stream",
            begins,
            said or _packed(data) if data else (),
        )

    async def _file(self, uri: str) -> tuple[bytes, str]:
        async with self._outbound.get(led_on(self._url, uri)) as answer:
            return await answer.read_all(MAX_SEGMENT), answer.content_type


def chosen_uri(playlist: MultivariantPlaylist) -> str:
    """
    Return the media playlist to relay: the best sound, with the least picture.

    A variant with pictures is taken only if there is none without, and then the
    smallest, or the sound that goes with it.
    """
    without_picture = [v for v in playlist.variants if _is_sound(v)]
    if without_picture:
        chosen = max(without_picture, key=lambda variant: variant.bandwidth)
    else:
        chosen = min(playlist.variants, key=lambda variant: variant.bandwidth)
    group = [
        rendition
        for rendition in playlist.renditions
        if rendition.type == "AUDIO" and rendition.group_id == chosen.audio
    ]
    group.sort(key=lambda rendition: not rendition.default)
    return next((r.uri for r in group if r.uri), chosen.uri)


def _packed(data: bytes) -> tuple[Cue, ...]:
    """Return the title that is packed with a segment, if there is one."""
    title = title_in(data)
    return (Cue(0.0, title),) if title else ()


def _is_sound(variant: Variant) -> bool:
    codecs = (codec.strip().lower() for codec in variant.codecs.split(","))
    return all(codec.startswith(_SOUND_CODECS) for codec in codecs if codec)


def _parsed(text: str, url: str) -> MediaPlaylist | MultivariantPlaylist:
    try:
        return parse(text)
    except PeerError as problem:
        raise RelayTrouble(problem.sentence) from problem


def _target_seconds(playlist: MediaPlaylist) -> float:
    return max(SHORTEST_SECONDS, min(playlist.target_duration, LONGEST_SECONDS))


def _now() -> float:
    return asyncio.get_running_loop().time()
