"""Where two texts differ, word by word, for somebody who has to choose one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


# Comparing takes the square of it; longer ones are shown as wholly different.
MOST_WORDS = 5_000

_WORDS = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that the other text has as well, or has not."""

    words: str
    is_other: bool


def differences(ours: str, theirs: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, in their order; joined, they are what they were."""
    left, right = _WORDS.findall(ours), _WORDS.findall(theirs)
    if max(len(left), len(right)) > MOST_WORDS:
        return _all_other(ours), _all_other(theirs)
    here: list[Piece] = []
    there: list[Piece] = []
    matcher = SequenceMatcher(None, _bare(left), _bare(right), autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        is_other = kind != "equal"
        if b > a:
            here.append(Piece("".join(left[a:b]), is_other))
        if d > c:
            there.append(Piece("".join(right[c:d]), is_other))
    return tuple(here), tuple(there)


def _bare(words: list[str]) -> list[str]:
    return [word.strip() for word in words]


def _all_other(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()
