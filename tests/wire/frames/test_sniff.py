from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.frames.ogg import checksum, page_size
from groundwave.wire.frames.sniff import ENOUGH, recognize


VECTORS = Path(__file__).parents[2] / "vectors" / "frames"


def name_of(data: bytes) -> str:
    found = recognize(data, ended=True)
    assert found is not None
    return found.name


@pytest.mark.parametrize(
    ("file", "name", "sample_rate", "channels", "kbps"),
    [
        ("mp3-cbr.mp3", "mp3", 44100, 2, 64),
        ("mp3-vbr-tagged.mp3", "mp3", 44100, 2, 32),
        ("mp3-mono.mp3", "mp3", 48000, 1, 48),
        ("mp3-mpeg2.mp3", "mp3", 22050, 2, 32),
        ("mp3-mpeg25.mp3", "mp3", 8000, 1, 16),
        ("layer2.mp2", "mp2", 48000, 2, 128),
        ("adts.aac", "aac", 44100, 2, 48),
        ("opus.ogg", "ogg/opus", 0, 0, 0),
        ("vorbis.ogg", "ogg/vorbis", 0, 0, 0),
        ("flac.ogg", "ogg/flac", 0, 0, 0),
    ],
)
def test_sound_is_recognized_within_two_kilobytes(
    file: str, name: str, sample_rate: int, channels: int, kbps: int
) -> None:
    found = recognize((VECTORS / file).read_bytes()[:2048])

    assert found is not None
    assert found.is_audio
    assert (found.name, found.sample_rate) == (name, sample_rate)
    assert (found.channels, found.bitrate_kbps) == (channels, kbps)


@pytest.mark.parametrize(
    ("opening", "name", "is_audio"),
    [
        (b"fLaC\0\0\0\x22", "flac", True),
        (b"RIFF\x24\0\0\0WAVEfmt ", "wav", True),
        (b"RF64\xff\xff\xff\xffWAVEds64", "wav", True),
        (b"FORM\0\0\0\x24AIFFCOMM", "aiff", True),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01", "webm", True),
        (b"\0\0\0\x18ftypM4A ", "mp4", True),
        (b"\0\n\0\x18moof", "mp4", True),
        ((b"G" + bytes(187)) * 4, "mpegts", True),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "asf", True),
        (b"ID3\x04\0\0\0\0\0\x03xyzfLaC", "flac", True),
        (b"MThd\0\0\0\x06", "midi", False),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg", False),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "png", False),
        (b"GIF89a", "gif", False),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "webp", False),
        (b"%PDF-1.7", "pdf", False),
        (b"PK\x03\x04", "zip", False),
        (b"\x1f\x8b\x08\0", "gzip", False),
        (b"\r\n <!DOCTYPE html><title>404</title>", "html", False),
        (b"<HTML><body>", "html", False),
        (b"<?xml version='1.0'?>", "xml", False),
        (b"#EXTM3U\n#EXTINF:-1,", "playlist", False),
        (b"[playlist]\nFile1=http://", "playlist", False),
        (b"Odetta has the news at four. " * 20, "text", False),
        (b"hello", "unknown", False),
        (b"", "unknown", False),
        (bytes(300), "unknown", False),
    ],
)
def test_what_a_stream_opens_with_names_it(
    opening: bytes, name: str, is_audio: bool
) -> None:
    found = recognize(opening, ended=True)

    assert found is not None
    assert (found.name, found.is_audio) == (name, is_audio)


def test_a_source_may_join_in_the_middle_of_a_frame() -> None:
    assert name_of((VECTORS / "adts.aac").read_bytes()[100:]) == "aac"
    assert name_of((VECTORS / "layer2.mp2").read_bytes()[100:]) == "mp2"


def test_a_few_bytes_are_not_enough_to_say_anything() -> None:
    assert recognize(b"") is None
    assert recognize((VECTORS / "mp3-mono.mp3").read_bytes()[:300]) is None
    assert recognize((VECTORS / "opus.ogg").read_bytes()[:30]) is None
    assert recognize(b"hello") is None


def test_enough_bytes_always_have_an_answer() -> None:
    found = recognize(zlib.compress(bytes(range(256)) * 9, 0).ljust(ENOUGH, b"\0"))

    assert found is not None
    assert not found.is_audio


def test_album_art_is_put_before_mp3() -> None:
    art = b"ID3\x04\x00\x00\x00\x7f\x7f\x7f" + bytes(ENOUGH)

    assert recognize(art[:9000]) is None
    found = recognize(art)
    assert found is not None
    assert found.name == "mp3"


def test_ogg_of_another_codec_is_said_to_be_that() -> None:
    page = bytearray((VECTORS / "opus.ogg").read_bytes())
    page[5] = 0  # no longer a first page; its checksum must follow
    size = page_size(bytes(page))
    assert size is not None
    page[22:26] = checksum(bytes(page[:size]))

    assert name_of(bytes(page[:size])) == "ogg"


def test_a_damaged_ogg_stream_is_not_audio() -> None:
    broken = b"OggS" + bytes(22) + b"\x01\x01x"

    assert name_of(broken * 20) == "unknown"


@given(st.binary(max_size=2048), st.booleans())
def test_random_bytes_are_no_audio(data: bytes, ended: bool) -> None:
    found = recognize(data, ended=ended)

    assert (found is None) <= (not ended)
    assert found is None or found.name not in ("mp3", "aac", "mp2")
