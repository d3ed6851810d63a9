"""Which bytes of a file are asked for (RFC 9110, section 14). Pure; no Django."""

from __future__ import annotations

import re


# One answer holds no more: whoever listens for an hour must not hold a worker as long.
PIECE_BYTES = 1 << 20

# No file is longer, and of more digits Python makes no number.
_NUMBER = r"[0-9]{1,18}"
_ONE = re.compile(rf"bytes=(?:({_NUMBER})-((?:{_NUMBER})?)|-({_NUMBER}))\Z")


class NotThere(Exception):
    """The bytes that are asked for lie behind the file's end."""


def piece(asked: str, total: int) -> range | None:
    """
    Return the bytes to answer with, or ``None`` where the whole file is to be sent.

    Of a range that is longer than ``PIECE_BYTES`` it is the beginning; a player asks
    for the rest when it needs it. What is no single range of bytes is ignored.

    Raises:
        NotThere: answer 416.
    """
    said = _ONE.match(asked.strip())
    if said is None:
        return None
    first, last, suffix = said.groups()
    start = max(0, total - int(suffix)) if suffix else int(first)
    end = min(total, int(last) + 1) if last else total
    if last and int(last) < int(first):
        return None
    if start >= end:
        raise NotThere
    return range(start, min(end, start + PIECE_BYTES))
