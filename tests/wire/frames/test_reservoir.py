from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import UsageError
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.mpeg import (
    MpegFramer,
    main_data_at,
    main_data_begin,
    mpeg_header,
)
from groundwave.wire.frames.reservoir import bridge


VECTORS = Path(__file__).parents[2] / "vectors" / "frames"
# For two granules of 576 samples a decoder's filters remember what was before.
MEMORY = 2 * 576


def frames_of(name: str) -> list[Frame]:
    return MpegFramer().receive_data((VECTORS / name).read_bytes())


def decoded(frames: list[Frame]) -> npt.NDArray[np.float32]:
    """Return what each frame sounds like."""
    decoder = av.CodecContext.create("mp3float", "r")
    return np.stack(
        [
            heard.to_ndarray()
            for frame in frames
            for heard in decoder.decode(av.Packet(frame.data))
        ]
    )


def leaning(frames: list[Frame], after: int) -> int:
    """Return the first frame from *after* on that borrows from those before it."""
    return next(i for i in range(after, len(frames)) if not frames[i].independent)


@pytest.mark.parametrize(
    "name", ["mp3-cbr.mp3", "mp3-mono.mp3", "mp3-mpeg2.mp3", "mp3-mpeg25.mp3"]
)
def test_after_a_bridge_everything_decodes_as_if_nothing_had_been_cut(
    name: str,
) -> None:
    frames = frames_of(name)
    join = leaning(frames, 12)
    across = bridge(frames[:join], frames[join])
    assert across is not None

    other = frames[1:4]  # from elsewhere: with other bytes in its reservoir
    spliced = decoded([*other, across, *frames[join:]])[len(other) + 1 :]
    uncut = decoded(frames)[join:]

    settled = MEMORY // frames[0].samples
    assert np.array_equal(spliced[settled:], uncut[settled:])


def test_without_a_bridge_it_does_not() -> None:
    frames = frames_of("mp3-cbr.mp3")
    spliced = decoded([*frames[1:5], *frames[20:]])[4:]
    settled = MEMORY // frames[0].samples

    assert not np.array_equal(spliced[settled:], decoded(frames)[20 + settled :])


def test_a_bridge_is_a_frame_like_any_other() -> None:
    frames = frames_of("mp3-cbr.mp3")
    across = bridge(frames[:20], frames[20])
    assert across is not None
    again = MpegFramer().receive_data(across.data + frames[20].data * 2)

    assert again[0] == across
    assert across.samples == frames[20].samples
    assert across.bitrate_kbps >= frames[20].bitrate_kbps


def test_a_crc_and_padding_are_not_taken_over() -> None:
    frames = frames_of("mp3-cbr.mp3")
    first = frames[20]
    guarded = bytes([0xFF, 0xFA, first.data[2] | 2, first.data[3]]) + b"\xcc\xcc"
    across = bridge(frames[:20], replace(first, data=guarded + first.data[4:]))
    assert across is not None

    assert across.data[1] == 0xFB
    assert across == bridge(frames[:20], first)


def test_no_bridge_is_needed_where_nothing_is_borrowed() -> None:
    first, *others = frames_of("mp3-mono.mp3")
    layer2, *_ = frames_of("layer2.mp2")

    assert bridge(others, first) is None
    assert bridge([], layer2) is None


def test_what_is_not_at_hand_is_silence() -> None:
    frames = frames_of("mp3-cbr.mp3")
    across = bridge([], frames[20])
    assert across is not None

    assert set(across.data[4:]) == {0}


@given(st.binary(min_size=1, max_size=2), st.integers(1, 14))
def test_any_reservoir_finds_room(pointer: bytes, bitrate_index: int) -> None:
    opening = bytes([0xFF, 0xFB, bitrate_index << 4, 0])
    header = mpeg_header(opening)
    assert header is not None
    data = (opening + pointer).ljust(header.size, b"\0")
    across = bridge([], Frame(data, 1152, 44100, 2, header.bitrate_kbps, False))

    assert across is not None
    assert len(across.data) >= main_data_at(across.data) + main_data_begin(data)


def test_only_layer_iii_is_bridged() -> None:
    other = Frame(b"\xff\xf1" + bytes(99), 1024, 44100, 2, 128, independent=False)

    with pytest.raises(UsageError, match="layer III"):
        bridge([], other)
