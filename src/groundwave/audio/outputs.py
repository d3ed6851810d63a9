"""Every encoding of one source, made from the same blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundwave.audio.block import Block, Conformer
from groundwave.audio.encoder import PcmEncoder
from groundwave.audio.job import Encoded, Encoding


class Outputs:
    """
    Conforms blocks once per sample rate and channel count, then encodes them.

    Frames come out as soon as they are whole.
    """

    def __init__(self, encodings: Iterable[Encoding]) -> None:
        self._encoders: dict[tuple[int, int], list[PcmEncoder]] = {}
        for encoding in encodings:
            form = (encoding.sample_rate, encoding.channels)
            self._encoders.setdefault(form, []).append(PcmEncoder(encoding))
        self._conformers = {form: Conformer(*form) for form in self._encoders}

    def encode(self, block: Block) -> Iterator[Encoded]:
        """Take a block of any rate; yield the frames it completes."""
        for form, encoders in self._encoders.items():
            for conformed in self._conformers[form].conform(block):
                for encoder in encoders:
                    yield from _encoded(encoder, encoder.encode(conformed.samples))

    def flush(self) -> Iterator[Encoded]:
        """Yield the last frames; the encoders are spent."""
        for encoders in self._encoders.values():
            for encoder in encoders:
                yield from _encoded(encoder, encoder.flush())


def _encoded(encoder: PcmEncoder, frames: list[bytes]) -> Iterator[Encoded]:
    if frames:
        yield Encoded(
            name=encoder.encoding.name,
            samples_per_frame=encoder.samples_per_frame,
            frames=frames,
        )
