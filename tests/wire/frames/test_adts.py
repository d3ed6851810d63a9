from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.frames.adts import (
    AdtsFramer,
    adts_header,
    payload,
    specific_config,
)
from groundwave.wire.frames.frame import Frame


ADTS = (Path(__file__).parents[2] / "vectors" / "frames" / "adts.aac").read_bytes()


def frames_of(*pieces: bytes) -> list[Frame]:
    framer = AdtsFramer()
    return [frame for piece in pieces for frame in framer.receive_data(piece)]


def joined(frames: list[Frame]) -> bytes:
    return b"".join(frame.data for frame in frames)


def made(
    body: bytes,
    *,
    profile: int = 1,
    rate_index: int = 4,
    configuration: int = 2,
    blocks: int = 1,
    crc: bool = False,
) -> bytes:
    """Return an ADTS frame (ISO/IEC 14496-3 table 1.A.5 to 1.A.7)."""
    size = 7 + 2 * crc + len(body)
    word = 0xFFF << 44 | (not crc) << 40 | profile << 38 | rate_index << 34
    word |= configuration << 30 | size << 13 | 0x7FF << 2 | blocks - 1
    return word.to_bytes(7, "big") + b"\xcc\xcc" * crc + body


def test_frames_are_what_ffprobe_counts() -> None:
    frames = frames_of(ADTS)

    assert joined(frames) == ADTS
    assert len(frames) == 45
    assert {(f.samples, f.sample_rate, f.channels) for f in frames} == {
        (1024, 44100, 2)
    }
    assert all(frame.independent for frame in frames)


def test_the_bitrate_is_what_the_size_implies() -> None:
    frame = frames_of(made(bytes(365)) * 2)[0]

    assert frame.bitrate_kbps == round(372 * 8 * 44100 / 1024 / 1000) == 128


@given(
    cuts=st.lists(st.integers(0, len(ADTS)), max_size=12), front=st.binary(max_size=99)
)
def test_how_the_network_slices_bytes_does_not_matter(
    cuts: list[int], front: bytes
) -> None:
    stream = front + ADTS
    pieces = [stream[a:b] for a, b in pairwise([0, *sorted(cuts), len(stream)])]

    assert frames_of(*pieces) == frames_of(stream)


@given(garbage=st.binary(min_size=1, max_size=300))
def test_sync_is_won_back_after_garbage(garbage: bytes) -> None:
    frames = frames_of(ADTS + garbage + ADTS)

    assert joined(frames[:45]) == ADTS
    assert len(frames) >= 2 * 45 - 2


def test_garbage_is_counted_and_tags_are_not() -> None:
    framer = AdtsFramer()
    framer.receive_data(b"ID3\x04\x00\x00\x00\x00\x00\x05hello" + ADTS + b"???" + ADTS)

    assert framer.skipped_bytes == 3


@pytest.mark.parametrize(
    "header",
    [
        made(b"x")[:6],
        b"\xfe" + made(b"x")[1:7],
        b"\xff\xfb" + made(b"x")[2:7],  # MPEG audio, layer III
        made(b"x", rate_index=13),
        made(b"x", configuration=0),
        made(b""),
        made(b"", crc=True),
    ],
)
def test_headers_that_promise_no_frame_are_refused(header: bytes) -> None:
    assert adts_header(header[:7]) is None


@pytest.mark.parametrize(
    ("configuration", "channels"), [(1, 1), (2, 2), (6, 6), (7, 8)]
)
def test_channels_follow_the_configuration(configuration: int, channels: int) -> None:
    header = adts_header(made(b"x", configuration=configuration)[:7])

    assert header is not None
    assert header.channels == channels


def test_a_frame_of_several_blocks_lasts_as_long_as_all_of_them() -> None:
    assert frames_of(made(bytes(100), blocks=4) * 2)[0].samples == 4096


def test_the_payload_is_the_frame_without_header_and_crc() -> None:
    assert payload(made(b"sound")) == b"sound"
    assert payload(made(b"sound", crc=True)) == b"sound"


def test_blocks_that_cannot_be_told_apart_are_refused_in_a_sentence() -> None:
    with pytest.raises(PeerError, match="one block per frame"):
        payload(made(b"sound", blocks=2))


def test_the_specific_config_is_what_an_mp4_wants() -> None:
    assert specific_config(ADTS) == bytes.fromhex("1210")  # AAC-LC, 44.1 kHz, stereo
    mono_main_8k = made(b"x", profile=0, rate_index=11, configuration=1)
    assert specific_config(mono_main_8k) == bytes.fromhex("0d88")


def test_only_adts_has_a_config_and_a_payload() -> None:
    with pytest.raises(UsageError):
        specific_config(b"nothing of the kind")
    with pytest.raises(UsageError):
        payload(b"nothing of the kind")


@given(st.binary(max_size=4096))
def test_random_bytes_are_never_heard_or_kept(data: bytes) -> None:
    framer = AdtsFramer()
    frames = framer.receive_data(data)

    assert len(joined(frames)) + framer.skipped_bytes <= len(data)
    assert len(framer._rest) < 8192 + 10
