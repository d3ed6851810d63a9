"""
Which decoder a stream needs, found in its bytes; what the encoder claims is not asked.

The bytes are known by ``wire.frames.sniff``, as everywhere else. What this adds is
patience: a source may be joined in the middle of anything, so that what resembles
nothing is passed over for a while before it is given up.
"""

from __future__ import annotations

from groundwave.audio.errors import NotSound
from groundwave.audio.stream import LOST_AFTER_BYTES, READ_BYTES, SourceStream
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.framer import Framer
from groundwave.wire.frames.mpeg import MpegFramer
from groundwave.wire.frames.sniff import UNKNOWN, Recognition, recognize


# Always named: a demuxer that FFmpeg picks for itself may be one for playlists or
# scripts, which opens the files and addresses that hostile bytes name.
_DEMUXERS = {
    "ogg": "ogg",
    "ogg/flac": "ogg",
    "ogg/opus": "ogg",
    "ogg/vorbis": "ogg",
    "flac": "flac",
    "webm": "matroska",
    "wav": "wav",
    "aiff": "aiff",
    "mp4": "mov",
    "mpegts": "mpegts",
}
_FRAMERS: dict[str, type[Framer]] = {
    "mp3": MpegFramer,
    "mp2": MpegFramer,
    "aac": AdtsFramer,
}
_FIRST_OGG_PAGE = b"OggS\x00\x02"


def next_decoder(stream: SourceStream) -> str | type[Framer] | None:
    """
    Read up to the next sound; return the demuxer or the framer that it needs.

    The stream then goes on with the first byte that either must be given. ``None``
    says that it ended before anything could be made out.

    Raises:
        NotSound: it is something else, or resembles nothing for too long; the
            bytes that showed it are gone.
    """
    data, passed_over = b"", 0
    while passed_over < LOST_AFTER_BYTES:
        piece = stream.read(READ_BYTES)
        data += piece
        found = recognize(data, ended=not piece)
        if found is not None and found is not UNKNOWN:
            decoder = _decoder_for(found)
            stream.put_back(data)
            return decoder
        if (link_at := data.find(_FIRST_OGG_PAGE)) >= 0:
            # Joined late, an Ogg chain makes sense again from its next link on.
            stream.put_back(data[link_at:])
            return "ogg"
        if not piece:
            return None
        if found is UNKNOWN:
            passed_over += len(data)
            data = data[1 - len(_FIRST_OGG_PAGE) :]
    raise NotSound(f"it is {UNKNOWN.words}")


def _decoder_for(found: Recognition) -> str | type[Framer]:
    decoder = _DEMUXERS.get(found.name) or _FRAMERS.get(found.name)
    if decoder is None:
        raise NotSound(f"it is {found.words}")
    return decoder
