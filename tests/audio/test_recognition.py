from __future__ import annotations

import random

import pytest

from groundwave.audio.recognition import Container, FrameStream, Recognition
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.mpeg import MpegFramer


NOISE = random.Random(7).randbytes(20_000)


def recognize(data: bytes, piece: int = 1400) -> Container | FrameStream | None:
    recognition = Recognition()
    for start in range(0, len(data), piece):
        if found := recognition.receive_data(data[start : start + piece]):
            return found
    return None


@pytest.mark.parametrize(
    ("form", "demuxer"),
    [("opus", "ogg"), ("flac", "flac"), ("wav", "wav"), ("webm", "matroska")],
)
@pytest.mark.parametrize("piece", [1, 5, 4096])
def test_a_container_is_known_by_its_first_bytes(sound, form, demuxer, piece):
    match recognize(sound(form, 1.0)[:1000], piece):
        case Container(found, rest):
            assert found == demuxer
            assert sound(form, 1.0).startswith(rest)
        case other:
            pytest.fail(f"{form} was taken for {other}")


@pytest.mark.parametrize(
    ("form", "framer"), [("mp3", MpegFramer), ("adts", AdtsFramer)]
)
def test_frames_are_known_wherever_one_joins_them(sound, form, framer):
    match recognize(NOISE + sound(form)[10_001:]):
        case FrameStream(found, frames):
            assert isinstance(found, framer)
            assert b"".join(f.data for f in frames) in sound(form)
        case other:
            pytest.fail(f"{form} was taken for {other}")


def test_a_tag_before_the_music_hides_nothing(sound):
    cover = b"\xff\xfb\x90\x64" * 5000
    size = bytes([len(cover) >> 21, len(cover) >> 14 & 127, len(cover) >> 7 & 127])
    tag = b"ID3\x04\x00\x00" + size + bytes([len(cover) & 127]) + cover

    found = recognize(tag + sound("mp3"))

    assert isinstance(found, FrameStream)
    assert isinstance(found.framer, MpegFramer)


@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_whoever_joins_an_ogg_chain_late_finds_its_next_link(sound, piece):
    link = sound("opus", 1.0)

    match recognize(link[3000:] + link, piece):
        case Container("ogg", rest):
            assert link.startswith(rest[:1000])
        case other:
            pytest.fail(f"the link was taken for {other}")


@pytest.mark.parametrize(
    "data", [b"", NOISE, b"<!doctype html>" * 2000, bytes(20_000), b"\xff" * 20_000]
)
def test_what_is_no_sound_is_not_taken_for_any(data):
    assert recognize(data) is None
