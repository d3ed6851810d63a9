"""
What a source says about its stream.

Three generations of header names are in use at once; the tables hold them in
the order in which they are believed: Icecast 2, SHOUTcast, Icecast 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from groundwave.wire.http.head import Headers
from groundwave.wire.http.text import clean_text


MAX_TEXT = 512

_NAME = ("ice-name", "icy-name", "x-audiocast-name")
_DESCRIPTION = ("ice-description", "icy-description", "x-audiocast-description")
_GENRE = ("ice-genre", "icy-genre", "x-audiocast-genre")
_URL = ("ice-url", "icy-url", "x-audiocast-url")
_PUBLIC = ("ice-public", "icy-pub", "x-audiocast-public", "icy-public")
_BITRATE = ("ice-bitrate", "icy-br", "x-audiocast-bitrate")

_WHOLE = re.compile("[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class StreamDescription:
    """
    A source's own words; believe its frames before them.

    Attributes:
        content_type: the media type in lower case, without parameters.
        agent: the encoder's name for itself.
    """

    content_type: str = "audio/mpeg"
    name: str = ""
    description: str = ""
    genre: str = ""
    url: str = ""
    public: bool = False
    bitrate_kbps: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    agent: str = ""

    @classmethod
    def read(cls, headers: Headers) -> StreamDescription:
        """Read a source's request headers; never fail."""
        media_type = headers.get("content-type").partition(";")[0].strip().lower()
        info = _audio_info(headers.get("ice-audio-info"))
        return cls(
            content_type=clean_text(media_type, limit=MAX_TEXT) or "audio/mpeg",
            name=_text(headers, *_NAME),
            description=_text(headers, *_DESCRIPTION),
            genre=_text(headers, *_GENRE),
            url=_text(headers, *_URL),
            public=_text(headers, *_PUBLIC).lower() in {"1", "yes", "true"},
            bitrate_kbps=_whole(_text(headers, *_BITRATE))
            or _whole(info.get("bitrate", "")),
            sample_rate=_whole(info.get("samplerate", "")),
            channels=_whole(info.get("channels", "")),
            agent=_text(headers, "user-agent"),
        )


def _text(headers: Headers, *names: str) -> str:
    texts = (clean_text(headers.text(name), limit=MAX_TEXT) for name in names)
    return next(filter(None, texts), "")


def _audio_info(value: str) -> dict[str, str]:
    """Read ``ice-samplerate=44100;ice-channels=2``; the prefix is optional."""
    pairs = (part.partition("=") for part in value.split(";"))
    return {
        key.strip().lower().removeprefix("ice-"): unquote(content).strip()
        for key, _, content in pairs
    }


def _whole(text: str) -> int | None:
    """Return a whole number above 0; encoders also send ``Quality 4`` and ``VBR``."""
    return (int(text) or None) if _WHOLE.fullmatch(text) else None
