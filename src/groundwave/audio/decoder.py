"""
From whatever an encoder sends to blocks of samples.

One generator pulls bytes, finds out what they are, and decodes until the source
ends. Laws: undecodable bytes are passed over. When a long run of them held no
sound, that is said once (``NotAudio``) and recognition starts anew, so that an
encoder which changes its format while connected is heard again. A link of an Ogg
chain that does not decode costs that link and not the next. Nothing that FFmpeg
raises about bytes leaves here.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundwave.audio.block import Block
from groundwave.audio.containers import demuxed
from groundwave.audio.errors import NotSound
from groundwave.audio.frames import framed_sounds
from groundwave.audio.job import NotAudio, Recognized
from groundwave.audio.links import ogg_links
from groundwave.audio.recognition import next_decoder
from groundwave.audio.stream import (
    LOST_AFTER_BYTES,
    READ_BYTES,
    ByteSource,
    SourceStream,
)


Heard = Recognized | Block | NotAudio


def heard(source: ByteSource, content_type: str = "") -> Iterator[Heard]:
    """
    Decode *source* to its end.

    Blocks come in order, as soon as the bytes for them are in; before the first
    one of a kind comes what it is.
    """
    stream, complained = SourceStream(source), False
    while not stream.has_ended:
        for sound in _sounds_or_not(stream):
            if not isinstance(sound, NotSound):
                complained = False
                yield sound
            elif not complained:
                complained = True
                yield NotAudio(sentence=_advice(content_type, sound))


def _advice(content_type: str, lost: NotSound) -> str:
    claimed = f", sent as {content_type}," if content_type else ""
    return (
        f"There is no sound in this stream{claimed} that can be decoded: {lost}. Set"
        " the encoder to MP3, AAC (ADTS), or Ogg with Opus, Vorbis or FLAC, and"
        " connect again."
    )


def _sounds_or_not(stream: SourceStream) -> Iterator[Recognized | Block | NotSound]:
    try:
        yield from _sounds(stream)
    except NotSound as lost:
        yield lost


def _sounds(stream: SourceStream) -> Iterator[Recognized | Block | NotSound]:
    """
    Decode what comes next, to its end or until nothing sounds.

    A ``NotSound`` among the sounds says that there were none for long, and that
    those to come will be heard all the same.

    Raises:
        NotSound: nothing sounds any more, and what it was has to be found out anew.
    """
    match next_decoder(stream):
        case None:
            return
        case "ogg":
            yield from _links_sounds(stream)
        case str(demuxer):
            yield from demuxed(demuxer, stream)
        case framer:
            yield from framed_sounds(framer(), stream)


def _links_sounds(stream: SourceStream) -> Iterator[Recognized | Block | NotSound]:
    mute_bytes = 0
    for link in ogg_links(stream):
        counted = _Counted(link, mute_bytes)
        lost = NotSound("its Ogg pages hold nothing but headers")
        try:
            for sound in demuxed("ogg", counted):
                counted.total = 0
                yield sound
        except NotSound as damage:
            lost = damage
        while counted.read(READ_BYTES):
            if counted.total >= LOST_AFTER_BYTES:
                yield lost
        mute_bytes = counted.total
        if mute_bytes >= LOST_AFTER_BYTES:
            yield lost


class _Counted:
    """
    A byte source that counts.

    Attributes:
        total: the bytes read; set it back when they sounded.
    """

    def __init__(self, source: ByteSource, total: int) -> None:
        self._source = source
        self.total = total

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self.total += len(data)
        return data
