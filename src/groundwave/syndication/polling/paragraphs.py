"""
Ids for paragraphs that have none, so that each is known again in the next version.

A merge goes by ids: a paragraph above which another one was put keeps its own, and so
does one of which a word was corrected.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from groundwave.syndication.safe_html import plain


ALIKE = 0.5
"""How much of two paragraphs must be the same for one to be the other, corrected."""

MOST_COMPARED = 60
"""How many changed paragraphs of each side are compared by their words."""

_LONGEST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Named:
    """A paragraph, and what it is called."""

    id: str
    text: str


def named(texts: Sequence[str], before: Iterable[Named] = ()) -> tuple[Named, ...]:
    """
    Return *texts*, each with an id of its own.

    Args:
        texts: the paragraphs as they are now, with their tags.
        before: what this returned for the version before; empty for the first one.
    """
    ids: dict[int, str] = {}
    left = _the_same(texts, list(before), ids)
    _corrected(texts, left, ids)
    taken = set(ids.values())
    for place, text in enumerate(texts):
        if place not in ids:
            ids[place] = _fresh(text, taken)
            taken.add(ids[place])
    return tuple(Named(ids[place], text) for place, text in enumerate(texts))


def _the_same(
    texts: Sequence[str], before: Sequence[Named], ids: dict[int, str]
) -> list[Named]:
    """Name what was there before, wherever it stands now; return what is left over."""
    known: defaultdict[str, deque[Named]] = defaultdict(deque)
    for each in before:
        known[each.text].append(each)
    for place, text in enumerate(texts):
        if known[text]:
            ids[place] = known[text].popleft().id
    taken = set(ids.values())
    return [each for each in before if each.id not in taken]


def _corrected(texts: Sequence[str], left: list[Named], ids: dict[int, str]) -> None:
    """Name those of which most words were there before, the most alike first."""
    places = [place for place in range(len(texts)) if place not in ids]
    pairs = sorted(_pairs(texts, places[:MOST_COMPARED], left[:MOST_COMPARED]))
    taken = set(ids.values())
    for _, place, id_ in pairs:
        if place not in ids and id_ not in taken:
            ids[place] = id_
            taken.add(id_)


def _pairs(
    texts: Sequence[str], places: Sequence[int], left: Sequence[Named]
) -> Iterator[tuple[float, int, str]]:
    """Yield what is alike enough, with how much is not."""
    counted = [(place, _words(texts[place])) for place in places]
    for each in left:
        before = _words(each.text)
        for place, now in counted:
            same = 2 * (before & now).total()
            of_both = before.total() + now.total()
            if same and same >= ALIKE * of_both:
                yield 1 - same / of_both, place, each.id


def _words(text: str) -> Counter[str]:
    """Return how often each word is there, tags left out."""
    return Counter(plain(text).split()[:_LONGEST_COMPARED])


def _fresh(text: str, taken: set[str]) -> str:
    """Return an id that nothing has; the same for what comes back as it was."""
    name = f"text-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found
