r"""
The heads of requests and responses, read from whatever the network brings.

Laws:

* How the network slices the bytes never matters: the same bytes give the same
  head, the same ``leftover`` and the same refusal.
* Whatever encoders and players of the last 25 years send is read, if it can
  mean only one thing: lone ``\n``, ``\r\r\n``, no ``Host``, raw 8-bit bytes, a
  path without its slash, spaces in a target, nonsense between the headers.
* Whatever cannot be HTTP is refused as soon as that is certain, with a
  sentence for the person whose encoder did it; memory stays bounded by
  ``max_bytes``.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Generic, TypeVar
from urllib.parse import unquote_to_bytes

from groundwave.wire.errors import PeerError
from groundwave.wire.http.headers import Credentials, Headers, basic_credentials
from groundwave.wire.http.query import text_pairs
from groundwave.wire.http.text import decode_text
from groundwave.wire.http.writers import request, response


__all__ = [
    "Credentials",
    "Headers",
    "RequestHead",
    "RequestReader",
    "ResponseHead",
    "ResponseReader",
    "basic_credentials",
    "request",
    "response",
]

MAX_TARGET = 4096
MAX_LINES = 100

TLS_ON_PLAIN_PORT = (
    "This port speaks plain HTTP; turn TLS off in the encoder or connect to the "
    "TLS port of your proxy."
)
NOT_HTTP = (
    "This is not an HTTP request; if the encoder is set to SHOUTcast, choose "
    "Icecast as its server type."
)
TARGET_TOO_LONG = (
    "The address is too long; shorten the title or the link and try again."
)
HEAD_TOO_LARGE = (
    "The request's headers are too large; shorten the stream's name, description "
    "or cookies and try again."
)
WRONG_VERSION = "This server speaks HTTP/1.0 and HTTP/1.1; choose one of them."
NOT_A_RESPONSE = "The other server did not answer in HTTP; check its address and port."

VERSIONS = {"HTTP/1.0", "HTTP/1.1", "ICE/1.0"}

_TLS_HANDSHAKE = b"\x16"
_END = re.compile(rb"\n\r*\n")
_BLANK = re.compile(rb"[ \t]+")
_METHOD = re.compile(rb"[A-Za-z][A-Za-z0-9_-]{0,31}")
_VERSION = re.compile(rb"(?:HTTP|ICE)/[0-9](?:\.[0-9])?", re.IGNORECASE)
_STATUS_LINE = re.compile(
    rb"(HTTP/[0-9](?:\.[0-9])?|ICY|ICE/[0-9]\.[0-9])[ \t]+([0-9]{3})(?:[ \t]+(.*))?",
    re.IGNORECASE | re.DOTALL,
)
_AUTHORITY = re.compile(rb"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
# A method, two blanks and a version around the longest target.
_MAX_REQUEST_LINE = MAX_TARGET + 64

_Head = TypeVar("_Head")


@dataclass(frozen=True)
class RequestHead:
    """
    A request, up to its body.

    Attributes:
        method: in upper case.
        target: as it came, raw.
        version: ``HTTP/1.1``, ``HTTP/1.0`` or ``ICE/1.0``.
    """

    method: str
    target: bytes
    version: str
    headers: Headers

    @cached_property
    def path(self) -> str:
        """The decoded path: one leading slash, without the query."""
        raw = (
            self.target if self.target[:1] == b"/" else _AUTHORITY.sub(b"", self.target)
        )
        raw = unquote_to_bytes(raw.partition(b"?")[0].partition(b"#")[0])
        return "/" + decode_text(raw, fallback="latin-1").lstrip("/")

    @property
    def query(self) -> bytes:
        """What follows the ``?``, raw."""
        return self.target.partition(b"?")[2].partition(b"#")[0]

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The query's pairs as text; of a repeated key the first value stands."""
        return text_pairs(self.query)

    def parameter(self, name: str) -> str | None:
        """Return the query's value for *name*."""
        return self.parameters.get(name)

    @property
    def keep_alive(self) -> bool:
        """Whether the peer will send another request on this connection."""
        wishes = self.headers.tokens("connection")
        if self.version == "HTTP/1.1":
            return "close" not in wishes
        return "keep-alive" in wishes


@dataclass(frozen=True)
class ResponseHead:
    """
    A response, up to its body.

    Attributes:
        version: ``HTTP/1.1``, ``HTTP/1.0`` or, of old SHOUTcast, ``ICY``.
    """

    version: str
    status: int
    reason: str
    headers: Headers


class _HeadReader(ABC, Generic[_Head]):
    """
    Collects bytes up to the blank line that ends a head.

    Args:
        max_bytes: of head, blank lines before it included; a security limit.
    """

    def __init__(self, max_bytes: int = 8192) -> None:
        self._max_bytes = max_bytes
        self._received = bytearray()
        self._make: Callable[[Headers], _Head] | None = None
        self._head: _Head | None = None

    @property
    def head(self) -> _Head | None:
        """The head, once all of it has come."""
        return self._head

    @property
    def leftover(self) -> bytes:
        """What came after the head; empty until there is one."""
        return b"" if self._head is None else bytes(self._received)

    def receive_data(self, data: bytes) -> None:
        """
        Take bytes from the network.

        Raises:
            PeerError: they can never become a head that this reader accepts.
        """
        self._received += data
        if self._head is None:
            self._read()

    def _read(self) -> None:
        begin = len(self._received) - len(self._received.lstrip(b"\r\n"))
        if self._make is None:
            self._make = self._look_at_start(begin)
        end = _END.search(self._received, begin)
        if (end.end() if end else len(self._received)) > self._max_bytes:
            raise PeerError(HEAD_TOO_LARGE, status=431)
        if end and self._make:
            self._head = self._make(_headers(self._received[begin : end.start()]))
            del self._received[: end.end()]

    def _look_at_start(self, begin: int) -> Callable[[Headers], _Head] | None:
        first, newline, _ = bytes(self._received[begin:]).partition(b"\n")
        self._refuse_nonsense(first)
        return self._read_start(first.strip()) if newline else None

    @abstractmethod
    def _refuse_nonsense(self, start: bytes) -> None:
        """Raise PeerError if nothing that begins with *start* can be read."""

    @abstractmethod
    def _read_start(self, line: bytes) -> Callable[[Headers], _Head]:
        """Read the first line, without its end; raise PeerError if it cannot be."""


def _headers(head: bytearray) -> Headers:
    _, *lines = head.split(b"\n")
    if len(lines) > MAX_LINES:
        raise PeerError(HEAD_TOO_LARGE, status=431)
    return Headers.parse(line.rstrip(b"\r") for line in lines)


class RequestReader(_HeadReader[RequestHead]):
    """Reads one request's head; give ``leftover`` to whoever reads its body."""

    def _refuse_nonsense(self, start: bytes) -> None:
        if start.startswith(_TLS_HANDSHAKE):
            raise PeerError(TLS_ON_PLAIN_PORT)
        method, blank, _ = start.replace(b"\t", b" ").partition(b" ")
        if (method or blank) and not _METHOD.fullmatch(method):
            raise PeerError(NOT_HTTP)
        if len(start) > _MAX_REQUEST_LINE:
            raise PeerError(TARGET_TOO_LONG, status=414)

    def _read_start(self, line: bytes) -> Callable[[Headers], RequestHead]:
        words = _BLANK.split(line)
        method, version = words[0], words[-1]
        if len(words) == 1 or not _VERSION.fullmatch(version):
            raise PeerError(NOT_HTTP)
        # Some encoders leave the spaces of a title unquoted.
        target = line[len(method) : -len(version)].strip()
        if len(target) > MAX_TARGET:
            raise PeerError(TARGET_TOO_LONG, status=414)
        spoken = version.decode().upper()
        if spoken not in VERSIONS:
            raise PeerError(WRONG_VERSION, status=505)
        return partial(RequestHead, method.decode().upper(), target, spoken)


class ResponseReader(_HeadReader[ResponseHead]):
    """Reads one response's head, ``ICY 200 OK`` of old SHOUTcast servers included."""

    def _refuse_nonsense(self, start: bytes) -> None:
        protocol = start[:4].upper()
        if not any(known.startswith(protocol) for known in (b"HTTP", b"ICY ", b"ICE/")):
            raise PeerError(NOT_A_RESPONSE)
        if len(start) > _MAX_REQUEST_LINE:
            raise PeerError(NOT_A_RESPONSE)

    def _read_start(self, line: bytes) -> Callable[[Headers], ResponseHead]:
        found = _STATUS_LINE.fullmatch(line)
        if found is None:
            raise PeerError(NOT_A_RESPONSE)
        version, status, reason = found.groups(default=b"")
        return partial(
            ResponseHead, version.decode().upper(), int(status), decode_text(reason)
        )
