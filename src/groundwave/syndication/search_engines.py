"""
What search engines are told of a story that is somebody else's.

https://www.rfc-editor.org/rfc/rfc6596 (canonical links). Search engines take such a link
for a hint: who wants to be sure that only the original is found says ``noindex`` too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from groundwave.syndication.incoming import Incoming


class Wish(StrEnum):
    """What a connection asks search engines for."""

    CANONICAL = "canonical"
    CANONICAL_NOINDEX = "canonical+noindex"
    NOINDEX = "noindex"


class Ground(StrEnum):
    """What was decisive. The word stays, so that others may translate by it."""

    WISH = "wish"
    ORIGIN = "origin"
    NO_ORIGINAL = "no original"


_SENTENCES = {
    Ground.WISH: "The connection wants it so. Change the connection to change it.",
    Ground.ORIGIN: "Its origin wants search engines to have it nowhere. "
    "Nothing needs to be done.",
    Ground.NO_ORIGINAL: "Nobody knows the page of the original, so that search engines "
    "would take this one for it. Ask the origin for its address.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """
    How a page is found.

    Attributes:
        canonical: the page to name as the original; empty for none.
        is_indexed: whether search engines may have our copy.
        ground: what decided that.
    """

    canonical: str
    is_indexed: bool
    ground: Ground

    @property
    def sentence(self) -> str:
        """Say to an editor why, in English."""
        return _SENTENCES[self.ground]


def how_found(story: Incoming, wish: Wish) -> Found:
    """
    Return how *story* is found; whatever is wished, the origin's no stands.

    It is never for a news sitemap or a feed of our own stories.
    """
    canonical = "" if wish is Wish.NOINDEX else story.canonical
    if story.no_index or story.restricted:
        return Found(canonical, is_indexed=False, ground=Ground.ORIGIN)
    if wish is Wish.CANONICAL and not story.canonical:
        return Found("", is_indexed=False, ground=Ground.NO_ORIGINAL)
    return Found(canonical, is_indexed=wish is Wish.CANONICAL, ground=Ground.WISH)
