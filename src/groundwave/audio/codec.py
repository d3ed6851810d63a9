"""
The child of one source: ``python -m groundwave.audio.codec``.

Standard input brings the job and then the source's bytes, standard output takes
the reports, both framed. Decoded once, measured once, encoded to every encoding;
whatever is ready is written before the next read may wait. The end of standard
input is the end: what the codecs still hold is written, and the child exits.
"""

from __future__ import annotations

import os
from typing import assert_never

import msgspec

from groundwave.audio.block import Block
from groundwave.audio.confinement import confine, private_stdout
from groundwave.audio.decoder import heard
from groundwave.audio.framing import Deframer, framed_report
from groundwave.audio.job import CodecJob, Consumed, NotAudio, Recognized, Report
from groundwave.audio.meter import Meter
from groundwave.audio.outputs import Outputs


_PIPE_BYTES = 64 * 1024


class Outlet:
    """Reports on their way to the parent."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting = bytearray()

    def say(self, report: Report) -> None:
        """Have *report* written with the next flush."""
        self._waiting += framed_report(report)

    def flush(self) -> None:
        """Write everything said so far."""
        written = 0
        with memoryview(self._waiting) as waiting:
            while written < len(waiting):
                written += os.write(self._descriptor, waiting[written:])
        self._waiting.clear()


class Inlet:
    """
    The source's bytes from the parent, acknowledged once they are worked off.

    That a decoder asks for more is the sign that it is done with what it had.
    """

    def __init__(self, descriptor: int, outlet: Outlet) -> None:
        self._descriptor = descriptor
        self._outlet = outlet
        self._deframer = Deframer()
        self._bodies = self._deframer.bodies()
        self._chunk = b""
        self._given = 0

    def job(self) -> CodecJob:
        """Return what the parent wants, its first message."""
        return msgspec.msgpack.decode(self._next_body() or b"", type=CodecJob)

    def read(self, size: int) -> bytes:
        """Return 1 to *size* source bytes, none once the parent has closed."""
        self._outlet.say(Consumed(total=self._given))
        self._outlet.flush()
        if not self._chunk:
            self._chunk = self._next_body() or b""
        data, self._chunk = self._chunk[:size], self._chunk[size:]
        self._given += len(data)
        return data

    def _next_body(self) -> bytes | None:
        while (body := next(self._bodies, None)) is None:
            data = os.read(self._descriptor, _PIPE_BYTES)
            if not data:
                return None
            self._deframer.receive_data(data)
            self._bodies = self._deframer.bodies()
        return body


def work(inlet: Inlet, outlet: Outlet) -> None:
    """Do the parent's job until the source ends."""
    job = inlet.job()
    outputs, meter = Outputs(job.encodings), Meter()
    for sound in heard(inlet, job.content_type):
        match sound:
            case Block():
                for measured in meter.measure(sound):
                    outlet.say(measured)
                for encoded in outputs.encode(sound):
                    outlet.say(encoded)
            case Recognized() | NotAudio():
                outlet.say(sound)
            case _:
                assert_never(sound)
    for last in outputs.flush():
        outlet.say(last)
    outlet.flush()


def main() -> None:
    """Be the child."""
    confine()
    outlet = Outlet(private_stdout())
    work(Inlet(0, outlet), outlet)


if __name__ == "__main__":
    main()
