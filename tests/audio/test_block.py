from __future__ import annotations

import av
import numpy as np
import pytest

from groundwave.audio.block import Block, Conformer


def frame_of(values: list[float]) -> av.AudioFrame:
    planes = np.array([values], dtype=np.float32)
    frame = av.AudioFrame.from_ndarray(planes, "fltp", "mono")
    frame.sample_rate = 44100
    return frame


def test_what_no_encoder_can_bear_does_not_come_in():
    """A hostile float file holds infinities and not-a-numbers."""
    wild = [float("nan"), float("inf"), float("-inf"), 3e38, -7.0, 0.5]

    block = Block.of(frame_of(wild))

    assert block.samples[:, 0].tolist() == [0.0, 1.0, -1.0, 1.0, -1.0, 0.5]


def test_a_block_that_fits_is_passed_on_untouched(pcm):
    block = Block(pcm(0.1), 44100)

    assert Conformer(44100, 2).conform(block) == [block]


@pytest.mark.parametrize("rate", [8000, 22050, 48000, 96000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_rate_and_layout_becomes_the_one_that_is_wanted(pcm, rate, channels):
    conformer, samples = Conformer(44100, 2), pcm(1.0, rate=rate, channels=channels)
    blocks = [
        conformed
        for start in range(0, len(samples), 1000)
        for conformed in conformer.conform(Block(samples[start : start + 1000], rate))
    ]

    assert {(block.sample_rate, block.channels) for block in blocks} == {(44100, 2)}
    assert sum(block.seconds for block in blocks) == pytest.approx(1.0, abs=0.01)
    loudest = max(float(np.abs(block.samples).max()) for block in blocks)
    assert loudest == pytest.approx(0.1, abs=0.01)


def test_the_source_may_change_its_rate_at_any_block(pcm):
    conformer = Conformer(44100, 2)
    forms = [(48000, 2), (44100, 2), (48000, 1), (32000, 2)]

    heard = sum(
        conformed.seconds
        for rate, channels in forms
        for conformed in conformer.conform(
            Block(pcm(0.5, rate=rate, channels=channels), rate)
        )
    )

    assert heard == pytest.approx(2.0, abs=0.02)
