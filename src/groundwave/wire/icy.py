"""
Titles inside a stream, as SHOUTcast put them there and every radio reads them.

A listener that asks with ``Icy-MetaData: 1`` finds, after every ``metaint`` bytes
of audio, one byte N and N times 16 bytes of ``StreamTitle='…';``. N is 0 while
nothing changes. There is no escaping: players look for ``';``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from groundwave.wire.errors import UsageError
from groundwave.wire.http.head import Headers, response
from groundwave.wire.http.text import clean_text, decode_text


METAINT = 16000
"""Bytes of audio between two blocks: Icecast's number, a second of 128 kbit/s."""

NO_CHANGE = b"\0"
"""The block that says nothing new."""

MAX_BLOCK_TEXT = 255 * 16

_UNIT = 16
_MAX_HEADER_TEXT = 512
_MAX_URL_BYTES = 1024
_TITLE = re.compile(rb"StreamTitle='(.*?)'(?:;\s*Stream[A-Za-z]+='|;?\s*$)", re.DOTALL)
_URL = re.compile(rb"StreamUrl='(.*?)'(?:;\s*Stream[A-Za-z]+='|;?\s*$)", re.DOTALL)

# A live stream is not to be stored, and any page of any site may play it.
_ALWAYS = (
    ("Cache-Control", "no-cache, no-store"),
    ("Expires", "Mon, 26 Jul 1997 05:00:00 GMT"),
    ("Pragma", "no-cache"),
    ("Access-Control-Allow-Origin", "*"),
)
_EXPOSED = "icy-br, icy-description, icy-genre, icy-metaint, icy-name, icy-pub, icy-url"


def metadata_block(title: str, url: str = "") -> bytes:
    """
    Write the block that announces *title*, its length byte included.

    The text is UTF-8, cut at a character to what a block can hold; a *url* that
    is too long to be whole is left out.
    """
    link = _quotable(url, limit=_MAX_URL_BYTES + 1)
    tail = f"';StreamUrl='{link}';" if link else "';"
    if len(tail.encode()) > _MAX_URL_BYTES:
        tail = "';"
    head, end = b"StreamTitle='", tail.encode()
    room = MAX_BLOCK_TEXT - len(head) - len(end)
    shown = _quotable(title, limit=room).encode()[:room].decode(errors="ignore")
    text = head + shown.encode() + end
    units = -(-len(text) // _UNIT)
    return bytes([units]) + text.ljust(units * _UNIT, b"\0")


def _quotable(text: str, *, limit: int) -> str:
    # A typographic apostrophe reads the same and ends no title.
    return clean_text(text, limit=limit).replace("';", "\u2019;")


@dataclass(frozen=True, slots=True)
class TitleReceived:
    """A block in the stream announced this."""

    title: str
    url: str = ""


class IcyReader:
    """
    Takes the titles out of a stream that has them.

    Args:
        metaint: the server's ``icy-metaint``; 0 if it sent none.
    """

    def __init__(self, metaint: int) -> None:
        if metaint < 0:
            raise UsageError(f"icy-metaint cannot be {metaint}.")
        self._metaint = metaint
        self._audio_left = metaint
        self._received = bytearray()

    def receive_data(self, data: bytes) -> list[bytes | TitleReceived]:
        """Return the audio and the titles in *data*, in their order."""
        if not self._metaint:
            return [data] if data else []
        self._received += data
        found: list[bytes | TitleReceived] = []
        while self._received:
            if self._audio_left:
                found.append(self._take_audio())
            elif len(self._received) < self._block_bytes():
                break
            else:
                found += self._take_block()
        return found

    def _block_bytes(self) -> int:
        return 1 + self._received[0] * _UNIT

    def _take_audio(self) -> bytes:
        audio = bytes(self._received[: self._audio_left])
        del self._received[: len(audio)]
        self._audio_left -= len(audio)
        return audio

    def _take_block(self) -> list[TitleReceived]:
        size = self._block_bytes()
        text = bytes(self._received[1:size]).rstrip(b"\0")
        del self._received[:size]
        self._audio_left = self._metaint
        title, url = _TITLE.search(text), _URL.search(text)
        if title is None:
            return []
        return [TitleReceived(_shown(title[1]), _shown(url[1]) if url else "")]


def _shown(raw: bytes) -> str:
    return clean_text(decode_text(raw), limit=MAX_BLOCK_TEXT)


def wants_metadata(headers: Headers) -> bool:
    """Whether a listener asked for titles in the stream."""
    return headers.get("icy-metadata") == "1"


def icy_response_head(
    content_type: str,
    *,
    name: str = "",
    description: str = "",
    genre: str = "",
    url: str = "",
    public: bool = False,
    bitrate_kbps: int | None = None,
    metaint: int = 0,
    server: str = "Groundwave",
    more: Iterable[tuple[str, str]] = (),
) -> bytes:
    """
    Write the head of a listener's stream, which ends when the connection does.

    HTTP/1.0 without ``Content-Length`` or ``Accept-Ranges`` is what every radio
    understands; a player that is offered ranges asks again without titles.
    Texts are folded to one line; *metaint* is for a listener that asked for
    titles, *more* are further headers.
    """
    about = {
        "icy-name": name,
        "icy-description": description,
        "icy-genre": genre,
        "icy-url": url,
        "icy-br": str(bitrate_kbps or ""),
    }
    texts = (
        (key, clean_text(text, limit=_MAX_HEADER_TEXT)) for key, text in about.items()
    )
    return response(
        200,
        [
            ("Server", server),
            ("Content-Type", content_type),
            *((key, text) for key, text in texts if text),
            ("icy-pub", "1" if public else "0"),
            *([("icy-metaint", str(metaint))] if metaint else []),
            *_ALWAYS,
            ("Access-Control-Expose-Headers", _EXPOSED),
            ("Connection", "close"),
            *more,
        ],
        version="HTTP/1.0",
    )


def preflight_response() -> bytes:
    """Write the answer to a browser that asks whether it may ask for titles."""
    return response(
        204,
        [
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
            ("Access-Control-Allow-Headers", "Icy-MetaData, Range, Last-Event-ID"),
            ("Access-Control-Max-Age", "86400"),
        ],
    )
