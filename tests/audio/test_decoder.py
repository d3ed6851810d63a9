from __future__ import annotations

import io
import random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from groundwave.audio.block import Block
from groundwave.audio.decoder import heard
from groundwave.audio.job import NotAudio, Recognized
from groundwave.audio.meter import Meter
from groundwave.audio.stream import LOST_AFTER_BYTES
from groundwave.wire.frames.ogg import OggPages, checksum


NOISE = random.Random(11).randbytes(300_000)


class Trickle:
    """A source that gives bytes as a network would."""

    def __init__(self, data: bytes, piece: int = 1400) -> None:
        self._data, self._piece = io.BytesIO(data), piece

    def read(self, size: int) -> bytes:
        return self._data.read(min(size, self._piece))


class Listening:
    """All that is heard in some bytes."""

    def __init__(self, data: bytes, piece: int = 1400, claimed: str = "") -> None:
        everything = list(heard(Trickle(data, piece), claimed))
        self.blocks = [each for each in everything if isinstance(each, Block)]
        self.recognized = [each for each in everything if isinstance(each, Recognized)]
        self.complaints = [each for each in everything if isinstance(each, NotAudio)]
        self.first = everything[0] if everything else None

    @property
    def seconds(self) -> float:
        return sum(block.seconds for block in self.blocks)

    @property
    def levels(self) -> list[float]:
        meter = Meter()
        return [
            level.rms_dbfs for block in self.blocks for level in meter.measure(block)
        ]


DESCRIPTIONS = {
    "mp3": "MP3 128 kbit/s 44.1 kHz stereo",
    "adts": "AAC 44.1 kHz stereo",
    "opus": "Opus 48 kHz stereo",
    "vorbis": "Vorbis 44.1 kHz stereo",
    "oggflac": "FLAC 44.1 kHz stereo",
    "flac": "FLAC 44.1 kHz stereo",
    "wav": "PCM 1411 kbit/s 44.1 kHz stereo",
    "aiff": "PCM 1411 kbit/s 44.1 kHz stereo",
    "webm": "Opus 48 kHz stereo",
}


@pytest.mark.parametrize("form", DESCRIPTIONS)
def test_every_format_is_told_first_and_heard_in_full(sound, form):
    listening = Listening(sound(form))

    assert listening.first is listening.recognized[0]
    assert [each.description for each in listening.recognized] == [DESCRIPTIONS[form]]
    assert listening.seconds == pytest.approx(5.0, abs=0.06)
    assert listening.complaints == []
    # MP3: LAME leaves half a decibel of room.
    assert listening.levels[1:-1] == pytest.approx(
        [-23.01] * len(listening.levels[1:-1]), abs=0.6
    )


@pytest.mark.parametrize("form", DESCRIPTIONS)
def test_silence_is_heard_as_silence(sound, form):
    listening = Listening(sound(form, 2.0, None))

    assert listening.levels
    assert max(listening.levels) < -80


@pytest.mark.parametrize("form", ["mp3", "adts", "opus", "flac", "wav"])
def test_one_channel_stays_one_channel(sound, form):
    listening = Listening(sound(form, 1.0, channels=1))

    assert listening.recognized[0].channels == 1
    assert listening.recognized[0].description.endswith("mono")
    assert {block.channels for block in listening.blocks} == {1}


@pytest.mark.parametrize("form", ["mp3", "opus", "flac", "webm"])
@pytest.mark.parametrize("piece", [1, 333, 65536])
def test_how_the_network_slices_bytes_does_not_matter(sound, form, piece):
    whole = Listening(sound(form, 2.0), 1400)
    sliced = Listening(sound(form, 2.0), piece)

    assert sliced.seconds == pytest.approx(whole.seconds, abs=0.001)
    assert sliced.recognized == whole.recognized


def test_sound_is_heard_before_much_has_been_read(sound):
    """Two frames are enough to be sure; then every frame sounds as it comes."""
    trickle = Trickle(sound("mp3"))

    first_block = next(each for each in heard(trickle) if isinstance(each, Block))

    assert first_block.seconds > 0
    assert trickle._data.tell() <= 4200


def test_every_link_of_an_ogg_chain_is_opened_anew(sound):
    """Another title, another rate, another codec: nothing carries over."""
    chain = [
        sound("opus", 1.0),
        sound("vorbis", 1.0),
        sound("vorbis", 1.0, rate=22050),
        sound("oggflac", 1.0, channels=1),
        sound("opus", 1.0),
    ]

    listening = Listening(b"".join(chain))

    assert [each.description for each in listening.recognized] == [
        "Opus 48 kHz stereo",
        "Vorbis 44.1 kHz stereo",
        "Vorbis 22.05 kHz stereo",
        "FLAC 44.1 kHz mono",
        "Opus 48 kHz stereo",
    ]
    assert listening.seconds == pytest.approx(5.0, abs=0.1)
    assert listening.complaints == []


def pages_of(ogg: bytes) -> list[bytes]:
    return [page.data for page in OggPages().receive_data(ogg)]


@pytest.mark.parametrize("form", ["opus", "vorbis"])
@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(slice(2), id="headers only"),
        pytest.param(slice(0, None, 2), id="every other page"),
    ],
)
def test_a_damaged_link_of_an_ogg_chain_costs_that_link_alone(sound, form, kept):
    good, damaged = sound(form, 1.0), b"".join(pages_of(sound(form, 2.0))[kept])

    listening = Listening(good + damaged + good + damaged + good)

    assert listening.seconds >= 2.9
    assert listening.complaints == []


def test_a_link_that_is_no_sound_costs_nothing_of_the_next(sound):
    first, *rest = pages_of(sound("opus", 1.0))
    first = first.replace(b"OpusHead", b"TextHead")
    unknown = b"".join([first[:22], checksum(first), first[26:], *rest])

    listening = Listening(sound("opus", 1.0) + unknown + sound("vorbis", 1.0))

    assert listening.seconds == pytest.approx(2.0, abs=0.1)
    assert listening.complaints == []


def test_an_ogg_chain_of_nothing_but_headers_is_said_once_and_then_heard(sound):
    headers = b"".join(pages_of(sound("vorbis", 1.0))[:2])
    many = headers * (2 * LOST_AFTER_BYTES // len(headers))

    listening = Listening(many + sound("opus", 1.0) + many)

    assert listening.seconds == pytest.approx(1.0, abs=0.1)
    assert len(listening.complaints) == 2


@pytest.mark.parametrize("form", ["opus", "vorbis", "oggflac", "flac", "webm"])
def test_with_its_head_a_stream_is_heard_from_anywhere(sound, form):
    stream = sound(form, 12.0)
    head = Listening(stream).recognized[0].head

    listening = Listening(head + stream[len(stream) // 3 + 7 :])

    assert listening.recognized[0].head == head
    assert listening.seconds > 2.5
    assert max(float(np.abs(block.samples).max()) for block in listening.blocks) < 0.2


@pytest.mark.parametrize("form", ["mp3", "adts"])
def test_frames_need_no_head(sound, form):
    stream = sound(form)

    listening = Listening(stream[len(stream) // 2 + 7 :])

    assert listening.recognized[0].head == b""
    assert listening.seconds == pytest.approx(2.5, abs=0.1)


@pytest.mark.parametrize("form", ["mp3", "adts", "opus", "flac"])
def test_a_hole_in_the_stream_costs_little_more_than_the_hole(sound, form):
    stream = sound(form, 8.0)
    hole = len(stream) // 2
    damaged = stream[:hole] + NOISE[:2000] + stream[hole + 2000 :]

    listening = Listening(damaged)

    assert listening.seconds > 6.0
    assert listening.complaints == []


@pytest.mark.parametrize(
    "rubbish",
    [NOISE, b"<!doctype html><p>Not found" * 9000, bytes(200_000), b"\xff" * 200_000],
    ids=["noise", "page", "zeros", "ones"],
)
def test_what_is_not_audio_is_said_once_with_what_to_do(rubbish):
    listening = Listening(rubbish, claimed="audio/mpeg")

    assert [block for block in listening.blocks if np.abs(block.samples).max()] == []
    assert len(listening.complaints) == 1
    assert "sent as audio/mpeg" in listening.complaints[0].sentence
    assert "Set the encoder to MP3" in listening.complaints[0].sentence


def test_a_header_that_claims_a_sample_a_second_is_not_believed(sound):
    """A kilobyte would sound for minutes, and take as long to encode."""
    claim = (1).to_bytes(4, "little")
    stream = sound("wav")[:24] + claim + sound("wav")[28:]

    listening = Listening(stream + bytes(1_000_000))

    assert listening.blocks == []
    assert len(listening.complaints) == 1


def test_a_container_of_an_unknown_codec_says_so(sound):
    listening = Listening(sound("webm").replace(b"A_OPUS", b"A_WHAT"))

    assert listening.blocks == []
    assert "no sound track" in listening.complaints[0].sentence


@pytest.mark.parametrize(
    ("before", "after"), [("mp3", "adts"), ("adts", "mp3"), ("opus", "mp3")]
)
def test_an_encoder_may_change_its_format_while_connected(sound, before, after):
    """The change costs what it takes to be sure, not a new connection."""
    listening = Listening(sound(before, 2.0) + sound(after, 12.0))

    assert [each.description for each in listening.recognized] == [
        DESCRIPTIONS[before],
        DESCRIPTIONS[after],
    ]
    assert listening.seconds > 8.0


def test_sound_after_rubbish_is_heard_and_rubbish_after_sound_is_said_again(sound):
    listening = Listening(NOISE[:100_000] + sound("mp3") + NOISE[100_000:])

    assert listening.seconds == pytest.approx(5.0, abs=0.2)
    assert len(listening.complaints) == 2


@settings(max_examples=80, deadline=None)
@given(
    form=st.sampled_from(sorted(DESCRIPTIONS)),
    seed=st.integers(0, 2**32),
    wounds=st.integers(1, 60),
    cut=st.floats(0.01, 1.0),
)
def test_no_bytes_break_the_decoder(sound, form, seed, wounds, cut):
    """Whatever arrives, what comes out is finite sound, or a sentence."""
    chance, stream = random.Random(seed), bytearray(sound(form, 1.0))
    for _ in range(wounds):
        stream[chance.randrange(len(stream))] = chance.randrange(256)
    at = chance.randrange(len(stream))
    stream[at : at + chance.randrange(4000)] = chance.randbytes(chance.randrange(4000))

    listening = Listening(bytes(stream[: int(len(stream) * cut)]))

    for block in listening.blocks:
        assert np.isfinite(block.samples).all()
        assert np.abs(block.samples).max() <= 1.0
        assert 1 <= block.channels <= 2
