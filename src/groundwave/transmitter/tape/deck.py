"""
The deck: plays a station's tape to whoever asks by HTTP, without knowing HTTP.

::

    live.m3u8                        the renditions, live
    <rendition>/live.m3u8            the live window
    tape.m3u8?from=…&to=…            the renditions, over a span
    titles.json?from=…&to=…          what was playing in it
    <rendition>/tape.m3u8?from=…     the span
    <rendition>/<segment>.m4s        a segment
    <rendition>/<init id>.mp4        what decoders need before it

Playlists are made and compressed once for all listeners; what memory holds is
answered at once; the disk is read on a thread.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus

from groundwave.transmitter.reply import Reply, sentence
from groundwave.transmitter.tape import playlists
from groundwave.transmitter.tape.copies import Copies
from groundwave.transmitter.tape.errors import NotOnTape, SpanUnclear
from groundwave.transmitter.tape.recorder import Recorder
from groundwave.transmitter.tape.segment import Segment
from groundwave.transmitter.tape.span import Span, span_asked_for, spoken
from groundwave.transmitter.tape.title import Title, between
from groundwave.wire.hls.playlist import CONTENT_TYPE as PLAYLIST


MEDIA = "audio/mp4"
JSON = "application/json"

IMMUTABLE = "public, max-age=31536000, immutable"
LIVE = "public, max-age=1"
OVER = "public, max-age=600"

# Spans that many play at the same time: shows from the top, mostly.
SPANS_IN_MEMORY = 8

_NOT_YET = (
    "Nothing has been on the air lately. Put a source on the air, "
    "or ask for a span of the tape."
)
_TOO_SHORT = (
    "Live has only just begun: players of HLS need some seconds of it first. Try again "
    "in {} seconds, or listen to a mount meanwhile."
)
_NOTHING_HERE = "There is nothing here. Live is at live.m3u8, the tape at tape.m3u8."
_UNREADABLE = (
    "The tape cannot be read ({}). Check the disk it is on; live may still play."
)


class Deck:
    """Plays *station*'s tape, on the event loop of the *recorder* that records it."""

    def __init__(self, recorder: Recorder, *, station: str) -> None:
        self._recorder = recorder
        self._station = station
        self._names = {rendition.name for rendition in recorder.renditions}
        self._live_multivariant = _playlist(
            playlists.multivariant(recorder.renditions, "live.m3u8"), LIVE
        )
        # Apart, so that whoever asks for spans takes nothing from who hears live.
        self._lives, self._live_titles = Copies(1), Copies(1)
        self._spans = Copies(SPANS_IN_MEMORY)
        self._spans_titles = Copies(SPANS_IN_MEMORY)
        # A day's playlist is a quarter of a second's work: one at a time, or
        # whoever asks for many would be heard in the sound of all.
        self._searching = asyncio.Lock()

    async def respond(
        self, path: Sequence[str], query: Mapping[str, str], now: float
    ) -> Reply:
        """
        Answer a request; whatever is wrong becomes a sentence.

        Args:
            path: its parts below the station's, percent-decoded.
            query: likewise.
            now: Unix seconds.
        """
        try:
            return await self._respond(path, query, now)
        except SpanUnclear as fact:
            return sentence(400, str(fact))
        except NotOnTape as fact:
            return sentence(404, str(fact))
        except OSError as cause:
            return sentence(503, _UNREADABLE.format(cause.strerror or cause))

    async def _respond(
        self, path: Sequence[str], query: Mapping[str, str], now: float
    ) -> Reply:
        match path:
            case ["live.m3u8"]:
                return self._live_renditions()
            case ["tape.m3u8"]:
                return await self._span_renditions(span_asked_for(query), now)
            case ["titles.json"]:
                return await self._titles(query, now)
            case [rendition, "live.m3u8"] if rendition in self._names:
                return await self._live()
            case [rendition, "tape.m3u8"] if rendition in self._names:
                return await self._span(span_asked_for(query), now)
            case [rendition, file] if rendition in self._names:
                return await self._media(rendition, file)
        raise NotOnTape(_NOTHING_HERE)

    # --- live ---------------------------------------------------------------------

    def _live_renditions(self) -> Reply:
        return self._not_yet() or self._live_multivariant

    async def _live(self) -> Reply:
        segments = self._recorder.segments
        if not_yet := self._not_yet():
            return not_yet

        async def make() -> Reply:
            return await asyncio.to_thread(
                lambda: _playlist(playlists.live(segments), LIVE)
            )

        return await self._lives.once((segments[0].name, segments[-1].name), make)

    def _not_yet(self) -> Reply | None:
        """Return why live cannot be played yet, or None."""
        # hls.js asks again after a 503, as it does not after a 404; whatever gives up
        # finds the mounts playing. It is so for the first seconds after an hour
        # without any: a restart goes on with what is on the tape.
        if not (seconds := math.ceil(self._recorder.lacking_seconds)):
            return None
        words = _TOO_SHORT.format(seconds) if self._recorder.newest else _NOT_YET
        return sentence(503, words, ("Retry-After", str(seconds)))

    # --- the tape -----------------------------------------------------------------

    async def _span_renditions(self, span: Span, now: float) -> Reply:
        found = await self._span(span, now)  # there is something, and it is made
        if found.status != HTTPStatus.OK:
            return found
        renditions = self._recorder.renditions
        suffix = f"tape.m3u8?{span.query}"
        return _playlist(
            playlists.multivariant(renditions, suffix), found.cache_control
        )

    async def _span(self, span: Span, now: float) -> Reply:
        is_over, newest = self._is_over(span, now), self._recorder.newest
        live = self._recorder.segments

        async def make() -> Reply:
            async with self._searching:
                return await asyncio.to_thread(self._make_span, span, live, is_over)

        return await self._spans.once((span, "over" if is_over else newest), make)

    def _make_span(self, span: Span, live: Sequence[Segment], is_over: bool) -> Reply:
        segments = self._find(span, live)
        if not segments:
            raise NotOnTape(self._nothing_between(span))
        text = playlists.span(segments, start=span.start, is_over=is_over)
        return _playlist(text, OVER if is_over else LIVE)

    def _is_over(self, span: Span, now: float) -> bool:
        newest = self._recorder.newest
        return span.is_over(now=now, recorded_until=newest.end if newest else 0.0)

    def _find(self, span: Span, live: Sequence[Segment]) -> list[Segment]:
        entries = self._recorder.store.between(span.start, span.end)
        found = {entry.segment.sequence: entry.segment for entry in entries}
        # The newest may not have reached the disk, and need not.
        found |= {
            s.sequence: s for s in live if span.start < s.end and s.start < span.end
        }
        return [found[sequence] for sequence in sorted(found)]

    def _nothing_between(self, span: Span) -> str:
        hours = self._recorder.store.hours()
        if not hours:
            return (
                "Nothing is on the tape yet. Come back when the station is on the air."
            )
        return (
            f"Nothing from {spoken(span.start)} to {spoken(span.end)} is on the tape. "
            f"Ask for a span after {spoken(hours[0])} that has been on the air."
        )

    # --- titles -------------------------------------------------------------------

    async def titles(self, span: Span) -> list[Title]:
        """
        Return what is heard in *span*, oldest first; the first may begin before it.

        Raises:
            OSError: the tape cannot be read.
        """
        live, to_come = self._recorder.segments, self._recorder.titles_to_come

        def find() -> list[Title]:
            known = _known(self._find(span, live), to_come)
            return between(known, span.start, span.end)

        async with self._searching:
            return await asyncio.to_thread(find)

    async def _titles(self, query: Mapping[str, str], now: float) -> Reply:
        if "from" in query or "to" in query:
            return await self._span_titles(span_asked_for(query), now)
        live, to_come = self._recorder.segments, self._recorder.titles_to_come
        start = live[0].start if live else now

        async def make() -> Reply:
            return await asyncio.to_thread(
                lambda: self._tell(live, to_come, start, math.inf, LIVE)
            )

        return await self._live_titles.once((self._recorder.newest, to_come), make)

    async def _span_titles(self, span: Span, now: float) -> Reply:
        is_over, newest = self._is_over(span, now), self._recorder.newest
        live, to_come = self._recorder.segments, self._recorder.titles_to_come

        def tell() -> Reply:
            found = self._find(span, live)
            cache_control = OVER if is_over else LIVE
            return self._tell(found, to_come, span.start, span.end, cache_control)

        async def make() -> Reply:
            async with self._searching:
                return await asyncio.to_thread(tell)

        state = "over" if is_over else (newest, to_come)
        return await self._spans_titles.once((span, state), make)

    def _tell(
        self,
        segments: Sequence[Segment],
        to_come: Sequence[Title],
        start: float,
        end: float,
        cache_control: str,
    ) -> Reply:
        told = [
            {"at": spoken(title.at), "title": title.text}
            for title in between(_known(segments, to_come), start, end)
        ]
        text = json.dumps({"station": self._station, "titles": told})
        return _text(text, JSON, cache_control)

    # --- media --------------------------------------------------------------------

    async def _media(self, rendition: str, file: str) -> Reply:
        name, _, kind = file.partition(".")
        match kind:
            case "m4s":
                body = await self._segment(rendition, name)
            case "mp4":
                body = await self._init(name)
            case _:
                raise NotOnTape(_NOTHING_HERE)
        return Reply(200, MEDIA, body, IMMUTABLE, etag=f'"{name}"')

    async def _segment(self, rendition: str, name: str) -> bytes:
        if take := self._recorder.held(name):
            return take.media[rendition]
        store = self._recorder.store
        return await asyncio.to_thread(lambda: store.read(rendition, store.find(name)))

    async def _init(self, name: str) -> bytes:
        if init := self._recorder.held_init(name):
            return init
        return await asyncio.to_thread(self._recorder.store.init, name)


def _known(segments: Iterable[Segment], to_come: Iterable[Title]) -> list[Title]:
    said = (title for segment in segments for title in segment.titles)
    return [*said, *to_come]


def _playlist(text: str, cache_control: str) -> Reply:
    return _text(text, PLAYLIST, cache_control)


def _text(text: str, content_type: str, cache_control: str) -> Reply:
    body = text.encode()
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    gzipped = gzip.compress(body, compresslevel=6, mtime=0)
    return Reply(200, content_type, body, cache_control, gzipped, etag=f'"{digest}"')
