"""What is heard of the ferry: a fog signal of two tones over the water, made of sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from groundwave.project.demo.programme import Part
from groundwave.project.demo.sound import RATE, Sound, db


TITLE = "The fog signal at Marrow Point"
# Two blasts every ten seconds: when, how long, and of what frequency.
BLASTS = ((0.8, 2.2, 174.0), (3.4, 1.5, 130.5))
EVERY_SECONDS, TIMES = 10.0, 3
# One side of it, or both, while it is being made.
Waves: TypeAlias = NDArray[np.float64]
_OVERTONES = (1.0, 0.62, 0.45, 0.28, 0.2, 0.12)


def fog_signal() -> Iterator[Part]:
    """Yield half a minute of it."""
    yield Part(TITLE, _blocks())


def _blocks() -> Iterator[Sound]:
    noise = np.random.default_rng(89)
    for _ in range(TIMES):
        horn = np.sum([_blast(*each) for each in BLASTS], axis=0)
        yield (_water(noise) + db(-9) * _over_the_bay(horn)).astype(np.float32)


def _blast(at: float, seconds: float, hertz: float) -> Waves:
    """Return ten seconds with one blast in them."""
    time = np.arange(round(EVERY_SECONDS * RATE)) / RATE - at
    swell = np.clip(time / 0.18, 0, 1) * np.clip((seconds - time) / 0.35, 0, 1)
    tones = (
        share * np.sin(2 * np.pi * hertz * (number + 1) * time)
        for number, share in enumerate(_OVERTONES)
    )
    return swell * sum(tones) / 2


def _over_the_bay(horn: Waves) -> Waves:
    """Return it on both sides, with what the hills send back."""
    sides = []
    for echoes in ((0.41, 0.97, 1.61), (0.53, 1.13, 1.87)):
        heard = horn.copy()
        for late, share in zip(echoes, (0.30, 0.18, 0.10), strict=True):
            samples = round(late * RATE)
            heard[samples:] += share * horn[:-samples]
        sides.append(heard)
    return np.stack(sides) / 2


def _water(noise: np.random.Generator) -> Waves:
    """Return waves on a beach: noise without its highs, that comes and goes."""
    samples = round(EVERY_SECONDS * RATE)
    rough = np.fft.rfft(noise.normal(0, 1, (2, samples)))
    pitch = np.fft.rfftfreq(samples, 1 / RATE)
    soft = np.fft.irfft(rough / (1 + (pitch / 420) ** 1.5), samples)
    waves = 0.55 + 0.45 * np.sin(2 * np.pi * np.arange(samples) / samples * 2)
    water: Waves = db(-24) * waves * soft / soft.std()
    return water
