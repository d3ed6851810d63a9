"""``python -m groundwave.project.doctor.tone``: encode a second of tone, or fail."""

from __future__ import annotations

import sys

import numpy as np

from groundwave.audio.encoder import PcmEncoder
from groundwave.audio.job import Encoding


def main() -> None:
    """Encode 440 Hz to everything a mount can be."""
    t = np.arange(44100, dtype=np.float32) / 44100
    mono = np.float32(0.5) * np.sin(np.float32(2 * np.pi * 440) * t)
    tone = np.stack((mono, mono), axis=1)
    for encoding in (
        Encoding(name="MP3", codec="mp3"),
        Encoding(name="AAC", codec="aac"),
    ):
        encoder = PcmEncoder(encoding)
        if not encoder.encode(tone) + encoder.flush():
            sys.exit(f"{encoding.name} came out empty")


if __name__ == "__main__":
    main()
