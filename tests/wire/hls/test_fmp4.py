from __future__ import annotations

import io
import struct
from pathlib import Path

import av
import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import UsageError
from groundwave.wire.frames.adts import AdtsFramer, payload, specific_config
from groundwave.wire.hls.fmp4 import init_segment, media_segment


ADTS = (Path(__file__).parents[2] / "vectors" / "frames" / "adts.aac").read_bytes()
FRAMES = AdtsFramer().receive_data(ADTS)
PAYLOADS = [payload(frame.data) for frame in FRAMES]
INIT = init_segment(specific_config(ADTS), 44100, 2)

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"mvex"} | {
    b"moof",
    b"traf",
}


def boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return every box below *data*, depth first, checking that sizes add up."""
    found = []
    while data:
        size, name = struct.unpack(">I4s", data[:8])
        assert 8 <= size <= len(data)
        found.append((name, data[8:size]))
        if name in CONTAINERS:
            found += boxes(data[8:size])
        data = data[size:]
    return found


def decoded(data: bytes) -> tuple[list[int], int]:
    """Return each packet's time and how many samples they decode to."""
    with av.open(io.BytesIO(data)) as container:
        packets = [packet for packet in container.demux() if packet.size]
        samples = sum(frame.samples for packet in packets for frame in packet.decode())
        return [packet.dts or 0 for packet in packets], samples


def test_the_init_segment_says_everything_but_holds_no_samples() -> None:
    names = [name for name, _ in boxes(INIT)]

    assert (
        names
        == (
            b"ftyp moov mvhd trak tkhd mdia mdhd hdlr minf smhd dinf dref stbl stsd stts "
            b"stsc stsz stco mvex trex"
        ).split()
    )


@pytest.mark.parametrize(
    ("sample_rate", "channels"), [(44100, 2), (48000, 1), (96000, 6)]
)
def test_the_sample_entry_carries_the_rate_and_channels(
    sample_rate: int, channels: int
) -> None:
    stsd = dict(boxes(init_segment(b"\x12\x10", sample_rate, channels)))[b"stsd"]
    mp4a = stsd[4 + 4 + 8 :]  # version and flags, count, the entry's size and name
    said_channels, said_rate = struct.unpack(">16xH6xI", mp4a[:28])

    assert said_channels == channels
    # 16.16 fixed point cannot say 96000; the AudioSpecificConfig does.
    assert said_rate >> 16 == (sample_rate if sample_rate < 65536 else 0)
    assert stsd.endswith(b"\x05\x02\x12\x10\x06\x01\x02")


def test_a_segment_says_when_it_starts_and_how_long_each_frame_is() -> None:
    found = dict(boxes(media_segment(7, 1 << 40, PAYLOADS[:3])))

    assert found[b"mfhd"][4:] == struct.pack(">I", 7)
    assert found[b"tfdt"] == struct.pack(">IQ", 1 << 24, 1 << 40)
    assert found[b"tfhd"] == struct.pack(">II", 0x020000, 1)
    sizes = [len(frame) for frame in PAYLOADS[:3]]
    assert found[b"trun"][12:] == struct.pack(">3I", *sizes)
    assert found[b"mdat"] == b"".join(PAYLOADS[:3])


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=40))
def test_the_data_offset_points_at_the_first_frame(frames: list[bytes]) -> None:
    segment = media_segment(1, 0, frames)
    trun = dict(boxes(segment))[b"trun"]
    count, offset = struct.unpack(">Ii", trun[4:12])

    assert count == len(frames)
    assert segment[offset:] == b"".join(frames)


def test_segments_decode_without_a_gap() -> None:
    start = 44100 * 86400 * 365
    segments = [
        media_segment(number + 1, start + number * 15 * 1024, PAYLOADS[at : at + 15])
        for number, at in enumerate(range(0, 45, 15))
    ]
    times, samples = decoded(INIT + b"".join(segments))

    assert times == [start + 1024 * frame for frame in range(45)]
    assert samples == 45 * 1024


def test_any_segment_decodes_alone() -> None:
    times, samples = decoded(INIT + media_segment(9000, 5 * 1024, PAYLOADS[20:30]))

    assert times == [1024 * frame for frame in range(5, 15)]
    assert samples == 10 * 1024


def test_the_bytes_of_the_frames_are_not_touched() -> None:
    with av.open(io.BytesIO(INIT + media_segment(1, 0, PAYLOADS))) as container:
        stream = container.streams.audio[0]
        packets = [bytes(packet) for packet in container.demux(stream) if packet.size]

        assert packets == PAYLOADS
        assert stream.codec_context.extradata == specific_config(ADTS)
        assert (stream.sample_rate, stream.channels) == (44100, 2)


def test_an_empty_segment_and_a_missing_configuration_are_our_own_mistakes() -> None:
    with pytest.raises(UsageError, match="at least one frame"):
        media_segment(1, 0, [])
    with pytest.raises(UsageError, match="AudioSpecificConfig"):
        init_segment(b"", 44100, 2)
