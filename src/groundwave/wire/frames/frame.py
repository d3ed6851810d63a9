"""What every framed codec has in common."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """
    One whole audio frame, header included, exactly as it was received.

    Attributes:
        data: the frame's bytes.
        samples: samples per channel that the frame decodes to.
        sample_rate: in hertz.
        channels: 1 or 2 (AAC may carry more).
        bitrate_kbps: what the header promises (MPEG) or the size implies (ADTS).
        independent: it decodes without any frame before it, so that a listener
            or a splice may start here.
    """

    data: bytes
    samples: int
    sample_rate: int
    channels: int
    bitrate_kbps: int
    independent: bool

    @property
    def seconds(self) -> float:
        """How long the frame sounds."""
        return self.samples / self.sample_rate
