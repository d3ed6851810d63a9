"""A stretch of decoded sound, and how it is brought to another rate or layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
import numpy as np


if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Block:
    """
    Samples of one or two channels.

    Attributes:
        samples: shape (n, channels), finite, in [-1, 1].
        sample_rate: in hertz.
    """

    samples: NDArray[np.float32]
    sample_rate: int

    @property
    def channels(self) -> int:
        """1 or 2."""
        return int(self.samples.shape[1])

    @property
    def seconds(self) -> float:
        """How long the block sounds."""
        return float(self.samples.shape[0] / self.sample_rate)

    @classmethod
    def of(cls, frame: av.AudioFrame) -> Block:
        """
        Take a planar float frame of one or two channels.

        Decoders of lossy codecs overshoot and a hostile float file holds
        infinities; what leaves here is safe for every encoder.
        """
        planes = frame.to_ndarray().astype(np.float32, copy=False)
        finite = np.nan_to_num(planes, nan=0.0, posinf=1.0, neginf=-1.0)
        return cls(np.clip(finite, -1.0, 1.0).T, frame.sample_rate)

    def frame(self) -> av.AudioFrame:
        """Return the block as FFmpeg carries it."""
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(self.samples.T), "fltp", layout_name(self.channels)
        )
        frame.sample_rate = self.sample_rate
        return frame


def layout_name(channels: int) -> str:
    """Return FFmpeg's name for one or two channels."""
    return "mono" if channels == 1 else "stereo"


class Conformer:
    """
    Brings blocks of any rate and channels to one rate and channel count.

    Mono becomes stereo by sounding on both sides, at its own level (FFmpeg's mixer
    would take 3 dB off); stereo becomes mono by the mean. The source may change its
    format at any block: the resampler is then set up anew, which loses the half
    millisecond it held.
    """

    def __init__(self, sample_rate: int, channels: int) -> None:
        self._sample_rate = sample_rate
        self._channels = channels
        self._resampler: av.AudioResampler | None = None
        self._resampled_rate = 0

    def conform(self, block: Block) -> list[Block]:
        """Return *block* in the wanted rate and channels; may hold back a little."""
        mixed = self._mixed(block)
        if mixed.sample_rate == self._sample_rate:
            return [mixed]
        resampler = self._resampler_from(mixed.sample_rate)
        return [Block.of(frame) for frame in resampler.resample(mixed.frame())]

    def _mixed(self, block: Block) -> Block:
        if block.channels == self._channels:
            return block
        if self._channels == 1:
            mean = block.samples.mean(axis=1, keepdims=True, dtype=np.float32)
            return Block(mean, block.sample_rate)
        return Block(np.repeat(block.samples, 2, axis=1), block.sample_rate)

    def _resampler_from(self, sample_rate: int) -> av.AudioResampler:
        if self._resampler is None or self._resampled_rate != sample_rate:
            self._resampled_rate = sample_rate
            self._resampler = av.AudioResampler(
                "fltp", layout_name(self._channels), self._sample_rate
            )
        return self._resampler
