"""The sound both servers are fed: a steady 128 kbit/s 44.1 kHz stereo MP3."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from groundwave.project.bench.errors import Unmeasurable


BITRATE = 128_000
SAMPLE_RATE = 44_100
SAMPLES_PER_FRAME = 1_152
FRAME_SECONDS = SAMPLES_PER_FRAME / SAMPLE_RATE
BYTERATE = BITRATE // 8
LOOP_SECONDS = 20

# Two tones with a slow beat: never silent, and cheap to make.
_TONES = f"aevalsrc=0.2*sin(440*2*PI*t)|0.2*sin(443*2*PI*t):d={LOOP_SECONDS}:s=44100"


async def loop() -> list[bytes]:
    """
    Return the frames of some seconds of sound, to be sent round and round.

    Without a bit reservoir every frame stands alone, so the seam is clean.

    Raises:
        Unmeasurable: there is no ffmpeg to encode it with.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", _TONES),
            *("-c:a", "libmp3lame", "-b:a", "128k", "-reservoir", "0"),
            *("-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
        )
    except FileNotFoundError:
        raise Unmeasurable(
            "There is no ffmpeg to make the sound with; install it "
            "(Debian: apt install ffmpeg)."
        ) from None
    sound, _ = await process.communicate()
    return list(frames(sound))


def frames(sound: bytes) -> Iterator[bytes]:
    """Cut *sound*, nothing but frames of the one format above, into its frames."""
    start = 0
    while start + 4 <= len(sound):
        padding = sound[start + 2] >> 1 & 1
        size = 144 * BITRATE // SAMPLE_RATE + padding
        yield sound[start : start + size]
        start += size
