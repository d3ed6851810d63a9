from __future__ import annotations

import asyncio
import os
import random
import signal

import pytest

from groundwave.audio import process as process_module
from groundwave.audio.job import (
    CodecJob,
    Consumed,
    Encoded,
    Encoding,
    Measured,
    NotAudio,
    Recognized,
)
from groundwave.audio.process import CodecEnded, CodecProcess


AAC = Encoding(name="hi", codec="aac")
JOB = CodecJob(content_type="audio/mpeg", encodings=(AAC,))


@pytest.fixture
async def running(ear):
    """Starts children and, at the end, leaves none behind."""
    children: list[CodecProcess] = []

    async def start(**keywords) -> tuple[CodecProcess, asyncio.Future[CodecEnded]]:
        ended = asyncio.get_running_loop().create_future()
        child = await CodecProcess.start(
            JOB, hear=ear.hear, ended=ended.set_result, **keywords
        )
        children.append(child)
        return child, ended

    yield start
    for child in children:
        await child.stop()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_what_is_fed_is_recognized_measured_and_encoded(running, ear, sound):
    child, _ = await running()

    child.feed(sound("mp3"))
    await ear.until(lambda: ear.seconds(AAC) > 4.5)

    assert ear.of(Recognized)[0].description == "MP3 128 kbit/s 44.1 kHz stereo"
    assert ear.of(Measured)[1].rms_dbfs == pytest.approx(-23.5, abs=0.3)
    assert all(frame[:2] == b"\xff\xf1" for frame in ear.frames("hi"))


async def test_stopping_lets_the_child_finish_what_it_was_fed(running, ear, sound):
    child, ended = await running()

    child.feed(sound("flac"))
    await child.stop()

    assert ear.seconds(AAC) == pytest.approx(5.0, abs=0.1)
    assert not is_alive(child.pid)
    assert not ended.done()


async def test_stopping_twice_is_stopping(running):
    child, ended = await running()

    await asyncio.gather(child.stop(), child.stop())
    await child.stop()
    child.feed(b"nobody listens")

    assert not ended.done()


async def test_pending_bytes_go_down_to_none(running, ear, sound):
    child, _ = await running()
    stream = sound("mp3")

    child.feed(stream)
    assert child.pending_bytes == len(stream)
    await ear.until(lambda: Consumed(total=len(stream)) in ear.reports)

    assert child.pending_bytes == 0


async def test_frames_come_before_the_next_bytes_do(running, ear, sound):
    """A second in is a second out, less the frames the codecs hold back."""
    child, _ = await running()

    child.feed(sound("mp3", 30.0)[:16_000])
    await ear.until(lambda: ear.of(Encoded) and child.pending_bytes == 0)

    assert ear.seconds(AAC) > 0.85


async def test_a_killed_child_is_noticed_and_named(running, ear):
    child, ended = await running()
    await ear.until(lambda: ear.of(Consumed))

    os.kill(child.pid, signal.SIGKILL)

    assert (await ended).reason == "The codec was ended by signal 9 (Killed)."
    child.feed(b"nobody listens")


async def test_a_child_that_hangs_is_killed(running, ear, sound):
    child, ended = await running(patience=0.3)
    await ear.until(lambda: ear.of(Consumed))

    os.kill(child.pid, signal.SIGSTOP)
    child.feed(sound("mp3"))

    assert "took in nothing" in (await ended).reason
    assert not is_alive(child.pid)


async def test_a_child_that_is_not_fed_is_not_hung(running, ear, sound):
    """A source may be silent for an hour; that is not the codec's fault."""
    child, ended = await running(patience=0.2)
    await ear.until(lambda: ear.of(Consumed))

    await asyncio.wait([ended], timeout=0.5)
    assert not ended.done()

    child.feed(sound("mp3"))
    await ear.until(lambda: ear.seconds(AAC) > 4.5)


async def test_a_hung_child_that_must_stop_is_killed(running, ear, monkeypatch):
    monkeypatch.setattr(process_module, "STOPPING_SECONDS", 0.2)
    child, ended = await running()
    await ear.until(lambda: ear.of(Consumed))

    os.kill(child.pid, signal.SIGSTOP)
    await child.stop()

    assert not is_alive(child.pid)
    assert not ended.done()


async def test_a_child_that_falls_too_far_behind_is_killed(running, ear, monkeypatch):
    monkeypatch.setattr(process_module, "MOST_PENDING_BYTES", 1000)
    child, ended = await running()

    child.feed(bytes(1001))

    assert "1001 bytes behind" in (await ended).reason


async def test_a_child_that_answers_nonsense_is_killed(running, ear):
    child, ended = await running()

    child.received(1, b"\xff\xff\xff\xff")

    assert "answered nonsense" in (await ended).reason


async def test_what_is_not_audio_ends_nothing(running, ear, sound):
    child, ended = await running()

    child.feed(random.Random(3).randbytes(200_000))
    await ear.until(lambda: ear.of(NotAudio))
    child.feed(sound("mp3"))
    await ear.until(lambda: ear.seconds(AAC) > 4.5)

    assert len(ear.of(NotAudio)) == 1
    assert not ended.done()
