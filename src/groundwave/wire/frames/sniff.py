"""
Say what a stream is by its own bytes, whatever its Content-Type claims.

Containers, pictures and pages announce themselves in their first bytes (most
signatures are in https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern).
MPEG audio and ADTS do not, and a live source may join in the middle of a frame:
those two are recognized by frames that follow one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from groundwave.wire.errors import PeerError
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.framer import Framer, id3v2_size
from groundwave.wire.frames.mpeg import MpegFramer, mpeg_layer
from groundwave.wire.frames.ogg import OggPages, ogg_codec


# Nine of the largest frames there are, and sixteen seconds at 8 kbit/s.
ENOUGH = 16 << 10
# Two in sequence happen by chance in a long picture; four do not.
FRAMES_NEEDED = 4
TEXT_NEEDED = 512


@dataclass(frozen=True, slots=True)
class Recognition:
    """
    What a stream is.

    Attributes:
        name: a short name to compare with, such as ``mp3`` or ``ogg/opus``.
        words: the same for a person, to stand in "This is …".
        content_type: what its Content-Type ought to be.
        is_audio: whether it is sound, or a container made for it.
        sample_rate: in hertz; 0 where only a decoder can tell, as the next two.
        channels: 1 is mono.
        bitrate_kbps: that of the first frame.
    """

    name: str
    words: str
    content_type: str
    is_audio: bool
    sample_rate: int = 0
    channels: int = 0
    bitrate_kbps: int = 0


def _sound(name: str, words: str, content_type: str) -> Recognition:
    return Recognition(name, words, content_type, is_audio=True)


def _other(name: str, words: str, content_type: str) -> Recognition:
    return Recognition(name, words, content_type, is_audio=False)


MP3 = _sound("mp3", "MP3", "audio/mpeg")
MP2 = _sound("mp2", "MPEG layer II", "audio/mpeg")
AAC = _sound("aac", "AAC", "audio/aac")
UNKNOWN = _other("unknown", "no known kind of audio", "application/octet-stream")
TEXT = _other("text", "text", "text/plain")

_OGG = {
    "vorbis": _sound("ogg/vorbis", "Ogg Vorbis", "application/ogg"),
    "opus": _sound("ogg/opus", "Ogg Opus", "application/ogg"),
    "flac": _sound("ogg/flac", "Ogg FLAC", "application/ogg"),
    None: _sound("ogg", "Ogg of an unknown codec", "application/ogg"),
}
_FOUR = rb"(?s:....)"  # any four bytes, such as a size
_SIGNATURES = (
    (rb"fLaC", _sound("flac", "FLAC", "audio/flac")),
    (rb"(?:RIFF|RF64)" + _FOUR + rb"WAVE", _sound("wav", "WAV", "audio/wav")),
    (rb"FORM" + _FOUR + rb"AIF[FC]", _sound("aiff", "AIFF", "audio/aiff")),
    (rb"\x1a\x45\xdf\xa3", _sound("webm", "WebM or Matroska", "audio/webm")),
    (_FOUR + rb"(?:ftyp|styp|moof)", _sound("mp4", "MP4", "audio/mp4")),
    (rb"(?s:G.{187}){3}G", _sound("mpegts", "MPEG-TS", "video/mp2t")),
    (rb"0&\xb2u\x8ef\xcf\x11", _sound("asf", "Windows Media", "audio/x-ms-wma")),
    (rb"MThd", _other("midi", "MIDI notes", "audio/midi")),
    (rb"\xff\xd8\xff", _other("jpeg", "a JPEG picture", "image/jpeg")),
    (rb"\x89PNG\r\n\x1a\n", _other("png", "a PNG picture", "image/png")),
    (rb"GIF8[79]a", _other("gif", "a GIF picture", "image/gif")),
    (rb"RIFF" + _FOUR + rb"WEBP", _other("webp", "a WebP picture", "image/webp")),
    (rb"%PDF-", _other("pdf", "a PDF document", "application/pdf")),
    (rb"PK\x03\x04", _other("zip", "a ZIP archive", "application/zip")),
    (rb"\x1f\x8b\x08", _other("gzip", "compressed data", "application/gzip")),
    (
        rb"(?i)\s*<(?:!doctype html|html|head|body|script|title|!--)",
        _other("html", "a web page", "text/html"),
    ),
    (rb"\s*<\?xml", _other("xml", "an XML document", "application/xml")),
    (
        rb"(?i)\s*(?:#EXTM3U|\[playlist\])",
        _other("playlist", "a playlist", "audio/x-mpegurl"),
    ),
)
_TEXT = re.compile(rb"[\t\n\f\r\x20-\x7e]+")


def recognize(data: bytes, *, ended: bool = False) -> Recognition | None:
    """
    Return what the stream that opens with *data* is; None asks for more of it.

    With ``ENOUGH`` bytes, or once the stream has *ended*, the answer is never None;
    what resembles nothing is then ``UNKNOWN``.
    """
    after_tag = data[id3v2_size(data[:10]) :]
    found = _by_signature(after_tag) or _by_frames(data)
    if found is None and (ended or len(data) >= ENOUGH):
        # Tags longer than this are album art, put before MP3 and little else.
        return MP3 if data and not after_tag else UNKNOWN
    return found


def _by_signature(data: bytes) -> Recognition | None:
    if data.startswith(b"OggS"):
        return _by_first_page(data)
    for pattern, recognition in _SIGNATURES:
        if re.match(pattern, data):
            return recognition
    if len(data) >= TEXT_NEEDED and _TEXT.fullmatch(data, 0, TEXT_NEEDED):
        return TEXT
    return None


def _by_first_page(data: bytes) -> Recognition | None:
    try:
        pages = OggPages().receive_data(data)
    except PeerError:
        return UNKNOWN
    return _OGG[ogg_codec(pages[0])] if pages else None


def _by_frames(data: bytes) -> Recognition | None:
    frames = _longest(MpegFramer(), AdtsFramer(), data)
    if len(frames) < FRAMES_NEEDED:
        return None
    first = frames[0]
    return replace(
        _kind(first.data),
        sample_rate=first.sample_rate,
        channels=first.channels,
        bitrate_kbps=first.bitrate_kbps,
    )


def _longest(mpeg: Framer, adts: Framer, data: bytes) -> list[Frame]:
    return max(mpeg.receive_data(data), adts.receive_data(data), key=len)


def _kind(frame: bytes) -> Recognition:
    layer = mpeg_layer(frame)
    if layer == 4:  # the bits that name an MPEG layer are 0 in ADTS
        return AAC
    return MP3 if layer == 3 else MP2
