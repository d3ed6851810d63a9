from __future__ import annotations

import asyncio
import os
import random
import signal
import sys

import pytest

from groundwave.audio import supervision
from groundwave.audio.job import CodecJob, Consumed, Encoding, NotAudio, Recognized
from groundwave.audio.supervision import SupervisedCodec
from groundwave.wire.frames.adts import AdtsFramer


AAC = Encoding(name="hi", codec="aac", bitrate_kbps=64)
JOB = CodecJob(content_type="audio/mpeg", encodings=(AAC,))


@pytest.fixture
async def codec(ear):
    supervised = SupervisedCodec(
        JOB, hear=ear.hear, troubled=ear.troubled, patience=0.5
    )
    yield supervised
    await supervised.close()


async def feed_in_pieces(codec, stream: bytes) -> None:
    """As a source does: a piece, and the loop turns."""
    for start in range(0, len(stream), 1400):
        codec.feed(stream[start : start + 1400])
        await asyncio.sleep(0)


def is_whole(frames: list[bytes]) -> bool:
    framer = AdtsFramer()
    found = framer.receive_data(b"".join(frames))
    return [frame.data for frame in found] == frames and not framer.skipped_bytes


async def test_bytes_fed_before_the_child_runs_are_not_lost(codec, ear, sound):
    codec.feed(sound("mp3"))
    assert codec.pid is None

    await ear.until(lambda: ear.seconds(AAC) > 4.9)

    assert codec.pid
    assert codec.restarts == 0
    assert codec.pending_bytes == 0
    assert ear.of(Consumed) == []


@pytest.mark.parametrize("form", ["mp3", "adts", "opus", "flac", "webm"])
async def test_a_codec_killed_in_the_middle_costs_a_moment(codec, ear, sound, form):
    """The next one goes on where it died, without the stream's beginning."""
    stream = sound(form, 12.0)
    half = len(stream) // 2
    await feed_in_pieces(codec, stream[:half])
    await ear.until(lambda: ear.seconds(AAC) > 2.0 and not codec.pending_bytes)

    os.kill(codec.pid, signal.SIGKILL)
    await feed_in_pieces(codec, stream[half:])
    await ear.until(lambda: len(ear.of(Recognized)) == 2 and not codec.pending_bytes)
    await codec.close()

    # The page, cluster or block of frames that the child had begun is lost with it.
    most_lost = {"mp3": 0.3, "adts": 0.3, "flac": 1.5, "opus": 2.3}.get(form, 6.0)
    assert ear.seconds(AAC) > 12.0 - most_lost
    assert is_whole(ear.frames("hi"))
    assert codec.restarts == 1
    (trouble,) = ear.troubles
    assert trouble.startswith(
        "The codec was ended by signal 9 (Killed). It was started"
    )


async def test_what_the_dead_child_had_not_consumed_is_fed_again(codec, ear, sound):
    stream = sound("mp3", 12.0)
    codec.feed(stream[:32_000])
    await ear.until(lambda: ear.of(Recognized) and not codec.pending_bytes)

    os.kill(codec.pid, signal.SIGSTOP)
    codec.feed(stream[32_000:])
    os.kill(codec.pid, signal.SIGKILL)
    await ear.until(lambda: len(ear.of(Recognized)) == 2 and not codec.pending_bytes)
    await codec.close()

    assert ear.seconds(AAC) > 11.7


async def test_a_hung_codec_is_found_and_replaced(codec, ear, sound):
    stream = sound("mp3", 12.0)
    codec.feed(stream[:32_000])
    await ear.until(lambda: ear.of(Recognized) and not codec.pending_bytes)

    os.kill(codec.pid, signal.SIGSTOP)
    codec.feed(stream[32_000:])
    await ear.until(lambda: len(ear.of(Recognized)) == 2 and not codec.pending_bytes)

    assert "took in nothing" in ear.troubles[0]
    assert ear.seconds(AAC) > 11.5


async def test_bytes_that_kill_twice_are_thrown_away(ear, sound, monkeypatch):
    """A child that dies in the middle of its replay takes the replay with it."""
    monkeypatch.setattr(supervision, "PAUSES_SECONDS", (0.0,))

    def hear(report) -> None:
        ear.hear(report)
        if isinstance(report, NotAudio):  # stands for the crash that bytes may cause
            os.kill(codec.pid, signal.SIGKILL)

    codec = SupervisedCodec(JOB, hear=hear, troubled=ear.troubled)
    codec.feed(sound("mp3", 2.0))
    codec.feed(random.Random(5).randbytes(2_000_000))
    await ear.until(lambda: len(ear.troubles) == 2)
    codec.feed(sound("mp3", 2.0))
    await ear.until(lambda: len(ear.of(Recognized)) == 2 and not codec.pending_bytes)
    await codec.close()

    assert len(ear.troubles) == 2
    assert ear.seconds(AAC) > 3.8


async def test_a_child_that_cannot_start_is_tried_again_and_again(
    ear, sound, monkeypatch
):
    """Each try waits longer than the one before; none is the last."""
    monkeypatch.setattr(supervision, "PAUSES_SECONDS", (0.0, 0.01, 0.02))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    codec = SupervisedCodec(JOB, hear=ear.hear, troubled=ear.troubled)
    codec.feed(sound("mp3"))

    await ear.until(lambda: len(ear.troubles) == 4)
    monkeypatch.undo()
    await ear.until(lambda: ear.seconds(AAC) > 4.9)
    await codec.close()

    assert "It was started again" in ear.troubles[0]
    assert "starts again in 0.01 seconds" in ear.troubles[1]
    assert "starts again in 0.02 seconds" in ear.troubles[3]


async def test_closing_while_it_waits_to_restart_does_not_wait(ear, monkeypatch):
    monkeypatch.setattr(supervision, "PAUSES_SECONDS", (300.0,))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    codec = SupervisedCodec(JOB, hear=ear.hear, troubled=ear.troubled)
    await ear.until(lambda: ear.troubles)

    async with asyncio.timeout(5):
        await codec.close()


async def test_closing_at_once_leaves_no_child_behind(ear, sound):
    codec = SupervisedCodec(JOB, hear=ear.hear, troubled=ear.troubled)
    codec.feed(sound("mp3", 1.0))
    await codec.close()

    codec.feed(b"nobody listens")
    assert codec.pid is None
    assert ear.troubles == []


async def test_closing_hears_the_child_out(codec, ear, sound):
    codec.feed(sound("flac"))
    await ear.until(lambda: ear.of(Recognized))

    await codec.close()

    assert ear.seconds(AAC) == pytest.approx(5.0, abs=0.1)


async def test_hostile_bytes_cost_a_codec_at_most(codec, ear, sound):
    """Wounded, cut and random streams at full speed; then sound is heard again."""
    chance = random.Random(20)
    for form in ("mp3", "adts", "opus", "vorbis", "oggflac", "flac", "wav", "webm") * 2:
        stream = bytearray(sound(form, 1.0))
        for _ in range(50):
            stream[chance.randrange(len(stream))] = chance.randrange(256)
        del stream[chance.randrange(len(stream)) :]
        codec.feed(bytes(stream) + chance.randbytes(chance.randrange(90_000)))
    codec.feed(chance.randbytes(200_000))
    await ear.until(lambda: not codec.pending_bytes)
    before = ear.seconds(AAC)

    codec.feed(sound("mp3", 12.0))
    await ear.until(lambda: not codec.pending_bytes)
    await codec.close()

    assert ear.seconds(AAC) - before > 11.5
    assert is_whole(ear.frames("hi"))


async def test_one_that_ends_once_is_no_trouble_and_one_after_the_other_is(
    ear, sound, monkeypatch
):
    monkeypatch.setattr(supervision, "PAUSES_SECONDS", (0.0,))
    codec = SupervisedCodec(JOB, hear=ear.hear, troubled=ear.troubled)

    async def live_and_die(times: int) -> None:
        codec.feed(sound("mp3", 2.0))
        await ear.until(lambda: codec.pid and len(ear.of(Recognized)) == times)
        assert codec.trouble == ""
        os.kill(codec.pid, signal.SIGKILL)
        await ear.until(lambda: len(ear.troubles) == times)

    await live_and_die(1)
    await live_and_die(2)
    assert codec.trouble == ear.troubles[-1]
    codec.feed(sound("mp3", 2.0))
    await ear.until(lambda: codec.pid and len(ear.of(Recognized)) == 3)
    assert codec.trouble == ear.troubles[-1]  # it has proven nothing yet
    monkeypatch.setattr(supervision, "PROVEN_SECONDS", 0.0)
    assert codec.trouble == ""
    await codec.close()
