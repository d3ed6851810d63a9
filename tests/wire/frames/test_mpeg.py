from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.framer import LARGEST_TAG, id3v2_size
from groundwave.wire.frames.mpeg import MpegFramer, mpeg_header, mpeg_layer


VECTORS = Path(__file__).parents[2] / "vectors" / "frames"
CBR = (VECTORS / "mp3-cbr.mp3").read_bytes()
TAGGED = (VECTORS / "mp3-vbr-tagged.mp3").read_bytes()
MONO = (VECTORS / "mp3-mono.mp3").read_bytes()
MPEG2 = (VECTORS / "mp3-mpeg2.mp3").read_bytes()
LAYER2 = (VECTORS / "layer2.mp2").read_bytes()

LAME_INFO_FRAME = 208
MPEG1_STEREO_128 = bytes.fromhex("fffb9000")  # 44.1 kHz, no CRC: 417 bytes
MPEG1_STEREO_128_CRC = bytes.fromhex("fffa9000")
MPEG2_STEREO_64 = bytes.fromhex("fff38000")  # 22.05 kHz, no CRC: 208 bytes
ID3V2 = b"ID3\x04\x00\x00\x00\x00\x02\x01" + b"\xff\xfb\x90\x00" + bytes(253)


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(min(place, len(data)) for place in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(places)]


def frames_of(*pieces: bytes) -> list[Frame]:
    framer = MpegFramer()
    return [frame for piece in pieces for frame in framer.receive_data(piece)]


def joined(frames: list[Frame]) -> bytes:
    return b"".join(frame.data for frame in frames)


def made(header: bytes, body: bytes = b"", *, times: int = 1) -> bytes:
    announced = mpeg_header(header)
    assert announced is not None
    return (header + body).ljust(announced.size, b"\x55") * times


@pytest.mark.parametrize(
    ("name", "count", "samples", "sample_rate", "channels", "kbps"),
    [
        ("mp3-cbr.mp3", 40, 1152, 44100, 2, {64}),
        ("mp3-vbr-tagged.mp3", 47, 1152, 44100, 2, {32, 40, 48, 56, 64, 80, 112}),
        ("mp3-mono.mp3", 43, 1152, 48000, 1, {48}),
        ("mp3-mpeg2.mp3", 60, 576, 22050, 2, {32}),
        ("mp3-mpeg25.mp3", 23, 576, 8000, 1, {16}),
        ("layer2.mp2", 25, 1152, 48000, 2, {128}),
    ],
)
def test_frames_are_what_ffprobe_counts_and_the_headers_say(
    name: str, count: int, samples: int, sample_rate: int, channels: int, kbps: set[int]
) -> None:
    framer = MpegFramer()
    frames = framer.receive_data((VECTORS / name).read_bytes())

    assert len(frames) == count
    assert {frame.samples for frame in frames} == {samples}
    assert {frame.sample_rate for frame in frames} == {sample_rate}
    assert {frame.channels for frame in frames} == {channels}
    assert {frame.bitrate_kbps for frame in frames} == kbps
    assert framer.skipped_bytes == 0


@pytest.mark.parametrize("clean", [MONO, MPEG2, LAYER2])
def test_a_clean_file_comes_out_whole(clean: bytes) -> None:
    assert joined(frames_of(clean)) == clean


def test_tags_and_the_index_frame_are_left_out_and_nothing_else() -> None:
    assert joined(frames_of(CBR)) == CBR[LAME_INFO_FRAME:]

    tag = id3v2_size(TAGGED[:10])
    index = mpeg_header(TAGGED[tag : tag + 4])
    assert index is not None
    assert joined(frames_of(TAGGED)) == TAGGED[tag + index.size : -128]


@given(
    stream=st.sampled_from([CBR, TAGGED, MPEG2, LAYER2, b"noise" + MONO + ID3V2]),
    cuts=st.lists(st.integers(0, len(LAYER2)), max_size=12),
)
def test_how_the_network_slices_bytes_does_not_matter(
    stream: bytes, cuts: list[int]
) -> None:
    assert frames_of(*cut(stream, cuts)) == frames_of(stream)


def test_bytes_may_come_one_at_a_time() -> None:
    assert frames_of(*(bytes([byte]) for byte in TAGGED)) == frames_of(TAGGED)


@given(garbage=st.binary(max_size=600), at=st.integers(0, 42))
def test_garbage_costs_at_most_the_frames_it_touches(garbage: bytes, at: int) -> None:
    frame = len(MONO) // 43
    framer = MpegFramer()
    frames = framer.receive_data(MONO[: at * frame] + garbage + MONO[at * frame :])

    wanted = {MONO[start : start + frame] for start in range(0, len(MONO), frame)}
    # A lone frame between garbage and the end of the stream stays unconfirmed.
    assert len({f.data for f in frames} & wanted) >= len(wanted) - 2
    assert len(joined(frames)) + framer.skipped_bytes <= len(MONO) + len(garbage)


def test_garbage_is_counted() -> None:
    framer = MpegFramer()
    framer.receive_data(b"x" * 100 + MONO + b"y" * 50 + MONO)

    assert framer.skipped_bytes == 150


def test_a_stream_joined_mid_frame_starts_at_the_next_one() -> None:
    assert joined(frames_of(LAYER2[100:])) == LAYER2[384:]


def test_one_header_is_not_believed_until_a_second_confirms_it() -> None:
    one = made(MPEG1_STEREO_128)
    framer = MpegFramer()

    assert framer.receive_data(one) == []
    assert framer.receive_data(one[:9]) == []
    assert [frame.data for frame in framer.receive_data(one[9:10])] == [one]


def test_a_false_sync_inside_garbage_is_passed_over() -> None:
    assert joined(frames_of(MPEG1_STEREO_128 + bytes(50) + LAYER2)) == LAYER2


def test_in_sync_a_frame_comes_out_with_its_last_byte() -> None:
    framer = MpegFramer()
    framer.receive_data(LAYER2[: 384 * 3])

    assert framer.receive_data(LAYER2[384 * 3 : 384 * 4 - 1]) == []
    assert len(framer.receive_data(LAYER2[384 * 4 - 1 : 384 * 4])) == 1


def test_a_change_of_format_is_followed() -> None:
    frames = frames_of(MONO + MPEG2 + LAYER2)

    assert [frame.sample_rate for frame in frames] == [48000] * 43 + [22050] * 60 + [
        48000
    ] * 25
    assert joined(frames) == MONO + MPEG2 + LAYER2


@pytest.mark.parametrize(
    "tag", [ID3V2, ID3V2[:5] + b"\x10" + ID3V2[6:] + b"3DI1234567"]
)
def test_an_id3v2_tag_between_frames_neither_sounds_nor_breaks_sync(tag: bytes) -> None:
    framer = MpegFramer()
    frames = framer.receive_data(tag + MONO + tag + MONO)

    assert joined(frames) == MONO + MONO
    assert framer.skipped_bytes == 0


def test_a_tag_may_be_longer_than_what_is_at_hand() -> None:
    framer = MpegFramer()
    long_tag = b"ID3\x03\x00\x00\x00\x02\x00\x00" + MONO * 6
    long_tag = long_tag[: 10 + (2 << 14)]

    assert framer.receive_data(long_tag[:5000]) == []
    assert framer.receive_data(long_tag[5000:] + MONO)
    assert framer.skipped_bytes == 0


def test_a_tag_beyond_all_reason_does_not_silence_a_source() -> None:
    huge = b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f"

    assert id3v2_size(huge) > LARGEST_TAG
    assert joined(frames_of(huge + MONO)) == MONO


@pytest.mark.parametrize(
    "header",
    [
        b"ID3\x04\x00\x00\x00\x00\x00",
        b"ID4\x04\x00\x00\x00\x00\x00\x01",
        b"ID3\xff\x00\x00\x00\x00\x00\x01",
        b"ID3\x04\xff\x00\x00\x00\x00\x01",
        b"ID3\x04\x00\x00\x80\x00\x00\x01",
    ],
)
def test_what_only_resembles_a_tag_is_none(header: bytes) -> None:
    assert id3v2_size(header) == 0


def test_an_id3v1_tag_is_one_only_where_a_frame_was_due() -> None:
    tag = b"TAG".ljust(128, b"\x20")

    framer = MpegFramer()
    assert joined(framer.receive_data(MONO + tag + MONO)) == MONO + MONO
    assert framer.skipped_bytes == 0

    framer = MpegFramer()
    assert joined(framer.receive_data(tag[:50] + MONO)) == MONO
    assert framer.skipped_bytes == 50


@pytest.mark.parametrize(
    "header",
    [
        "fffb0000",  # free format
        "fffbf000",  # forbidden bitrate
        "fffb9c00",  # reserved sample rate
        "ffeb9000",  # reserved version
        "fff99000",  # reserved layer: ADTS
        "ffff9000",  # layer I
        "fedb9000",  # no sync
    ],
)
def test_headers_that_promise_no_frame_are_refused(header: str) -> None:
    assert mpeg_header(bytes.fromhex(header)) is None


@pytest.mark.parametrize(
    ("header", "size", "samples", "channels", "layer"),
    [
        ("fffb9000", 417, 1152, 2, 3),
        ("fffb9200", 418, 1152, 2, 3),  # padded
        ("fffbe0c0", 1044, 1152, 1, 3),
        ("fff38000", 208, 576, 2, 3),
        ("ffe31800", 72, 576, 2, 3),  # MPEG-2.5, 8 kHz, 8 kbit/s
        ("fffde800", 1728, 1152, 2, 2),  # the largest of MPEG-1
        ("fff5e800", 1440, 1152, 2, 2),
    ],
)
def test_sizes_follow_the_tables(
    header: str, size: int, samples: int, channels: int, layer: int
) -> None:
    announced = mpeg_header(bytes.fromhex(header))

    assert announced is not None
    assert (announced.size, announced.samples) == (size, samples)
    assert announced.channels == channels
    assert mpeg_layer(bytes.fromhex(header)) == layer


@pytest.mark.parametrize(
    ("header", "body", "independent"),
    [
        (MPEG1_STEREO_128, "0000", True),
        (MPEG1_STEREO_128, "007f", True),  # the ninth bit is the last of the pointer
        (MPEG1_STEREO_128, "0080", False),
        (MPEG1_STEREO_128, "0100", False),
        (MPEG1_STEREO_128_CRC, "abcd007f", True),
        (MPEG1_STEREO_128_CRC, "00000100", False),
        (MPEG2_STEREO_64, "00ff", True),
        (MPEG2_STEREO_64, "0100", False),
        (bytes.fromhex("fff28000"), "abcd00ff", True),
    ],
)
def test_a_frame_is_independent_when_its_sound_is_all_its_own(
    header: bytes, body: str, independent: bool
) -> None:
    frames = frames_of(made(header, bytes.fromhex(body), times=3))

    assert [frame.independent for frame in frames] == [independent] * len(frames)
    assert len(frames) >= 2


def test_every_layer_ii_frame_is_independent() -> None:
    assert all(frame.independent for frame in frames_of(LAYER2))


def test_the_first_frame_of_an_encoder_has_nothing_to_borrow_from() -> None:
    first, second, *_ = frames_of(MONO)

    assert first.independent
    assert not second.independent


@pytest.mark.parametrize(
    ("header", "offset"),
    [
        ("fffb9000", 36),
        ("fffb90c0", 21),
        ("fff38000", 21),
        ("fff380c0", 13),
        ("fffa9000", 36),  # the CRC is announced but left out
        ("fffa9000", 38),
    ],
)
@pytest.mark.parametrize("mark", [b"Xing", b"Info"])
def test_index_frames_are_not_sound(header: str, offset: int, mark: bytes) -> None:
    opening = bytes.fromhex(header)
    index = made(opening, bytes(offset - 4) + mark)
    sound = made(opening, b"\x01" * 60, times=3)

    assert joined(frames_of(index + sound)) == sound


def test_a_vbri_index_is_not_sound() -> None:
    index = made(MPEG1_STEREO_128, bytes(32) + b"VBRI")
    sound = made(MPEG1_STEREO_128, b"\x01" * 60, times=3)

    assert joined(frames_of(index + sound)) == sound


def test_a_layer_ii_frame_is_never_taken_for_an_index() -> None:
    frame = made(bytes.fromhex("fffd9000"), bytes(32) + b"Xing")

    assert joined(frames_of(frame * 3)) == frame * 3


@given(st.binary(max_size=4096))
def test_random_bytes_are_never_heard_or_kept(data: bytes) -> None:
    framer = MpegFramer()
    frames = framer.receive_data(data)

    assert len(joined(frames)) + framer.skipped_bytes <= len(data)
    assert len(framer._rest) < 3000


def test_frames_last_as_long_as_they_sound() -> None:
    seconds = sum(frame.seconds for frame in frames_of(MPEG2))

    assert seconds == pytest.approx(60 * 576 / 22050)
