r"""
SHOUTcast 1's source protocol, the server's side; it lives on the port plus one.

The source sends its password on a line of its own and waits for ``OK2``; then
come ``icy-`` headers, a blank line and the stream. A line may end in ``\n``,
``\r\n`` or even ``\r\r\n``. The protocol knows no mounts: who feeds one of
several stations writes ``mount:key`` into the password field. libshout first
tries the password ``!POKE``, to be told that it is wrong, and waits for nothing.
"""

from __future__ import annotations

import re

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.http.head import Credentials, Headers
from groundwave.wire.http.text import decode_text
from groundwave.wire.icecast.description import StreamDescription
from groundwave.wire.icecast.events import (
    AudioReceived,
    SourceDescribed,
    SourceEnded,
    SourceEvent,
    SourceRequested,
)
from groundwave.wire.icecast.handshake import Handshake, Stage
from groundwave.wire.icecast.refusals import Refusal


__all__ = [
    "AudioReceived",
    "ShoutcastHandshake",
    "SourceDescribed",
    "SourceEnded",
    "SourceEvent",
    "SourceRequested",
    "mount_and_key",
]

PROTOCOL = "SHOUTcast 1"
MAX_PASSWORD_BYTES = 512
MAX_HEADER_BYTES = 8192

_END = re.compile(rb"(?:^|\n)\r*\n")
_HTTP = re.compile(rb" (?:HTTP|ICE)/[0-9]", re.IGNORECASE)
_POKE = b"!POKE"
_NOT_SHOUTCAST = (
    "This port is for SHOUTcast encoders; set the encoder's port to one less, or "
    "choose SHOUTcast as its server type."
)
_HEADERS_TOO_LARGE = (
    "The stream's headers are too large; shorten its name and description in the "
    "encoder."
)


def mount_and_key(password: str) -> tuple[str, str]:
    """
    Split ``mount:key`` as SHOUTcast sources send it; without a mount it is ``""``.

    ``source:key``, as from an Icecast setting, names no mount.
    """
    mount, colon, key = password.partition(":")
    if not colon:
        return "", password
    return ("" if mount in {"", "source"} else "/" + mount.lstrip("/")), key


class ShoutcastHandshake(Handshake):
    """
    One SHOUTcast source's connection.

    ``SourceRequested`` comes with the password, ``None`` for libshout's poke, and
    an empty description;
    ``SourceDescribed`` follows once the source, accepted, has sent its headers.
    Its mount is ``""`` if the source named none.

    Args:
        leftover: what was received already.
    """

    def __init__(self, leftover: bytes = b"") -> None:
        super().__init__()
        self._asked = False
        self._headers: bytearray | None = bytearray()
        self.receive_data(leftover)

    def _keep(self, data: bytes) -> None:
        super()._keep(data)
        if not self._asked:
            self._read_password()

    def _read_password(self) -> None:
        line, newline, rest = bytes(self._early.lstrip(b"\r\n")).partition(b"\n")
        # A password is one line of text; a TLS hello or an HTTP request is not.
        if line[:1] == b"\x16" or _HTTP.search(line) or len(line) > MAX_PASSWORD_BYTES:
            raise PeerError(_NOT_SHOUTCAST)
        if not newline:
            return
        self._asked = True
        self._early[:] = rest
        mount, key = mount_and_key(decode_text(line.strip()))
        credentials = None if line.strip() == _POKE else Credentials("source", key)
        self._events.append(
            SourceRequested(mount, credentials, StreamDescription(), PROTOCOL)
        )

    def _decide(self, verdict: Stage) -> None:
        if not self._asked:
            raise UsageError("This source has not sent its password yet.")
        super()._decide(verdict)

    def _hear(self, data: bytes) -> None:
        if self._headers is None:
            self._report_audio(data)
            return
        self._headers += data
        self._read_headers(self._headers)

    def _read_headers(self, received: bytearray) -> None:
        end = _END.search(received)
        if (end.start() if end else len(received)) > MAX_HEADER_BYTES:
            raise PeerError(_HEADERS_TOO_LARGE, status=431)
        if end is None:
            return
        lines = bytes(received[: end.start()]).split(b"\n")
        headers = Headers.parse(line.rstrip(b"\r") for line in lines)
        self._events.append(SourceDescribed(StreamDescription.read(headers)))
        self._headers = None
        self._report_audio(bytes(received[end.end() :]))

    def _welcome(self) -> bytes:
        # A blank line that came with the password is not the end of the headers.
        self._early[:] = self._early.lstrip(b"\r\n")
        return b"OK2\r\nicy-caps:11\r\n\r\n"

    def _farewell(self, refusal: Refusal) -> bytes:
        # Sources look for OK2 and show the first line; those words are DNAS's own.
        gist = "Invalid Password" if refusal.status == 401 else refusal.reason
        return f"{gist}\r\n{refusal.sentence}\r\n".encode()
