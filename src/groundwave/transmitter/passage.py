"""
May this source pass through untouched?

A source passes to every output of its own codec, sample rate and channels whose
bitrate it does not exceed. Its first half second decides, by the frames that came
and not by what the headers promised.
"""

from __future__ import annotations

from collections.abc import Sequence

from groundwave.audio.job import Encoding
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.mpeg import MpegFramer
from groundwave.wire.frames.sniff import recognize


DECIDED_BY_FRAMES = 20
# Album art may come before the sound; what brings no frame for longer than this is
# the codec's to make out.
UNDECIDED_BYTES = 1 << 20
# AAC frames vary in size around a constant bitrate; MP3 headers promise exactly.
BITRATE_TOLERANCE = 1.1


class Passage:
    """
    Frames a source's bytes, once they are known to be framed.

    Attributes:
        names: the outputs that the source passes through to, once decided.
        is_decided: whether ``names`` is final.
        measured_kbps: what the first frames came to; 0 where the source is not framed.
        verdict: not empty when the bytes cannot be put on air: a sentence.
    """

    def __init__(self, outputs: Sequence[Encoding]) -> None:
        self.names: tuple[str, ...] = ()
        self.is_decided = False
        self.verdict = ""
        self.measured_kbps = 0.0
        self._outputs = outputs
        self._opening = b""
        self._codec = ""
        self._framer: MpegFramer | AdtsFramer | None = None
        self._first: list[Frame] = []
        self._undecided_bytes = 0

    def receive(self, data: bytes) -> list[Frame]:
        """Take the source's next bytes; return the frames that pass."""
        if self._framer is not None:
            return self._frame(data)
        if self.is_decided:
            return []
        self._opening += data
        return self._recognize()

    def _recognize(self) -> list[Frame]:
        found = recognize(self._opening)
        if found is None:
            return []
        opening, self._opening = self._opening, b""
        if not found.is_audio:
            self.verdict = (
                f"What arrives is {found.words}, not sound; choose MP3, AAC or Ogg"
                " in the encoder and connect again."
            )
            return []
        self._codec = found.name
        if found.name == "mp3":
            self._framer = MpegFramer()
        elif found.name == "aac":
            self._framer = AdtsFramer()
        else:
            self.is_decided = True
            return []
        return self._frame(opening)

    def _frame(self, data: bytes) -> list[Frame]:
        if self._framer is None:
            return []
        frames = self._framer.receive_data(data)
        if self.is_decided:
            return self._unchanged(frames)
        self._undecided_bytes += len(data)
        self._first = _since_last_change(self._first + frames)
        if len(self._first) >= DECIDED_BY_FRAMES:
            self._decide()
        elif self._undecided_bytes > UNDECIDED_BYTES:
            self.is_decided, self._framer = True, None
        else:
            return []
        first, self._first = self._first, []
        return first if self.names else []

    def _decide(self) -> None:
        self.is_decided = True
        last = self._first[-1]
        seconds = sum(frame.seconds for frame in self._first)
        kbps = sum(len(frame.data) for frame in self._first) * 8 / seconds / 1000
        self.measured_kbps = kbps
        self.names = tuple(
            output.name
            for output in self._outputs
            if output.codec == self._codec
            and output.sample_rate == last.sample_rate
            and output.channels == last.channels
            and kbps <= output.bitrate_kbps * BITRATE_TOLERANCE
        )
        if not self.names:
            self._framer = None

    def _unchanged(self, frames: list[Frame]) -> list[Frame]:
        changed = next((f for f in frames if not self._is_like_first(f)), None)
        if changed is not None:
            self.verdict = (
                "The encoder changed its sample rate or channels while on air;"
                " it is asked to connect again."
            )
            return []
        return frames

    def _is_like_first(self, frame: Frame) -> bool:
        passed = next(o for o in self._outputs if o.name in self.names)
        return (frame.sample_rate, frame.channels) == (
            passed.sample_rate,
            passed.channels,
        )


def _since_last_change(frames: list[Frame]) -> list[Frame]:
    """Return the last frames that are alike in sample rate and channels."""
    form = [(frame.sample_rate, frame.channels) for frame in frames]
    changes = (at for at in range(len(form) - 1, 0, -1) if form[at] != form[at - 1])
    return frames[next(changes, 0) :]
