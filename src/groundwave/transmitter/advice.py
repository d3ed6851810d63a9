"""
What is wrong with a source that is on air all the same, in words for its owner.

An encoder never shows these: it was let in. They stand among the attempts, where
the doctor and the admin find them.
"""

from __future__ import annotations

from dataclasses import dataclass


# Bitrates within this are the same: averages waver, and headers round.
TOLERANCE = 1.15


@dataclass(frozen=True, slots=True)
class Advice:
    """
    One thing to put right.

    Attributes:
        outcome: one word for records and metrics.
        sentence: what is wrong and what to do next.
    """

    outcome: str
    sentence: str


def on_bitrate(announced_kbps: int | None, measured_kbps: float) -> Advice | None:
    """Return advice if an encoder sends at another bitrate than it announces."""
    if not announced_kbps or not measured_kbps:
        return None
    if announced_kbps / TOLERANCE <= measured_kbps <= announced_kbps * TOLERANCE:
        return None
    return Advice(
        "bitrate_lies",
        f"The encoder announces {announced_kbps} kbit/s and sends"
        f" {measured_kbps:.0f}; the station goes by what it sends. Set both to the"
        " same value in the encoder.",
    )


def on_silence(seconds: float) -> Advice:
    """Return advice for a source that has been silent for *seconds*."""
    return Advice(
        "silence",
        f"The encoder is connected and has sent silence for {seconds:.0f} seconds;"
        " check that it records from the right device and that its level moves.",
    )
