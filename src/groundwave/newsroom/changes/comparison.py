"""Two versions of a text, as a reader compares them: what went, what came, what stayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Mark(StrEnum):
    """What became of words; the value is the HTML element that says so."""

    STAYED = ""
    WENT = "del"
    CAME = "ins"


@dataclass(frozen=True)
class Run:
    """Words of which the same became; between runs there is a space."""

    mark: Mark
    words: str


Paragraph = tuple[Run, ...]

_ALIKE = 0.5


def compared(before: str, after: str) -> list[Paragraph]:
    """
    Return the paragraphs of both versions, one a line each, in the order of the later one.

    A paragraph that was changed is one with words that went and words that came; one that
    has little in common with what stands there now is two.
    """
    was, now = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    found: list[Paragraph] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += [(Run(Mark.STAYED, line),) for line in was[a:b]]
        else:
            found += _replaced(was[a:b], now[c:d])
    return found


def _replaced(was: list[str], now: list[str]) -> Iterator[Paragraph]:
    if len(was) != len(now):
        yield from _whole(Mark.WENT, was)
        yield from _whole(Mark.CAME, now)
        return
    for old, new in zip(was, now, strict=True):
        yield from _paragraph(old, new)


def _whole(mark: Mark, lines: Iterable[str]) -> Iterator[Paragraph]:
    return ((Run(mark, line),) for line in lines)


def _paragraph(old: str, new: str) -> Iterator[Paragraph]:
    was, now = old.split(), new.split()
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield (Run(Mark.WENT, old),)
        yield (Run(Mark.CAME, new),)
        return
    yield tuple(_runs(matcher, was, now))


def _runs(
    matcher: SequenceMatcher[str], was: list[str], now: list[str]
) -> Iterator[Run]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Run(Mark.STAYED, " ".join(now[c:d]))
            continue
        if b > a:
            yield Run(Mark.WENT, " ".join(was[a:b]))
        if d > c:
            yield Run(Mark.CAME, " ".join(now[c:d]))
