"""A visitor's request as the site behind the front gets it."""

from __future__ import annotations

from collections.abc import Iterable

from groundwave.delivery.edition.words import OURS
from groundwave.wire.http.strict import StrictHead


# What is between the visitor and us alone (RFC 9110 §7.6.1).
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


def forwarded(
    head: StrictHead, more: Iterable[tuple[str, str]], *, method: str = ""
) -> bytes:
    """Write *head* anew, with *more*, and with another *method* if one is given."""
    version = "1.0" if head.is_old else "1.1"
    left_out = _OF_THIS_CONNECTION | _named(head.headers.get("connection", ""))
    kept = (
        (name, value)
        for name, value in head.lines
        if name.lower() not in left_out and not name.lower().startswith(OURS)
    )
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*kept, *more))
    start = f"{method or head.method} {head.target} HTTP/{version}\r\n"
    return f"{start}{lines}\r\n".encode("latin-1")


def _named(connection: str) -> frozenset[str]:
    return frozenset(each.strip().lower() for each in connection.split(","))
