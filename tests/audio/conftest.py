"""Sound made by real codecs when a test asks for it, and an ear for the reports."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

import av
import numpy as np
import pytest
import uvloop
from numpy.typing import NDArray

from groundwave.audio.job import Encoded, Encoding, Report


RATE = 44100

# name: muxer, codec, sample rate, options
FORMATS = {
    "mp3": ("mp3", "libmp3lame", RATE, {}),
    "adts": ("adts", "aac", RATE, {}),
    "opus": ("ogg", "libopus", 48000, {}),
    "vorbis": ("ogg", "vorbis", RATE, {"strict": "-2"}),
    "oggflac": ("ogg", "flac", RATE, {}),
    "flac": ("flac", "flac", RATE, {}),
    "wav": ("wav", "pcm_s16le", RATE, {}),
    "webm": ("webm", "libopus", 48000, {}),
    "m4a": ("ipod", "aac", RATE, {}),
    "aiff": ("aiff", "pcm_s16be", RATE, {}),
}

Sound = Callable[..., bytes]
Pcm = Callable[..., NDArray[np.float32]]


@lru_cache(maxsize=64)
def make_pcm(
    seconds: float, dbfs: float | None = -20.0, rate: int = RATE, channels: int = 2
) -> NDArray[np.float32]:
    instants = np.arange(round(seconds * rate)) / rate
    amplitude = 0.0 if dbfs is None else 10 ** (dbfs / 20)
    wave = amplitude * np.sin(2 * np.pi * 440 * instants)
    return np.repeat(wave[:, None], channels, axis=1).astype(np.float32)


@lru_cache(maxsize=64)
def make_sound(
    form: str,
    seconds: float = 5.0,
    dbfs: float | None = -20.0,
    channels: int = 2,
    rate: int = 0,
) -> bytes:
    muxer, codec, usual_rate, options = FORMATS[form]
    rate, file = rate or usual_rate, io.BytesIO()
    with av.open(file, "w", format=muxer) as container:
        track = container.add_stream(codec, rate=rate, options=options)
        track.layout = "mono" if channels == 1 else "stereo"
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(make_pcm(seconds, dbfs, rate, channels).T),
            "fltp",
            track.layout.name,
        )
        frame.sample_rate = rate
        container.mux(track.encode(frame))
        # FLAC ends with an empty packet that Ogg's muxer refuses.
        container.mux([packet for packet in track.encode(None) if packet.size])
    return file.getvalue()


@pytest.fixture(scope="session")
def pcm() -> Pcm:
    """A 440 Hz sine whose peak is at *dbfs* (None: silence), shape (n, channels)."""
    return make_pcm


@pytest.fixture(scope="session")
def sound() -> Sound:
    """The same sine as an encoder would send it, in one of ``FORMATS``."""
    return make_sound


class Ear:
    """Hears everything and can be waited for."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.troubles: list[str] = []
        self._changed = asyncio.Event()

    def hear(self, report: Report) -> None:
        self.reports.append(report)
        self._changed.set()

    def troubled(self, sentence: str) -> None:
        self.troubles.append(sentence)
        self._changed.set()

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(30):
            while not is_so():
                self._changed.clear()
                # What no report announces is looked at again all the same.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), 0.05)

    def of(self, kind: type) -> list[Report]:
        return [report for report in self.reports if isinstance(report, kind)]

    def frames(self, name: str) -> list[bytes]:
        return [
            frame
            for report in self.reports
            if isinstance(report, Encoded) and report.name == name
            for frame in report.frames
        ]

    def seconds(self, encoding: Encoding) -> float:
        return sum(
            len(report.frames) * report.samples_per_frame / encoding.sample_rate
            for report in self.reports
            if isinstance(report, Encoded) and report.name == encoding.name
        )


@pytest.fixture
def ear() -> Ear:
    return Ear()


def pytest_asyncio_loop_factories(config, item):
    """The transmitter's loop, which is not asyncio's own."""
    return {"uvloop": uvloop.new_event_loop}
