from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from groundwave.audio.job import Encoding
from groundwave.transmitter.passage import UNDECIDED_BYTES, Passage
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.mpeg import MpegFramer, mpeg_header


VECTORS = Path(__file__).parents[1] / "vectors" / "frames"

MP3 = Encoding(name="/kgnd.mp3", codec="mp3", bitrate_kbps=64)
AAC = Encoding(name="/kgnd.aac", codec="aac", bitrate_kbps=64)
# 44.1 kHz stereo at 64 kbit/s, like the two mounts.
SENT_MP3 = (VECTORS / "mp3-cbr.mp3").read_bytes()
SENT_AAC = (VECTORS / "adts.aac").read_bytes()


def mp3_at(kbps_index: int) -> bytes:
    """A second of frames of silence: 5 is 64 kbit/s, 9 is 128, 14 is 320."""
    opening = bytes([0xFF, 0xFB, kbps_index << 4, 0x00])
    header = mpeg_header(opening)
    assert header
    return opening.ljust(header.size, b"\0") * 40


def passed(passage: Passage, *pieces: bytes) -> bytes:
    return b"".join(frame.data for piece in pieces for frame in passage.receive(piece))


@pytest.mark.parametrize(
    ("sent", "framer", "mount"),
    [(SENT_MP3, MpegFramer(), MP3), (SENT_AAC, AdtsFramer(), AAC)],
)
def test_a_source_like_the_mount_passes_bit_for_bit(
    sent: bytes, framer: MpegFramer | AdtsFramer, mount: Encoding
):
    passage = Passage([MP3, AAC])
    whole = b"".join(frame.data for frame in framer.receive_data(sent))
    assert passed(passage, sent) == whole
    assert passage.names == (mount.name,)


@given(st.lists(st.integers(1, len(SENT_MP3)), max_size=6))
def test_how_the_network_slices_the_bytes_does_not_matter(cuts: list[int]):
    edges = [0, *sorted(cuts), len(SENT_MP3)]
    pieces = [SENT_MP3[a:b] for a, b in pairwise(edges)]
    assert passed(Passage([MP3]), *pieces) == passed(Passage([MP3]), SENT_MP3)


def test_a_source_passes_to_every_mount_it_is_like():
    louder = Encoding(name="/kgnd-hi.mp3", codec="mp3", bitrate_kbps=192)
    passage = Passage([MP3, AAC, louder])
    passage.receive(SENT_MP3)
    assert passage.names == (MP3.name, louder.name)


@pytest.mark.parametrize(
    "mount",
    [
        pytest.param({"codec": "aac"}, id="another codec"),
        pytest.param({"sample_rate": 48000}, id="another sample rate"),
        pytest.param({"channels": 1}, id="another channel count"),
        pytest.param({"bitrate_kbps": 56}, id="a lower bitrate"),
    ],
)
def test_a_source_unlike_the_mount_does_not_pass(mount: dict[str, object]):
    facts: dict[str, object] = {"codec": "mp3", "bitrate_kbps": 64, **mount}
    passage = Passage([Encoding(name="/kgnd", **facts)])  # type: ignore[arg-type]
    assert passed(passage, SENT_MP3) == b""
    assert passage.is_decided
    assert (passage.names, passage.verdict) == ((), "")


@pytest.mark.parametrize("kbps_index", [5, 4, 1])
def test_a_bitrate_not_above_the_mounts_passes(kbps_index: int):
    passage = Passage([MP3])
    assert passed(passage, mp3_at(kbps_index))
    assert passage.names == (MP3.name,)


def test_a_bitrate_above_the_mounts_is_found_in_the_frames_not_in_the_headers():
    passage = Passage([MP3])  # it is never told what the encoder claims
    assert passed(passage, mp3_at(14)) == b""
    assert passage.names == ()


def test_joined_in_the_middle_of_a_frame_a_source_passes_from_the_next_one_on():
    frames = MpegFramer().receive_data(SENT_MP3)
    late = SENT_MP3[SENT_MP3.index(frames[3].data) + 100 :]
    assert passed(Passage([MP3]), late) == b"".join(f.data for f in frames[4:])


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"<!DOCTYPE html><html><body>Login</body></html>" * 20, "a web page"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(2000), "a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "a PNG picture"),
        (b"#EXTM3U\nhttp://example.org/live.mp3\n" * 20, "a playlist"),
        (bytes(range(256)) * 80, "no known kind of audio"),
    ],
)
def test_what_is_not_sound_ends_in_a_sentence_that_says_what_to_do(
    sent: bytes, words: str
):
    passage = Passage([MP3, AAC])
    assert passed(passage, sent) == b""
    assert passage.verdict == (
        f"What arrives is {words}, not sound; choose MP3, AAC or Ogg in the encoder"
        " and connect again."
    )


@pytest.mark.parametrize("name", ["opus.ogg", "vorbis.ogg", "flac.ogg", "layer2.mp2"])
def test_sound_of_another_kind_is_left_to_the_codec(name: str):
    passage = Passage([MP3, AAC])
    assert passed(passage, (VECTORS / name).read_bytes()) == b""
    assert passage.is_decided
    assert (passage.names, passage.verdict) == ((), "")


@pytest.mark.parametrize("name", ["mp3-mono.mp3", "mp3-mpeg2.mp3"])
def test_a_source_that_changes_its_rate_or_channels_on_air_has_to_connect_again(
    name: str,
):
    passage = Passage([MP3])
    passage.receive(SENT_MP3)
    changed = (VECTORS / name).read_bytes()
    assert passed(passage, changed) == b""
    assert "connect again" in passage.verdict


def test_a_source_that_changes_before_it_was_judged_is_judged_as_it_goes_on():
    before = (VECTORS / "mp3-mono.mp3").read_bytes()[: 48000 // 8 // 4]
    passage = Passage([MP3])
    heard = passed(passage, before + SENT_MP3)
    assert passage.names == (MP3.name,)
    assert heard
    assert all(
        (frame.sample_rate, frame.channels) == (44100, 2)
        for frame in MpegFramer().receive_data(heard)
    )


def test_what_looks_like_a_source_but_never_brings_a_frame_is_not_kept_for_ever():
    tag = b"ID3\x04\x00\x00" + bytes([0x7F] * 4)  # a tag of 256 MiB, it says
    passage = Passage([MP3])
    passage.receive(tag)
    received = 0
    while not passage.is_decided:
        passage.receive(bytes(65536))
        received += 65536
        assert received <= UNDECIDED_BYTES + 65536
    assert received >= UNDECIDED_BYTES
    assert (passage.names, passage.verdict) == ((), "")


def test_a_song_with_a_large_picture_before_it_passes():
    picture = b"ID3\x04\x00\x00" + bytes([0, 0x1F, 0, 0]) + bytes(0x1F << 14)
    passage = Passage([MP3])
    assert (
        passed(passage, *(picture[i : i + 4096] for i in range(0, len(picture), 4096)))
        == b""
    )
    assert passed(passage, SENT_MP3)
    assert passage.names == (MP3.name,)
