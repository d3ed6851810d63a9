"""
Blocks of anybody's HTML, of which nothing is taken but where they lead.

Such a block may hold a player, a form, a chart or a photo without a right; what it
shows is decided by a program of somebody else's, and may be another thing tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit


# Searched and not parsed: what is found counts only where its place is known, and a
# parser would take its time over a block that was made to keep it busy.
_LEAD = re.compile(
    r"<(?:a\b[^<>]*?\shref|iframe\b[^<>]*?\ssrc|blockquote\b[^<>]*?\scite)"
    r"\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<(?:img|picture|svg)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Program:
    """The addresses that a block leads to, each once, and whether it has pictures."""

    urls: tuple[str, ...]
    has_pictures: bool


def read_program(html: str) -> Program:
    """Return where *html* leads, as it says it: nothing about the addresses is sure."""
    found = (unescape("".join(values)).strip() for values in _LEAD.findall(html))
    urls = dict.fromkeys(url for url in found if url)
    return Program(tuple(urls), has_pictures=bool(_PICTURE.search(html)))


def is_at(url: str, places: Collection[str]) -> bool:
    """Return whether *url* is one over https of exactly one of *places*, host names."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return False
    # The whole of what stands before the path: no name to sign in with, and no port.
    return parts.scheme == "https" and parts.netloc.lower() in places
