"""The announcer: a few sentences that were spoken once and are kept as files."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from groundwave.project.demo.sound import RATE, Sound, db


SOUNDS = Path(__file__).with_name("sounds")

# Between two pieces the announcer is as loud as they are.
LEVEL_DBFS = -19.5


def sentences() -> list[str]:
    """Return the names of what the announcer can say."""
    return sorted(path.stem for path in SOUNDS.glob("*.wav"))


def say(name: str) -> Sound:
    """Return the sentence *name*, at the level of the programme."""
    return spoken(SOUNDS / f"{name}.wav")


def spoken(path: Path) -> Sound:
    """Return the mono WAV file at *path*, in the middle, at the level of the programme."""
    with wave.open(str(path), "rb") as file:
        rate = file.getframerate()
        words = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    words = words.astype(np.float32) / 32768.0
    length = round(words.size * RATE / rate)
    # Through the spectrum: simple, and no image of the voice appears above it.
    voice = np.fft.irfft(np.fft.rfft(words), length) * (length / words.size)
    voice *= db(LEVEL_DBFS) / np.sqrt(np.mean(voice**2))
    return np.stack((voice, voice)).astype(np.float32)
