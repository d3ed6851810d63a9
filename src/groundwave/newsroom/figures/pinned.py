"""Figures in a text as the database keeps it: ``<a linktype="figure" uid="…">``. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape


LINKTYPE = "figure"

_ELEMENT = re.compile(rf'<a\b([^>]*\blinktype="{LINKTYPE}"[^>]*)>(.*?)</a>', re.DOTALL)
_UID = re.compile(r'\buid="([^"]*)"')
_TAG = re.compile(r"</?(\w*)[^>]*>")
_INLINE = frozenset(["a", "b", "code", "em", "i", "s", "strong", "sub", "sup", "u"])


@dataclass(frozen=True)
class Pinned:
    """Words of a figure, and from where to where its element goes in the text."""

    start: int
    end: int
    uid: str
    words: str


def pinned_in(html: str) -> Iterator[Pinned]:
    """Yield the figures in *html*, which is as the editor keeps it."""
    for found in _ELEMENT.finditer(html):
        uid = _UID.search(found[1])
        words = unescape(_TAG.sub("", found[2]))
        yield Pinned(*found.span(), uid[1] if uid else "", words)


def element(uid: str, words: str) -> str:
    """Return *words* that are pinned to the figure *uid*, as the database keeps them."""
    return (
        f'<a linktype="{LINKTYPE}" uid="{escape(uid)}">{escape(words, quote=False)}</a>'
    )


def loose_text(html: str) -> str:
    """
    Return what is no figure's in *html*, each character where it was.

    What ends a paragraph is an end of line there.
    """
    without = _ELEMENT.sub(lambda found: "\0" * len(found[0]), html)
    return _TAG.sub(_blank, without)


def _blank(tag: re.Match[str]) -> str:
    sign = "\0" if tag[1].lower() in _INLINE else "\n"
    return sign * len(tag[0])
