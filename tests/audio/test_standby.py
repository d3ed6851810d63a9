from __future__ import annotations

import asyncio

import pytest

from groundwave.audio.conform import MOST_SECONDS, conform
from groundwave.audio.errors import ConformFailed
from groundwave.audio.job import CodecJob, Encoding
from groundwave.audio.standby import conform_file
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.mpeg import MpegFramer


MP3 = Encoding(name="/kgnd.mp3", codec="mp3", bitrate_kbps=64)
AAC = Encoding(name="/kgnd.aac", codec="aac", bitrate_kbps=64)
FORMS = ["mp3", "adts", "opus", "flac", "wav", "m4a"]


@pytest.mark.parametrize("form", FORMS)
async def test_a_sound_file_becomes_plain_frames_of_each_encoding(
    tmp_path, sound, form
):
    source = tmp_path / "loop"
    source.write_bytes(sound(form, 2.0))

    files = await conform_file(source, [MP3, AAC], into=tmp_path / "standby")

    for encoding, framer in ((MP3, MpegFramer()), (AAC, AdtsFramer())):
        data = files[encoding.name].read_bytes()
        frames = framer.receive_data(data)
        assert b"".join(frame.data for frame in frames) == data
        assert sum(frame.seconds for frame in frames) == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("form", ["wav", "mp3", "m4a"])
def test_no_more_of_a_long_file_is_used_than_can_be_held(tmp_path, sound, form):
    source, encoding = tmp_path / "loop", Encoding(name="made.mp3", codec="mp3")
    job = CodecJob(content_type="", encodings=(encoding,))
    source.write_bytes(sound(form, 5.0))
    conform(source, tmp_path, job, most_seconds=2.0)

    frames = MpegFramer().receive_data((tmp_path / "made.mp3").read_bytes())
    assert sum(frame.seconds for frame in frames) == pytest.approx(2.0, abs=0.2)
    assert MOST_SECONDS == 600


async def test_the_same_sound_is_conformed_once(tmp_path, sound):
    source, copy = tmp_path / "loop.wav", tmp_path / "copy.wav"
    source.write_bytes(sound("wav", 1.0))
    copy.write_bytes(sound("wav", 1.0))
    into = tmp_path / "standby"

    first = await conform_file(source, [MP3], into=into)
    made_at = first[MP3.name].stat().st_mtime_ns
    again = await conform_file(copy, [MP3, AAC], into=into)

    assert again[MP3.name] == first[MP3.name]
    assert again[MP3.name].stat().st_mtime_ns == made_at
    assert sorted(into.iterdir()) == sorted(again.values())


async def test_two_mounts_that_sound_the_same_share_one_file_of_the_right_length(
    tmp_path, sound
):
    source = tmp_path / "loop.wav"
    source.write_bytes(sound("wav", 1.0))
    twins = [Encoding(name=name, codec="aac") for name in ("/kgnd.aac", "high")]

    files = await conform_file(source, twins, into=tmp_path / "loop")

    assert files["/kgnd.aac"] == files["high"]
    lone = [Encoding(name="lone", codec="aac")]
    alone = await conform_file(source, lone, into=tmp_path / "alone")
    assert files["high"].read_bytes() == alone["lone"].read_bytes()


async def test_a_changed_file_is_not_taken_for_the_one_before(tmp_path, sound):
    source = tmp_path / "loop.wav"
    source.write_bytes(sound("wav", 1.0))
    before = await conform_file(source, [MP3], into=tmp_path)
    source.write_bytes(sound("wav", 2.0))

    assert await conform_file(source, [MP3], into=tmp_path) != before


async def test_a_file_without_sound_says_what_to_choose(tmp_path):
    source = tmp_path / "loop.mp3"
    source.write_text("This is not music. " * 1000)

    with pytest.raises(ConformFailed, match=r"loop.mp3 holds no .* choose") as failed:
        await conform_file(source, [MP3], into=tmp_path / "standby")

    assert failed.value.permanent
    assert list((tmp_path / "standby").iterdir()) == []


async def test_giving_up_leaves_nothing_half_made_behind(tmp_path, sound, ear):
    source, into = tmp_path / "loop.wav", tmp_path / "standby"
    source.write_bytes(sound("wav", 60.0))
    conforming = asyncio.create_task(conform_file(source, [MP3, AAC], into=into))
    await ear.until(lambda: into.exists() and any(into.iterdir()))

    conforming.cancel()
    await asyncio.wait([conforming])

    assert list(into.iterdir()) == []


async def test_two_stations_may_conform_the_same_file_at_once(tmp_path, sound):
    source, into = tmp_path / "loop.wav", tmp_path / "standby"
    source.write_bytes(sound("wav", 2.0))

    one, other = await asyncio.gather(
        conform_file(source, [MP3], into=into), conform_file(source, [MP3], into=into)
    )

    assert one == other
    assert list(into.iterdir()) == [one[MP3.name]]


async def test_a_child_that_fails_says_why(tmp_path, sound):
    source, blocked = tmp_path / "loop.mp3", tmp_path / "blocked"
    source.write_bytes(sound("mp3", 1.0))
    blocked.write_text("a file where a folder should be")

    with pytest.raises(ConformFailed, match=r"loop.mp3 could not .*blocked") as failed:
        await conform_file(source, [MP3], into=blocked)

    assert not failed.value.permanent
