"""
Make the sound of the standby loop: what listeners hear when nobody sends.

    .venv/bin/python tools/make_standby.py

Needs Debian's flite and sox for the voice. The file is a whole number of frames
taken from the middle of three rounds, so that it can be played in a circle.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np

from groundwave.audio.encoder import PcmEncoder
from groundwave.audio.job import Encoding
from groundwave.project.demo.composing import Note
from groundwave.project.demo.instruments import Instrument
from groundwave.project.demo.mixing import mix
from groundwave.project.demo.sound import RATE
from groundwave.project.demo.voice import spoken


WORDS = "Please stand by. The program will be back in a moment."
FILE = Path(__file__).parents[1] / "src/groundwave/transmitter/sounds/standby.mp3"
SAMPLES_PER_FRAME = 1152
FRAMES = 880
CHORDS = ((50, 57, 64, 66), (47, 54, 62, 66), (43, 55, 59, 66), (45, 52, 59, 64))


def main() -> None:
    length = FRAMES * SAMPLES_PER_FRAME
    sound = np.concatenate(list(mix(notes(length / RATE), gain=1.1, voice=voice())), 1)
    circle = sound[:, :length].copy()
    rest = sound[:, length : 2 * length]
    circle[:, : rest.shape[1]] += rest
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(b"".join(middle_round(circle)))
    print(f"{FILE.name}: {length / RATE:.1f} s, {FILE.stat().st_size} bytes")


def notes(seconds: float) -> list[Note]:
    """Four slow chords, each with a few bells, turning in a circle."""
    each = seconds / len(CHORDS)
    written = []
    for turn, chord in enumerate(CHORDS):
        at = turn * each
        loud = 0.4 if turn == 0 else 1.0  # the voice is over the first chord
        written += [
            Note(at, Instrument.PAD, pitch, each, 0.45 * loud) for pitch in chord
        ]
        written += [
            Note(at + place * each / 6, Instrument.VIBES, pitch + 12, 2.5, 0.25 * loud)
            for place, pitch in enumerate((*chord[1:], chord[2]))
        ]
    return sorted(written, key=lambda note: note.at)


def voice() -> tuple[float, np.ndarray]:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        speak = Path(__file__).with_name("speak.sh")
        subprocess.run([speak, WORDS, file.name], check=True)
        return 2.0, spoken(Path(file.name))


def middle_round(circle: np.ndarray) -> list[bytes]:
    encoder = PcmEncoder(Encoding(name="standby", codec="mp3", bitrate_kbps=128))
    frames = encoder.encode(np.concatenate([circle] * 3, 1).T) + encoder.flush()
    return frames[FRAMES : 2 * FRAMES]


if __name__ == "__main__":
    main()
