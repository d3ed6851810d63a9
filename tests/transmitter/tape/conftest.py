from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence

import pytest

from groundwave.audio.job import Encoding
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.frame import Frame


FRAME_SECONDS = 1024 / 44100
NOON = 1_791_720_000.0  # 2026-10-11 12:00 UTC


class Sound:
    """Frames that look like a station's, without an encoder."""

    renditions = (
        Encoding(name="high", codec="aac", bitrate_kbps=128),
        Encoding(name="low", codec="aac", bitrate_kbps=48),
    )
    frame_seconds = FRAME_SECONDS
    noon = NOON

    def frames(
        self,
        count: int,
        at: float = NOON,
        *,
        mark: str = "",
        first: int = 0,
        channels: int = 2,
    ) -> list[StampedFrame]:
        """*count* frames from the *first*th after *at*; each says which it is."""
        return [
            StampedFrame(
                self.frame(f"{mark}:{first + i}".encode(), channels=channels),
                at + (first + i) * FRAME_SECONDS,
            )
            for i in range(count)
        ]

    def frame(self, payload: bytes, *, channels: int = 2) -> Frame:
        size = 7 + len(payload)
        header = bytes(
            [
                0xFF,
                0xF1,
                1 << 6 | 4 << 2,
                channels << 6 | size >> 11,
                size >> 3 & 0xFF,
                (size & 7) << 5 | 0x1F,
                0xFC,
            ]
        )
        return Frame(header + payload, 1024, 44100, channels, 128, independent=True)


@pytest.fixture(scope="session")
def sound() -> Sound:
    return Sound()


@pytest.fixture(scope="session")
def tone() -> Callable[[int, int], Sequence[Frame]]:
    """Real AAC: at *bitrate_kbps*, up to 30 *seconds* of a tone that changes."""
    made: dict[int, Sequence[Frame]] = {}

    def make(bitrate_kbps: int, seconds: int) -> Sequence[Frame]:
        if bitrate_kbps not in made:
            encoded = _encode(bitrate_kbps, 30)
            made[bitrate_kbps] = AdtsFramer().receive_data(encoded)
        return made[bitrate_kbps][: round(seconds / FRAME_SECONDS)]

    return make


def _encode(bitrate_kbps: int, seconds: int) -> bytes:
    tone = f"aevalsrc='0.3*sin(660*t*(1+floor(t)))|0.2*sin(440*t)':s=44100:d={seconds}"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", tone]
    command += ["-c:a", "aac", "-b:a", f"{bitrate_kbps}k", "-f", "adts", "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout
