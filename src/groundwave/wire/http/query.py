"""The ``key=value&…`` of a query string or of a form's body."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from groundwave.wire.http.text import decode_text


def raw_pairs(query: bytes) -> list[tuple[bytes, bytes]]:
    """
    Split *query* into unquoted pairs, bytes as they were meant.

    Encoders quote as they please: ``+`` and ``%20`` are a space, a stray ``%``
    or a raw 8-bit byte stands for itself. A key without ``=`` has no value.
    """
    parts = [part.partition(b"=") for part in query.split(b"&") if part]
    return [(_unquote(key), _unquote(value)) for key, _, value in parts]


def text_pairs(query: bytes) -> dict[str, str]:
    """Decode *query*; of a repeated key the first value stands."""
    pairs: dict[str, str] = {}
    for key, value in raw_pairs(query):
        pairs.setdefault(decode_text(key), decode_text(value))
    return pairs


def _unquote(quoted: bytes) -> bytes:
    return unquote_to_bytes(quoted.replace(b"+", b" "))
