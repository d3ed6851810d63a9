from __future__ import annotations

import numpy as np
import pytest

from groundwave.project.demo.instruments import Instrument, play
from groundwave.project.demo.sound import RATE, frequency


TUNED = [instrument for instrument in Instrument if instrument is not Instrument.SHAKER]


def heard_frequency(sound: np.ndarray, near: float) -> float:
    steady = sound[0, RATE // 20 : RATE]
    spectrum = np.abs(np.fft.rfft(steady * np.hanning(steady.size), 1 << 19))
    hertz = np.fft.rfftfreq(1 << 19, 1 / RATE)
    band = (hertz > near * 0.94) & (hertz < near * 1.06)
    return float(hertz[band][spectrum[band].argmax()])


@pytest.mark.parametrize("pitch", [40, 57, 69, 81])
@pytest.mark.parametrize("instrument", TUNED)
def test_it_is_in_tune(instrument, pitch):
    wanted = frequency(pitch)
    heard = heard_frequency(play(instrument, pitch, 2.0), wanted)

    # A section of strings is a few hundredths of a semitone apart on purpose.
    assert abs(1200 * np.log2(heard / wanted)) < (20 if instrument == "strings" else 3)


@pytest.mark.parametrize("instrument", Instrument)
def test_the_same_note_is_the_same_sound(instrument):
    assert np.array_equal(play(instrument, 60, 0.5), play(instrument, 60, 0.5))


@pytest.mark.parametrize("instrument", Instrument)
def test_a_note_begins_and_ends_without_a_click(instrument):
    sound = play(instrument, 60, 0.5)

    assert np.abs(sound[:, -1]).max() < 0.005
    assert np.abs(sound[:, 0]).max() < 0.35
    assert 0.01 < np.abs(sound).max() < 0.8
