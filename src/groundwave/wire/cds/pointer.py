"""
JSON Pointers, as places in a document and as links into it.

RFC 6901 (https://www.rfc-editor.org/rfc/rfc6901), section 6 for the form in a
URI fragment.
"""

from __future__ import annotations

from urllib.parse import quote, unquote


def place(parent: str, token: str | int) -> str:
    """Return the pointer to what *token* names inside of *parent*."""
    return f"{parent}/{str(token).replace('~', '~0').replace('/', '~1')}"


def fragment(*tokens: str) -> str:
    """Return the link that leads to *tokens* inside of the same document."""
    pointer = ""
    for token in tokens:
        pointer = place(pointer, token)
    return "#" + quote(pointer, safe="/~!$&'()*+,;=:@?")


def tokens_of(href: str) -> tuple[str, ...] | None:
    """Return what *href* names inside of its document; None if it leads elsewhere."""
    if not href.startswith("#/"):
        return None
    parts = unquote(href[2:]).split("/")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
