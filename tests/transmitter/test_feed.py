from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from equipment.callers import until
from groundwave.audio.job import Encoding
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.feed import UNHEARD_BYTES, Feed
from groundwave.transmitter.output import Output
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.mpeg import MpegFramer


VECTORS = Path(__file__).parents[1] / "vectors" / "frames"
MP3 = (VECTORS / "mp3-cbr.mp3").read_bytes()
OPUS = (VECTORS / "opus.ogg").read_bytes()

OUTPUTS = [
    Output(Encoding(name="/kgnd.mp3", codec="mp3", bitrate_kbps=64), passthrough=True),
    Output(Encoding(name="low", codec="aac", bitrate_kbps=48), passthrough=False),
]


class Hearing:
    """A feed, and everything that comes out of it."""

    def __init__(self) -> None:
        self.frames: dict[str, list[StampedFrame]] = {}
        self.refusals: list[str] = []
        self.ended: list[str] = []
        self.feed = Feed(
            content_type="audio/mpeg",
            outputs=OUTPUTS,
            silence_dbfs=-50.0,
            air=Clock().air,
            hear=self._hear,
            refuse=self.refusals.append,
            codec_ended=self.ended.append,
        )

    def _hear(self, name: str, frames: Sequence[StampedFrame]) -> None:
        self.frames.setdefault(name, []).extend(frames)

    def seconds(self, name: str) -> float:
        return sum(stamped.frame.seconds for stamped in self.frames.get(name, []))


@pytest.fixture
async def hearing(faults: list[dict[str, Any]]) -> AsyncIterator[Hearing]:
    hearing = Hearing()
    yield hearing
    await hearing.feed.close()


async def test_a_source_is_heard_in_every_output_untouched_where_it_may_be(
    hearing: Hearing,
):
    hearing.feed.receive(MP3)
    assert hearing.feed.passes_through == ("/kgnd.mp3",)
    passed = [stamped.frame for stamped in hearing.frames["/kgnd.mp3"]]
    assert passed == MpegFramer().receive_data(MP3)
    await until(lambda: hearing.seconds("low") > 0.8, seconds=10)
    assert hearing.feed.health.description.startswith("MP3 64 kbit/s")
    assert -30 < (hearing.feed.health.level_dbfs or 0) < 0
    assert hearing.refusals == []


async def test_what_passes_through_goes_on_while_the_codec_is_dead(hearing: Hearing):
    hearing.feed.receive(MP3)
    await until(lambda: hearing.seconds("low"), seconds=10)
    codec = hearing.feed.codec
    assert codec
    assert codec.pid
    os.kill(codec.pid, signal.SIGKILL)
    before = hearing.seconds("/kgnd.mp3")
    hearing.feed.receive(MP3)
    assert hearing.seconds("/kgnd.mp3") > before + 0.9
    heard = hearing.seconds("low")
    await until(lambda: codec.restarts == 1, seconds=10)
    hearing.feed.receive(MP3)
    await until(lambda: hearing.seconds("low") > heard + 0.5, seconds=10)


async def test_a_codec_that_ends_is_told_and_one_after_the_other_is_a_trouble(
    hearing: Hearing,
):
    hearing.feed.receive(MP3)
    codec = hearing.feed.codec
    assert codec
    for count in (1, 2):
        assert hearing.feed.trouble == ""
        await until(lambda: codec.pid, seconds=10)
        os.kill(codec.pid or 0, signal.SIGKILL)
        await until(lambda expected=count: len(hearing.ended) == expected, seconds=10)
    assert hearing.ended[0].endswith("nothing needs to be done.")
    assert hearing.feed.trouble == hearing.ended[1]


async def test_a_sources_last_seconds_are_there_for_a_take_over(hearing: Hearing):
    hearing.feed.receive(MP3 * 3)
    frames = hearing.frames["/kgnd.mp3"]
    middle = frames[len(frames) // 2].at
    since = hearing.feed.frames_since("/kgnd.mp3", middle)
    assert since == [stamped for stamped in frames if stamped.at >= middle - 0.013]
    assert hearing.feed.frames_since("low", 0.0) == []


async def test_what_comes_next_is_heard_after_all_that_is_under_way(hearing: Hearing):
    """However far the codec is behind what passed through already."""
    assert hearing.feed.arrives_at("low") is None
    hearing.feed.receive(MP3)
    passed = hearing.frames["/kgnd.mp3"]
    for name in ("/kgnd.mp3", "low"):  # nothing of which was heard yet
        arrives_at = hearing.feed.arrives_at(name)
        assert arrives_at == pytest.approx(passed[-1].ends_at, abs=0.001)
    await until(lambda: hearing.seconds("low") > 0.8, seconds=10)
    hearing.feed.receive(MP3 * 5)
    expected = hearing.feed.arrives_at("low")
    assert expected == pytest.approx(hearing.frames["low"][-1].ends_at + 5, abs=0.5)
    whole = hearing.seconds("/kgnd.mp3")
    await until(lambda: hearing.seconds("low") > whole - 0.15, seconds=10)
    assert hearing.frames["low"][-1].ends_at == pytest.approx(expected, abs=0.2)


async def test_what_comes_next_is_known_too_where_nothing_passes_through(
    hearing: Hearing,
):
    hearing.feed.receive(OPUS * 2)
    await until(lambda: hearing.seconds("low") > 1, seconds=10)
    await until(lambda: hearing.feed.codec and not hearing.feed.codec.pending_bytes)
    ended = hearing.frames["low"][-1].ends_at
    assert hearing.feed.arrives_at("low") == pytest.approx(ended)
    heard = hearing.seconds("low")
    hearing.feed.receive(OPUS * 5)
    expected = hearing.feed.arrives_at("low")
    await until(lambda: hearing.seconds("low") > 3.2 * heard, seconds=10)
    assert hearing.frames["low"][-1].ends_at == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("passes", [True, False])
async def test_a_source_far_ahead_of_real_time_is_made_to_wait(
    hearing: Hearing, passes: bool
):
    sound = MP3 if passes else OPUS
    hearing.feed.receive(sound)
    assert hearing.feed.pause() == 0
    received = 0
    while hearing.feed.pause() == 0 and received < 1_000_000:
        hearing.feed.receive(sound)
        received += len(sound)
    if passes:  # nine seconds at the most, of a second each
        assert received <= 9 * len(MP3)
    else:  # nobody knows yet how long it sounds
        assert received <= UNHEARD_BYTES + len(OPUS)


async def test_what_is_no_sound_is_refused_once_the_codec_has_looked(hearing: Hearing):
    hearing.feed.receive(OPUS[:100] + bytes(range(256)) * 600)
    await until(lambda: hearing.refusals, seconds=10)
    assert "connect again" in hearing.refusals[0]


async def test_what_was_sound_is_not_refused_for_a_stretch_that_is_none(
    hearing: Hearing,
):
    hearing.feed.receive(OPUS)
    await until(lambda: hearing.feed.health.level_dbfs is not None, seconds=10)
    hearing.feed.receive(bytes(range(256)) * 1200)
    await until(lambda: hearing.feed.health.trouble, seconds=10)
    assert "connect again" in hearing.feed.health.trouble
    assert hearing.refusals == []


async def test_a_page_is_refused_at_once(hearing: Hearing):
    hearing.feed.receive(b"<!DOCTYPE html><html>" + b" " * 600)
    assert len(hearing.refusals) == 1
    assert "a web page" in hearing.refusals[0]
    assert hearing.feed.codec is None


async def test_two_mounts_of_one_kind_are_encoded_once(faults: list[dict[str, Any]]):
    twin = Encoding(name="/twin.mp3", codec="mp3", bitrate_kbps=96)
    heard: Counter[str] = Counter()

    def hear(name: str, frames: Sequence[StampedFrame]) -> None:
        heard[name] += len(frames)

    feed = Feed(
        content_type="",
        outputs=[
            Output(Encoding(name="/kgnd.mp3", codec="mp3", bitrate_kbps=96), True),
            Output(twin, True),
        ],
        silence_dbfs=-50.0,
        air=Clock().air,
        hear=hear,
        refuse=lambda _: None,
    )
    feed.receive(OPUS)
    await until(lambda: heard["/twin.mp3"] > 10, seconds=10)
    await feed.close()
    assert heard["/kgnd.mp3"] == heard["/twin.mp3"]
