from __future__ import annotations

import asyncio
import gzip
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest

from groundwave.transmitter.reply import Reply
from groundwave.transmitter.tape.copies import MOST_IN_THE_MAKING
from groundwave.transmitter.tape.deck import SPANS_IN_MEMORY, Deck
from groundwave.transmitter.tape.recorder import HELD_TAKES, Recorder
from groundwave.transmitter.tape.span import span_between, spoken
from groundwave.wire.hls.reading import parse_media_playlist, parse_multivariant


FULL = 215
SECONDS = FULL * 1024 / 44100


class Player:
    """Asks a deck, and keeps time for it."""

    def __init__(self, recorder: Recorder, sound) -> None:
        self.recorder, self.deck = recorder, Deck(recorder, station="kgnd")
        self.now = sound.noon
        self._sound, self._sent = sound, 0

    def record(self, segments: int, *, pause: float = 0.0) -> None:
        """Put so much on the air, *pause* seconds after what was there before."""
        self.now += pause
        begins = self.now - self._sent * self._sound.frame_seconds
        for _ in range(segments):
            for name in ("high", "low"):
                frames = self._sound.frames(FULL, begins, mark=name, first=self._sent)
                self.recorder.append(name, frames)
            self._sent += FULL
            self.now += SECONDS

    async def get(self, path: str, **query: str) -> Reply:
        query = {name.rstrip("_"): value for name, value in query.items()}
        return await self.deck.respond(path.split("/"), query, self.now)

    async def span(self, start: float, end: float | None = None) -> Reply:
        query = {"from_": str(start)} | ({} if end is None else {"to": str(end)})
        return await self.get("low/tape.m3u8", **query)


@pytest.fixture
def player(sound, tmp_path):
    @asynccontextmanager
    async def loaded(segments: int = 0) -> AsyncIterator[Player]:
        recorder = Recorder(
            tmp_path / "kgnd",
            sound.renditions,
            window_seconds=3600,
            keep_hours=24,
            now=sound.noon,
        )
        player = Player(recorder, sound)
        for _ in range(segments):
            announced = asyncio.Event()
            recorder.on_segment = lambda _, event=announced: event.set()
            player.record(1)
            await announced.wait()
        try:
            yield player
        finally:
            await recorder.close()

    return loaded


def sentence(reply: Reply) -> str:
    assert reply.content_type == "text/plain; charset=utf-8"
    assert reply.cache_control == "no-store"
    text = reply.body.decode()
    assert text.endswith(".\n")
    return text


def media_playlist(reply: Reply):
    assert reply.status == 200
    assert reply.content_type == "application/vnd.apple.mpegurl"
    assert reply.gzipped is not None
    assert gzip.decompress(reply.gzipped) == reply.body
    return parse_media_playlist(reply.body.decode())


async def test_live_leads_from_the_renditions_to_the_sound(player):
    async with player(3) as kgnd:
        renditions = await kgnd.get("live.m3u8")
        for variant in parse_multivariant(renditions.body.decode()).variants:
            live = media_playlist(await kgnd.get(variant.uri))
            folder = variant.uri.rpartition("/")[0]
            assert len(live.segments) == 3
            for segment in live.segments:
                init = await kgnd.get(f"{folder}/{segment.map_uri}")
                media = await kgnd.get(f"{folder}/{segment.uri}")
                assert (init.status, media.status) == (200, 200)
                assert init.body[4:8] == b"ftyp"
                assert f"{folder}:".encode() in media.body


async def test_what_never_changes_may_be_kept_for_ever(player):
    async with player(3) as kgnd:
        segment = media_playlist(await kgnd.get("high/live.m3u8")).segments[0]
        for uri in (segment.uri, segment.map_uri):
            reply = await kgnd.get(f"high/{uri}")
            assert reply.cache_control == "public, max-age=31536000, immutable"
            assert reply.content_type == "audio/mp4"
            assert reply.gzipped is None
            assert reply.etag


async def test_a_live_playlist_may_be_kept_for_a_moment(player):
    async with player(3) as kgnd:
        for path in ("live.m3u8", "high/live.m3u8"):
            assert (await kgnd.get(path)).cache_control == "public, max-age=1"


async def test_a_live_playlist_is_made_once_for_all_who_ask(player):
    """And once for all renditions: theirs are the same, byte for byte."""
    async with player(3) as kgnd:
        asked = [
            kgnd.get(f"{name}/live.m3u8") for name in ("high", "low") for _ in range(50)
        ]
        replies = await asyncio.gather(*asked)

        assert len({id(reply) for reply in replies}) == 1
        kgnd.record(2)
        await kgnd.recorder.close()
        assert (await kgnd.get("high/live.m3u8")).etag != replies[0].etag


async def test_a_listener_who_hangs_up_takes_nothing_from_the_others(player):
    async with player(3) as kgnd:
        gone = asyncio.create_task(kgnd.get("high/live.m3u8"))
        stays = asyncio.create_task(kgnd.get("high/live.m3u8"))
        await asyncio.sleep(0)
        gone.cancel()

        assert (await stays).status == 200


async def test_what_memory_holds_is_played_without_the_disk(player, tmp_path):
    async with player(3) as kgnd:
        shutil.rmtree(tmp_path / "kgnd")

        live = media_playlist(await kgnd.get("low/live.m3u8"))
        for segment in live.segments:
            assert (await kgnd.get(f"low/{segment.uri}")).status == 200
            assert (await kgnd.get(f"low/{segment.map_uri}")).status == 200


async def test_what_memory_has_let_go_is_played_from_the_tape(player):
    async with player(HELD_TAKES + 3) as kgnd:
        first = media_playlist(await kgnd.get("low/live.m3u8")).segments[0]

        assert kgnd.recorder.held(first.uri.removesuffix(".m4s")) is None
        assert b"low:0" in (await kgnd.get(f"low/{first.uri}")).body


async def test_before_anything_was_on_the_air_live_says_so(player):
    async with player() as kgnd:
        for path in ("live.m3u8", "high/live.m3u8"):
            reply = await kgnd.get(path)
            # Players try again after a 503, and give up after a 404.
            assert reply.status == 503
            assert "Put a source on the air" in sentence(reply)


@pytest.mark.parametrize(("segments", "seconds"), [(1, 11), (2, 6)])
async def test_too_little_for_a_player_to_begin_with_is_not_offered_as_live(
    player, segments, seconds
):
    """They begin three target durations from the end and stall where less is."""
    async with player(segments) as kgnd:
        for path in ("live.m3u8", "high/live.m3u8"):
            reply = await kgnd.get(path)
            assert reply.status == 503
            assert ("Retry-After", str(seconds)) in reply.headers
            assert f"Try again in {seconds} seconds" in sentence(reply)


async def test_live_is_offered_from_the_third_segment_on(player):
    async with player(3) as kgnd:
        live = media_playlist(await kgnd.get("high/live.m3u8"))
        assert (await kgnd.get("live.m3u8")).status == 200
        assert sum(round(segment.duration) for segment in live.segments) == 15


# --- spans -----------------------------------------------------------------------


async def test_a_span_that_is_over_is_played_from_beginning_to_end(player, sound):
    async with player(10) as kgnd:
        start = sound.noon + 2 * SECONDS
        reply = await kgnd.span(start, start + 3 * SECONDS - 0.001)
        span = media_playlist(reply)

        assert span.ended
        assert len(span.segments) == 3
        assert span.segments[0].program_date_time.timestamp() == pytest.approx(
            start, abs=0.001
        )
        assert reply.cache_control == "public, max-age=600"


async def test_a_span_that_reaches_into_the_future_grows_and_then_ends(player, sound):
    async with player(2) as kgnd:
        end = sound.noon + 3.5 * SECONDS
        growing = media_playlist(await kgnd.span(sound.noon, end))
        kgnd.record(2)
        await kgnd.recorder.close()
        ended = media_playlist(await kgnd.span(sound.noon, end))

        assert (growing.playlist_type, growing.ended) == ("EVENT", False)
        assert (ended.playlist_type, ended.ended) == ("EVENT", True)
        assert ended.segments[:2] == growing.segments
        assert len(ended.segments) == 4
        assert ended.media_sequence == growing.media_sequence


async def test_a_span_without_an_end_goes_on_for_a_day(player, sound):
    async with player(2) as kgnd:
        assert not media_playlist(await kgnd.span(sound.noon)).ended
        kgnd.now = sound.noon + 25 * 3600
        assert media_playlist(await kgnd.span(sound.noon)).ended


async def test_a_span_whose_end_was_never_on_the_air_ends_all_the_same(player, sound):
    async with player(2) as kgnd:
        kgnd.now = sound.noon + 120
        span = media_playlist(await kgnd.span(sound.noon, sound.noon + 60))

        assert span.ended
        assert len(span.segments) == 2


async def test_the_renditions_of_a_span_lead_to_the_same_span(player, sound):
    async with player(4) as kgnd:
        query = {"from_": spoken(sound.noon), "to": spoken(sound.noon + 9)}
        renditions = await kgnd.get("tape.m3u8", **query)
        assert renditions.cache_control == "public, max-age=600"
        for variant in parse_multivariant(renditions.body.decode()).variants:
            path, _, asked = variant.uri.partition("?")
            pairs = dict(pair.split("=") for pair in asked.split("&"))
            reply = await kgnd.deck.respond(path.split("/"), pairs, kgnd.now)
            assert len(media_playlist(reply).segments) == 2


async def test_the_newest_segments_are_in_a_span_even_without_a_disk(
    player, sound, tmp_path
):
    async with player(3) as kgnd:
        shutil.rmtree(tmp_path / "kgnd")

        assert len(media_playlist(await kgnd.span(sound.noon)).segments) == 3


async def test_few_playlists_are_kept_in_memory(player, sound):
    async with player(3) as kgnd:
        for tenth in range(3 * SPANS_IN_MEMORY):
            assert (await kgnd.span(sound.noon, sound.noon + 1 + tenth / 10)).body

        assert len(kgnd.deck._spans) == SPANS_IN_MEMORY


async def test_whoever_asks_for_many_spans_takes_nothing_from_who_hears_live(
    player, sound
):
    async with player(3) as kgnd:
        spans = [
            asyncio.create_task(kgnd.span(sound.noon, sound.noon + 1 + tenth / 10))
            for tenth in range(2 * MOST_IN_THE_MAKING)
        ]
        await asyncio.sleep(0)  # all have asked
        live = await kgnd.get("high/live.m3u8")
        replies = await asyncio.gather(*spans)
        again = await kgnd.get("high/live.m3u8")

        assert len(media_playlist(live).segments) == 3
        assert again is live
        statuses = [reply.status for reply in replies]
        assert statuses == [200] * MOST_IN_THE_MAKING + [503] * MOST_IN_THE_MAKING


async def test_the_renditions_of_a_span_are_refused_as_the_span_is(player, sound):
    async with player(1) as kgnd:
        asked = [
            kgnd.get(
                "tape.m3u8", from_=str(sound.noon), to=str(sound.noon + 1 + number)
            )
            for number in range(MOST_IN_THE_MAKING + 1)
        ]
        *_, last = await asyncio.gather(*asked)

        assert last.status == 503
        assert "try again" in sentence(last)


async def test_a_span_with_nothing_in_it_says_where_the_tape_begins(player, sound):
    async with player(2) as kgnd:
        reply = await kgnd.span(sound.noon - 600, sound.noon - 300)

        assert reply.status == 404
        assert "Ask for a span after 2026-10-11T12:00:00.000Z" in sentence(reply)


async def test_a_span_of_an_empty_tape_says_so(player, sound):
    async with player() as kgnd:
        reply = await kgnd.span(sound.noon - 600, sound.noon - 300)

        assert reply.status == 404
        assert "Nothing is on the tape yet" in sentence(reply)


@pytest.mark.parametrize("path", ["tape.m3u8", "high/tape.m3u8"])
async def test_an_unclear_query_is_answered_with_a_sentence(player, path):
    async with player(1) as kgnd:
        reply = await kgnd.get(path, from_="yesterday")

        assert reply.status == 400
        assert "time zone" in sentence(reply)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "master.m3u8",
        "high",
        "high/",
        "mid/live.m3u8",
        "high/live.m3u8/x",
        "high/7.m4s",
        "high/7-7.m4s",
        "high/7-99999999999999.m4s",
        "high/abc.mp4",
        "high/..%2f.mp4",
        "high/../../etc.mp4",
        "../high/live.m3u8",
        "high/x.m4s.m4s",
        "high/x\0.mp4",
    ],
)
async def test_what_is_not_there_is_answered_with_a_sentence(player, path):
    async with player(1) as kgnd:
        reply = await kgnd.get(path)

        assert reply.status == 404
        assert sentence(reply)


async def test_a_segment_that_is_forgotten_is_answered_with_a_sentence(player, sound):
    async with player(HELD_TAKES + 3) as kgnd:
        first = media_playlist(await kgnd.get("low/live.m3u8")).segments[0]
        kgnd.recorder.store.forget_before(sound.noon + 2 * 3600)
        reply = await kgnd.get(f"low/{first.uri}")

        assert reply.status == 404
        assert "not on the tape, or no longer" in sentence(reply)


async def test_a_disk_that_cannot_be_read_is_said(player, sound, tmp_path):
    async with player(HELD_TAKES + 3) as kgnd:
        first = media_playlist(await kgnd.get("low/live.m3u8")).segments[0]
        (data,) = (tmp_path / "kgnd" / "low").glob("*.m4s")
        data.unlink()
        data.mkdir()
        reply = await kgnd.get(f"low/{first.uri}")

        assert reply.status == 503
        assert "Check the disk" in sentence(reply)


# --- titles ----------------------------------------------------------------------


def titles(reply: Reply) -> list[tuple[str, str]]:
    assert (reply.status, reply.content_type) == (200, "application/json")
    assert reply.gzipped is not None
    assert gzip.decompress(reply.gzipped) == reply.body
    told = json.loads(reply.body)
    assert told["station"] == "kgnd"
    return [(title["at"], title["title"]) for title in told["titles"]]


@pytest.fixture
def titled(player, sound):
    """Ten segments: Vatn from the first second, Ljós from the twelfth."""

    @asynccontextmanager
    async def recorded() -> AsyncIterator[Player]:
        async with player() as kgnd:
            kgnd.recorder.titles.note("Vatn", at=sound.noon + 1)
            kgnd.recorder.titles.note("Ljós", at=sound.noon + 12)
            kgnd.record(10)
            await asyncio.to_thread(kgnd.recorder._writer.close, 10)
            await asyncio.sleep(0)  # the loop is told what was written
            yield kgnd

    return recorded


VATN = ("2026-10-11T12:00:01.000Z", "Vatn")
LJOS = ("2026-10-11T12:00:12.000Z", "Ljós")


async def test_the_titles_of_the_live_window_are_told_oldest_first(titled):
    async with titled() as kgnd:
        reply = await kgnd.get("titles.json")

        assert titles(reply) == [VATN, LJOS]
        assert reply.cache_control == "public, max-age=1"


async def test_a_title_is_told_before_its_sound_is_cut(titled, sound):
    async with titled() as kgnd:
        kgnd.recorder.titles.note("Stormur", at=sound.noon + 58)
        stormur = ("2026-10-11T12:00:58.000Z", "Stormur")

        assert titles(await kgnd.get("titles.json")) == [VATN, LJOS, stormur]
        since = await kgnd.get("titles.json", from_=str(sound.noon + 20))
        assert titles(since) == [LJOS, stormur]
        over = {"from_": str(sound.noon + 20), "to": str(sound.noon + 40)}
        assert titles(await kgnd.get("titles.json", **over)) == [LJOS]


async def test_the_titles_of_a_span_begin_with_the_one_that_holds_then(titled, sound):
    async with titled() as kgnd:
        reply = await kgnd.get(
            "titles.json", from_=spoken(sound.noon + 5), to=spoken(sound.noon + 20)
        )

        assert titles(reply) == [VATN, LJOS]
        assert reply.cache_control == "public, max-age=600"


async def test_a_span_that_touches_now_is_not_kept_for_long(titled, sound):
    async with titled() as kgnd:
        for query in ({}, {"to": spoken(sound.noon + 3600)}):
            reply = await kgnd.get("titles.json", from_=spoken(sound.noon), **query)
            assert reply.cache_control == "public, max-age=1"


async def test_where_nothing_was_on_the_air_nothing_was_playing(titled, sound):
    async with titled() as kgnd:
        before = {"from_": str(sound.noon - 90), "to": str(sound.noon - 60)}
        assert titles(await kgnd.get("titles.json", **before)) == []


async def test_the_same_titles_are_had_without_http(titled, sound):
    async with titled() as kgnd:
        found = await kgnd.deck.titles(span_between(sound.noon + 5, sound.noon + 20))
        assert [(spoken(each.at), each.text) for each in found] == [VATN, LJOS]


async def test_before_anything_was_on_the_air_there_are_no_titles(player):
    async with player() as kgnd:
        assert titles(await kgnd.get("titles.json")) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"from_": "yesterday"}, "with its time zone"),
        ({"from_": "2026-10-11T12:00:00"}, "with its time zone"),
        ({"to": "2026-10-11T12:00:00Z"}, "Say where to begin"),
        ({"from_": "1791720000", "to": "1791719999"}, "ends before it begins"),
        ({"from_": "1791720000", "to": "1791806401"}, "24 hours at most"),
    ],
)
async def test_titles_of_an_unclear_span_are_answered_with_a_sentence(
    titled, query, words
):
    async with titled() as kgnd:
        reply = await kgnd.get("titles.json", **query)

        assert reply.status == 400
        assert words in sentence(reply)


async def test_the_titles_of_a_span_are_made_once_for_all_who_ask(titled, sound):
    async with titled() as kgnd:
        for query in ({}, {"from_": spoken(sound.noon)}):
            asked = [kgnd.get("titles.json", **query) for _ in range(50)]
            assert len({id(reply) for reply in await asyncio.gather(*asked)}) == 1


async def test_whoever_asks_for_the_titles_of_many_spans_takes_nothing_from_live(
    titled, sound
):
    async with titled() as kgnd:
        spans = [
            asyncio.create_task(
                kgnd.get("titles.json", from_=str(sound.noon + tenth / 10))
            )
            for tenth in range(2 * MOST_IN_THE_MAKING)
        ]
        await asyncio.sleep(0)  # all have asked
        assert titles(await kgnd.get("titles.json")) == [VATN, LJOS]
        statuses = [reply.status for reply in await asyncio.gather(*spans)]
        assert statuses == [200] * MOST_IN_THE_MAKING + [503] * MOST_IN_THE_MAKING


async def test_titles_on_a_disk_that_cannot_be_read_are_said(titled, sound, tmp_path):
    async with titled() as kgnd:
        broken = tmp_path / "kgnd" / "2026-10-11T10.index"
        broken.mkdir()
        reply = await kgnd.get("titles.json", from_=str(sound.noon - 7000))

        assert reply.status == 503
        assert "Check the disk" in sentence(reply)


async def test_titles_are_in_the_playlists_of_live_and_of_spans(titled, sound):
    async with titled() as kgnd:
        live = media_playlist(await kgnd.get("low/live.m3u8"))
        span = media_playlist(await kgnd.span(sound.noon + 5, sound.noon + 20))

        for playlist in (live, span):
            said = [r for segment in playlist.segments for r in segment.date_ranges]
            assert [r.attributes["X-TITLE"] for r in said] == ["Vatn", "Ljós"]
            assert [spoken(r.start.timestamp()) for r in said] == [VATN[0], LJOS[0]]


async def test_a_show_from_the_top_grows_from_where_it_began_until_it_is_over(
    player, sound
):
    """What a player reloads only ever gains lines, until it is told of the end."""
    async with player(2) as kgnd:
        start, end = sound.noon + 3, sound.noon + 8 * SECONDS
        reloads = []
        while not media_playlist(reply := await kgnd.span(start, end)).ended:
            reloads.append(reply.body)
            announced = asyncio.Event()
            kgnd.recorder.on_segment = lambda _, event=announced: event.set()
            kgnd.recorder.titles.note(f"Title {len(reloads)}", at=kgnd.now)
            kgnd.record(1)
            await announced.wait()

        reloads.append(reply.body)
        assert len(reloads) == 7
        assert all(after.startswith(before) for before, after in pairwise(reloads))
        over = media_playlist(reply)
        assert over.starts_at == 3
        assert len(over.segments) == 8
