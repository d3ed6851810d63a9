"""A visitor's request as the site behind the front gets it."""

from __future__ import annotations

from collections.abc import Iterable

from groundwave.delivery.edition.words import OURS
from groundwave.wire.http.strict import StrictHead


# What is between the visitor and us alone (RFC 9110 §7.6.1). What the visitor calls so
# besides is handed on: who could have a length left out could hide a request.
_OF_THIS_CONNECTION = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


def forwarded(head: StrictHead, said: Iterable[tuple[str, str]]) -> bytes:
    """Write *head* anew, with what the front has *said* besides."""
    kept = (line for line in head.lines if _may_pass(line[0].lower()))
    version = "1.0" if head.is_old else "1.1"
    return _written(f"{head.method} {head.target} HTTP/{version}", (*kept, *said))


def asked_for_everybody(
    head: StrictHead, said: Iterable[tuple[str, str]], *, proxy_header: str
) -> bytes:
    """Write what is asked for whole, and nothing of who asks."""
    names = ("host", proxy_header)
    kept = (line for line in head.lines if line[0].lower() in names)
    return _written(f"GET {head.target} HTTP/1.1", (*kept, *said))


def _may_pass(name: str) -> bool:
    # WSGI takes a line below for a hyphen: it would be another header's name.
    return not (name in _OF_THIS_CONNECTION or name.startswith(OURS) or "_" in name)


def _written(start: str, lines: Iterable[tuple[str, str]]) -> bytes:
    said = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return f"{start}\r\n{said}\r\n".encode("latin-1")
