from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.id3 import title_in


def frame(name: bytes, body: bytes, *, version: int = 4) -> bytes:
    size = len(body)
    bits = 7 if version == 4 else 8
    parts = [size >> bits * n & (1 << bits) - 1 for n in (3, 2, 1, 0)]
    return name + bytes(parts) + b"\0\0" + body


def tag(*frames: bytes, version: int = 4, flags: int = 0) -> bytes:
    body = b"".join(frames)
    size = bytes(len(body) >> 7 * n & 0x7F for n in (3, 2, 1, 0))
    return b"ID3" + bytes([version, 0, flags]) + size + body


PRIV = frame(b"PRIV", b"com.apple.streaming.transportStreamTimestamp\0" + bytes(8))


@pytest.mark.parametrize(
    "text",
    [
        b"\x00Vatn, se\xf1orita",
        b"\x01" + "Vatn, señorita".encode("utf-16"),
        b"\x02" + "Vatn, señorita".encode("utf-16-be"),
        b"\x03" + "Vatn, señorita\0and more".encode(),
    ],
)
def test_a_title_is_read_in_every_encoding(text: bytes):
    assert title_in(tag(PRIV, frame(b"TIT2", text)) + b"\xff\xf1") == "Vatn, señorita"


@pytest.mark.parametrize("version", [3, 4])
def test_the_artist_stands_before_the_title(version: int):
    frames = (
        frame(b"TIT2", b"\x03" + b"Gallows Pole" * 20, version=version),
        frame(b"TPE1", b"\x03Odetta", version=version),
    )
    assert title_in(tag(*frames, version=version)) == "Odetta - " + "Gallows Pole" * 20


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xf1\x50\x80", id="sound"),
        pytest.param(tag(PRIV), id="a time and no title"),
        pytest.param(tag(frame(b"TPE1", b"\x03Odetta")), id="an artist alone"),
        pytest.param(tag(frame(b"TIT2", b""), PRIV), id="an empty frame"),
        pytest.param(tag(frame(b"TIT2", b"\x09Vatn")), id="an unknown encoding"),
        pytest.param(tag(frame(b"TIT2", b"\x03Vatn"), version=2), id="an old tag"),
        pytest.param(tag(frame(b"TIT2", b"\x03Vatn"), flags=0x80), id="unsynchronised"),
    ],
)
def test_what_says_no_title_says_nothing(data: bytes):
    assert title_in(data) == ""


def test_a_hostile_title_cannot_end_its_line():
    hostile = tag(frame(b"TIT2", b"\x03Vatn\r\n#EXT-X-ENDLIST"))
    assert "\n" not in title_in(hostile)


@given(st.binary(max_size=200))
def test_whatever_follows_the_mark_harms_nobody(data: bytes):
    assert isinstance(title_in(b"ID3\x04\0\0" + data), str)
