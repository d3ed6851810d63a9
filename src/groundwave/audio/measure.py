"""
The child that measures one sound file: ``python -m groundwave.audio.measure``.

Argument: the file. It prints a ``Measured`` as JSON. A file without sound ends the
child with status ``NO_SOUND`` and the end of a sentence: "it is a web page".
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import av
import av.logging
import msgspec
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from groundwave.audio.confinement import confine
from groundwave.audio.errors import NotSound
from groundwave.audio.job import NO_SOUND
from groundwave.audio.measuring import Measured
from groundwave.wire.frames.sniff import ENOUGH, Recognition, recognize


av.logging.set_level(None)

# Always named, and only what a browser plays: see ``recognition``.
_DEMUXERS = {
    "mp3": "mp3",
    "aac": "aac",
    "mp4": "mov",
    "flac": "flac",
    "wav": "wav",
    "ogg/opus": "ogg",
    "ogg/vorbis": "ogg",
    "ogg/flac": "ogg",
}


def measure(path: Path) -> Measured:
    """
    Read the file at *path* to its end.

    Raises:
        NotSound: nothing in it sounds.
    """
    with path.open("rb") as source:
        found = recognize(source.read(ENOUGH), ended=True)
        source.seek(0)
        if found is None or found.name not in _DEMUXERS:
            raise NotSound(f"it is {found.words}" if found else "it is empty")
        seconds = _seconds(source, _DEMUXERS[found.name])
    return Measured(media_type=_media_type(found), seconds=seconds)


def _seconds(source: BinaryIO, demuxer: str) -> float:
    try:
        with av.open(source, "r", format=demuxer) as container:
            if not container.streams.audio:
                raise NotSound("it has no sound in it")
            track = container.streams.audio[0]
            # In Ogg only a decoder knows how long a packet is.
            measured = _decoded if demuxer == "ogg" else _demuxed
            seconds = measured(container, track)
    except FFmpegError as damage:
        raise NotSound("it is damaged") from damage
    return round(seconds, 1)


def _decoded(container: InputContainer, track: AudioStream) -> float:
    frames = container.decode(track)
    return sum(frame.samples / frame.sample_rate for frame in frames)


def _demuxed(container: InputContainer, track: AudioStream) -> float:
    seconds, sounds = 0.0, False
    for packet in container.demux(track):
        # One frame tells that there is a decoder for the rest.
        if not sounds:
            with suppress(FFmpegError):
                sounds = any(frame.samples for frame in track.decode(packet))
        if packet.duration and packet.time_base:
            seconds += float(packet.duration * packet.time_base)
    if not sounds:
        raise NotSound("nothing in it can be decoded")
    return seconds


def _media_type(found: Recognition) -> str:
    return "audio/ogg" if found.name.startswith("ogg/") else found.content_type


def main(arguments: list[str]) -> int:
    """Be the child; return its exit status."""
    confine()
    try:
        facts = measure(Path(arguments[0]))
    except NotSound as nothing:
        sys.stdout.write(str(nothing))
        return NO_SOUND
    sys.stdout.write(msgspec.json.encode(facts).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
