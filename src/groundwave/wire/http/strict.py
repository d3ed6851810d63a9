"""
A request as a server must read it that hands it on to another one (RFC 9112).

Encoders are forgiven much (``head.py``). What stands in front of a site forgives
nothing: whatever two servers could read in two ways is refused, so that nobody gets a
second request past the first server inside of one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from groundwave.wire.errors import PeerError


END = b"\r\n\r\n"
# The whole head, without the empty line at its end.
MOST_BYTES = 32_768
MOST_LINES = 100
_LINE = re.compile("\r\n([^:]+):[ \t]*([^\r]*)")
# Eighteen digits are an exabyte.
_LENGTH = re.compile(r"[0-9]{1,18}")
_HEAD = re.compile(
    rb"(?P<method>[A-Z][A-Z0-9_-]{0,31}) (?P<target>[!-~]+) HTTP/1\.(?P<minor>[01])"
    rb"(?P<lines>(?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*)*)"
)

_UNREADABLE = (
    "This is not a request that the site can read; ask for the page with a browser, "
    "or with a program that speaks HTTP/1.1."
)
_TOO_LARGE = (
    "What the browser sent along is too large; clear the cookies of this site and try "
    "again."
)
_NO_LENGTH = "Say in Content-Length how long what you send is; the site needs to know."


class StrictHead(NamedTuple):
    """
    A request, up to its body.

    Attributes:
        target: as it came, of visible ASCII.
        is_old: it speaks HTTP/1.0.
        lines: names as they came and values without blanks around, as Latin-1.
        headers: the same by names in lower case; values of a repeated one are joined
            by a comma, of cookies by a semicolon.
    """

    method: str
    target: str
    is_old: bool
    lines: list[tuple[str, str]]
    headers: dict[str, str]

    @property
    def keeps_alive(self) -> bool:
        """Whether another request may follow on this connection (RFC 9112 §9.3)."""
        wishes = self.headers.get("connection", "").lower()
        return "keep-alive" in wishes if self.is_old else "close" not in wishes


def read_strictly(head: bytes) -> StrictHead:
    """
    Read a whole head, with the empty line at its end or without.

    Raises:
        PeerError: it can be read in no way, or in two.
    """
    found = _HEAD.fullmatch(head.removesuffix(END))
    if found is None:
        raise PeerError(_UNREADABLE)
    said = _LINE.findall(found["lines"].decode("latin-1"))
    lines = [(name, value.rstrip(" \t")) for name, value in said]
    if len(lines) > MOST_LINES:
        raise PeerError(_TOO_LARGE, status=431)
    headers = {name.lower(): value for name, value in lines}
    if len(headers) < len(lines):
        headers = _joined(lines)
    if "," in headers.get("host", ""):
        raise PeerError(_UNREADABLE)
    return StrictHead(
        found["method"].decode(),
        found["target"].decode(),
        found["minor"] == b"0",
        lines,
        headers,
    )


def body_length(head: StrictHead) -> int:
    """
    Return how many bytes follow *head*.

    Raises:
        PeerError: it is said in two ways, in none that can be read, or in pieces.
    """
    if "transfer-encoding" in head.headers:
        raise PeerError(_NO_LENGTH, status=411)
    said = head.headers.get("content-length", "0")
    if not _LENGTH.fullmatch(said):
        raise PeerError(_UNREADABLE)
    return int(said)


def refuse_endless(received: bytes | bytearray) -> None:
    """
    Refuse what has come of a head that has not ended, once it is too large.

    Raises:
        PeerError: it is.
    """
    if len(received) > MOST_BYTES:
        raise PeerError(_TOO_LARGE, status=431)


def _joined(lines: list[tuple[str, str]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for said, value in lines:
        name = said.lower()
        between = "; " if name == "cookie" else ", "
        headers[name] = f"{headers[name]}{between}{value}" if name in headers else value
    return headers
