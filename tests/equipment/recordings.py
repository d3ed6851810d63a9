"""Sound files as people upload them."""

from __future__ import annotations

import io
import math
import wave
from array import array

from django.core.files.base import ContentFile

from groundwave.pages.models import Recording


RATE = 16_000
BYTES_A_SECOND = 2 * RATE


def tone(seconds: float, hertz: int = 440) -> bytes:
    """A WAV file with a sine in it, which fits into a second without a rest."""
    step = 2 * math.pi * hertz / RATE
    second = array("h", (round(9000 * math.sin(step * each)) for each in range(RATE)))
    samples = (second * math.ceil(seconds))[: int(seconds * RATE)]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(samples.tobytes())
    return file.getvalue()


def keep_recording(
    title: str, seconds: float = 1.0, hertz: int = 440, **facts: str
) -> Recording:
    """Keep a tone as a recording, as the admin does."""
    name = title.lower().replace(" ", "-")
    file = ContentFile(tone(seconds, hertz), name=f"{name}.wav")
    recording = Recording(title=title, file=file, **facts)
    recording.full_clean()
    recording.save()
    return recording
