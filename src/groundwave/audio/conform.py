"""
The child that conforms one sound file: ``python -m groundwave.audio.conform``.

Arguments: the file, a folder, and a ``CodecJob`` as JSON whose encodings are named
for the files to make. Each becomes a plain run of MP3 or ADTS frames and appears
under its name only when it is whole; what a child leaves ``unfinished``, its parent
removes. Of a longer file only the first ``MOST_SECONDS`` are used: all frames of the
loop are held in memory. A file without sound ends the child with status ``NO_SOUND``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import msgspec

from groundwave.audio.block import Block
from groundwave.audio.confinement import confine
from groundwave.audio.containers import demuxed
from groundwave.audio.decoder import heard
from groundwave.audio.errors import NotSound
from groundwave.audio.job import NO_SOUND, CodecJob, Encoded, unfinished
from groundwave.audio.outputs import Outputs
from groundwave.wire.frames.sniff import ENOUGH, recognize


MOST_SECONDS = 600.0


def conform(
    path: Path, folder: Path, job: CodecJob, *, most_seconds: float = MOST_SECONDS
) -> None:
    """
    Encode the first *most_seconds* of *path* to every encoding of *job*, in *folder*.

    Raises:
        NotSound: nothing in the file decodes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = [encoding.name for encoding in job.encodings]
    with ExitStack() as closing:
        sinks = {
            name: closing.enter_context(
                unfinished(folder, name, os.getpid()).open("wb")
            )
            for name in names
        }
        for encoded in _encoded(path, job, most_seconds):
            sinks[encoded.name].write(b"".join(encoded.frames))
        for sink in sinks.values():
            sink.flush()
            os.fsync(sink.fileno())
    for name in names:
        unfinished(folder, name, os.getpid()).replace(folder / name)


def _encoded(path: Path, job: CodecJob, most_seconds: float) -> Iterator[Encoded]:
    outputs, seconds = Outputs(job.encodings), 0.0
    with path.open("rb") as source:
        for block in _blocks(source):
            yield from outputs.encode(block)
            seconds += block.seconds
            if seconds >= most_seconds:
                break
    if not seconds:
        raise NotSound(str(path))
    yield from outputs.flush()


def _blocks(source: BinaryIO) -> Iterator[Block]:
    found = recognize(source.read(ENOUGH), ended=True)
    source.seek(0)
    # MP4 keeps what is needed first at its end: only a file can be read like that.
    is_mp4 = found is not None and found.name == "mp4"
    sounds = demuxed("mov", source) if is_mp4 else heard(source)
    return (sound for sound in sounds if isinstance(sound, Block))


def main(arguments: list[str]) -> int:
    """Be the child; return its exit status."""
    path, folder, job = arguments
    confine(may_write_files=True)
    try:
        conform(
            Path(path), Path(folder), msgspec.json.decode(job.encode(), type=CodecJob)
        )
    except NotSound:
        return NO_SOUND
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
