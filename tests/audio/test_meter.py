from __future__ import annotations

import math

import numpy as np
import pytest

from groundwave.audio.block import Block
from groundwave.audio.job import FLOOR_DBFS
from groundwave.audio.meter import Meter, decibels


def measured(samples, rate: int = 44100, block: int = 1152):
    meter = Meter()
    return [
        measurement
        for start in range(0, len(samples), block)
        for measurement in meter.measure(Block(samples[start : start + block], rate))
    ]


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("dbfs", [0.0, -20.0, -60.0])
def test_a_sine_measures_three_decibels_under_its_peak(pcm, channels, dbfs):
    levels = measured(pcm(2.0, dbfs, channels=channels))

    assert [level.peak_dbfs for level in levels] == pytest.approx(
        [dbfs] * len(levels), abs=0.05
    )
    assert [level.rms_dbfs for level in levels] == pytest.approx(
        [dbfs - 3.01] * len(levels), abs=0.05
    )


def test_silence_measures_the_floor_and_not_infinity(pcm):
    assert {level.rms_dbfs for level in measured(pcm(1.0, None))} == {FLOOR_DBFS}
    assert decibels(1e-30) == FLOOR_DBFS


@pytest.mark.parametrize("block", [128, 1152, 4608])
def test_it_speaks_at_least_twice_a_second(pcm, block):
    levels = measured(pcm(10.0), block=block)

    assert len(levels) >= 20
    assert all(level.seconds <= 0.51 for level in levels)


def test_one_dead_channel_halves_the_power(pcm):
    samples = pcm(1.0).copy()
    samples[:, 1] = 0.0

    assert measured(samples)[0].rms_dbfs == pytest.approx(-26.02, abs=0.05)


def test_decibels_are_of_amplitude():
    assert decibels(1.0) == 0.0
    assert decibels(0.5) == pytest.approx(-6.02, abs=0.01)
    assert not math.isnan(decibels(float(np.float32(0.0))))
