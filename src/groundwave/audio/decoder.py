"""
From whatever an encoder sends to blocks of samples.

One generator pulls bytes, finds out what they are, and decodes until the source
ends. Laws: undecodable bytes are passed over. When a long run of them held no
sound, that is said once (``NotAudio``) and recognition starts anew, so that an
encoder which changes its format while connected is heard again. Nothing that
FFmpeg raises about bytes leaves here.
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
from groundwave.audio.stream import ByteSource, SourceStream


Heard = Recognized | Block | NotAudio


def heard(source: ByteSource, content_type: str = "") -> Iterator[Heard]:
    """
    Decode *source* to its end.

    Blocks come in order, as soon as the bytes for them are in; before the first
    one of a kind comes what it is.
    """
    stream, complained = SourceStream(source), False
    while not stream.has_ended:
        try:
            for sound in _sounds(stream):
                complained = False
                yield sound
        except NotSound as lost:
            if not complained:
                yield NotAudio(sentence=_advice(content_type, lost))
            complained = True


def _advice(content_type: str, lost: NotSound) -> str:
    claimed = f", sent as {content_type}," if content_type else ""
    return (
        f"There is no sound in this stream{claimed} that can be decoded: {lost}. Set"
        " the encoder to MP3, AAC (ADTS), or Ogg with Opus, Vorbis or FLAC, and"
        " connect again."
    )


def _sounds(stream: SourceStream) -> Iterator[Recognized | Block]:
    """Decode what comes next, to its end or until nothing sounds."""
    match next_decoder(stream):
        case None:
            return
        case "ogg":
            for link in ogg_links(stream):
                yield from demuxed("ogg", link)
                link.skip()
        case str(demuxer):
            yield from demuxed(demuxer, stream)
        case framer:
            yield from framed_sounds(framer(), stream)
