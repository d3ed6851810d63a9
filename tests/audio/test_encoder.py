from __future__ import annotations

import av
import numpy as np
import pytest

from groundwave.audio.block import Block
from groundwave.audio.encoder import PcmEncoder
from groundwave.audio.job import Encoding
from groundwave.audio.meter import Meter
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.mpeg import MpegFramer


RATE = 44100
MP3 = Encoding(name="mp3", codec="mp3")
AAC = Encoding(name="aac", codec="aac")
FRAMERS = {"mp3": MpegFramer, "aac": AdtsFramer}


def encoded(encoding: Encoding, samples) -> list[bytes]:
    encoder = PcmEncoder(encoding)
    frames = [
        frame
        for start in range(0, len(samples), 1000)
        for frame in encoder.encode(samples[start : start + 1000])
    ]
    return frames + encoder.flush()


def decoded(encoding: Encoding, frames: list[bytes]):
    decoder = av.CodecContext.create("mp3float" if encoding is MP3 else "aac", "r")
    blocks = [
        Block.of(frame).samples
        for data in frames
        for frame in decoder.decode(av.Packet(data))
    ]
    return np.concatenate(blocks)


@pytest.mark.parametrize("codec", ["mp3", "aac"])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("sample_rate", [22050, 44100, 48000])
def test_frames_are_whole_and_what_was_asked_for(pcm, codec, channels, sample_rate):
    encoding = Encoding(
        name="x",
        codec=codec,
        bitrate_kbps=64,
        sample_rate=sample_rate,
        channels=channels,
    )

    frames = encoded(encoding, pcm(1.0, rate=sample_rate, channels=channels))
    framer = FRAMERS[codec]()
    found = framer.receive_data(b"".join(frames))

    assert [frame.data for frame in found] == frames
    assert framer.skipped_bytes == 0
    assert {(f.sample_rate, f.channels) for f in found} == {(sample_rate, channels)}
    assert 1.0 <= sum(frame.seconds for frame in found) < 1.2


def test_every_mp3_frame_stands_alone_and_keeps_the_bitrate(pcm):
    """No frame borrows from the one before: a listener may start anywhere."""
    frames = MpegFramer().receive_data(b"".join(encoded(MP3, pcm(2.0))))

    assert all(frame.independent for frame in frames)
    assert {frame.bitrate_kbps for frame in frames} == {128}


@pytest.mark.parametrize("encoding", [MP3, AAC], ids=lambda encoding: encoding.name)
@pytest.mark.parametrize("tuned_in_at", [1, 7, 20])
def test_whoever_tunes_in_anywhere_hears_the_second_frame_as_all_do(
    pcm, encoding, tuned_in_at
):
    """The first overlaps with one that was missed; nothing else reaches back."""
    frames = encoded(encoding, pcm(1.0))

    everything = decoded(encoding, frames)
    late = decoded(encoding, frames[tuned_in_at:])

    skip = PcmEncoder(encoding).samples_per_frame
    assert len(late) > 10 * skip
    assert late[skip:] == pytest.approx(everything[-len(late) + skip :], abs=1e-4)


@pytest.mark.parametrize("encoding", [MP3, AAC], ids=lambda encoding: encoding.name)
def test_what_was_encoded_is_heard_at_the_same_level(pcm, encoding):
    samples = decoded(encoding, encoded(encoding, pcm(2.0)))

    meter, levels = Meter(), []
    for start in range(0, len(samples), 1024):
        levels += meter.measure(Block(samples[start : start + 1024], RATE))

    # LAME scales by 0.95 at this bitrate, to leave room for what coding adds.
    assert [level.rms_dbfs for level in levels[1:-1]] == pytest.approx(
        [-23.01] * (len(levels) - 2), abs=0.6
    )


@pytest.mark.parametrize("encoding", [MP3, AAC], ids=lambda encoding: encoding.name)
def test_a_frame_comes_out_as_soon_as_the_encoder_can(pcm, encoding):
    encoder = PcmEncoder(encoding)
    samples = pcm(1.0)[: 4 * encoder.samples_per_frame]

    assert len(encoder.encode(samples)) >= 2


def test_full_scale_noise_is_no_trouble():
    noise = np.random.default_rng(1).uniform(-1, 1, (RATE, 2)).astype(np.float32)

    assert encoded(MP3, noise)
    assert encoded(AAC, noise)
