"""
Where a figure that stands no more is still written. Pure.

Law: only what an editor once put there as this figure is certain. A number that looks
like it may count something else, so it is named, and nobody is told that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from groundwave.newsroom.figures.inline import capital, renewed
from groundwave.newsroom.figures.outdated import Outdated, Why
from groundwave.newsroom.figures.pinned import element, loose_text, pinned_in
from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.figures.standing import Said
from groundwave.newsroom.figures.words import digits, letters, written


# A smaller number is a word like any other, and is one only beside what is counted.
_SMALL = 10
_SENTENCE_ENDS = re.compile(r"[.!?]\s|\n")
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Occurrence:
    """Words in a text that are, or may be, an outdated figure's."""

    start: int
    end: int
    words: str
    of: Outdated
    is_certain: bool
    # The words instead; None where only a person can say what they are.
    becomes: str | None
    # The same as it is kept in the text.
    markup: str = ""


def occurrences(
    text: str, found: Iterable[Outdated], *, standing: Iterable[Said], is_rich: bool
) -> list[Occurrence]:
    """
    Return where *text* has one of those *found*, the first first.

    What also is a figure that somebody is *standing* by is none of them.
    """
    several = list(found)
    right = {
        phrase for each in standing for phrase, _instead in _phrases(each.quantity)
    }
    loose = loose_text(text) if is_rich else text
    places = [
        *(_pinned(text, several) if is_rich else ()),
        *_loose(loose, several, right),
    ]
    if is_rich:
        places = [_in_markup(each) for each in places]
    return sorted(places, key=lambda each: each.start)


def replaced(text: str, places: Iterable[Occurrence]) -> str:
    """Return *text* with what each of *places* becomes."""
    for each in sorted(places, key=lambda each: each.start, reverse=True):
        if each.becomes is not None:
            text = text[: each.start] + (each.markup or each.becomes) + text[each.end :]
    return text


def mentions(sentence: str, label: str) -> bool:
    """Whether a word of *label*, which says what is counted, is in *sentence*."""
    # People drowned, drownings: the beginning of a word is enough.
    stems = (word[:5].lower() for word in _WORD.findall(label))
    return any(stem in sentence.lower() for stem in stems)


def _pinned(html: str, several: Iterable[Outdated]) -> Iterator[Occurrence]:
    outdated = {each.was.name: each for each in several}
    for pin in pinned_in(html):
        of = outdated.get(pin.uid)
        if of:
            now = of.comparable
            becomes = renewed(pin.words, of.was, now) if now else None
            yield Occurrence(pin.start, pin.end, pin.words, of, True, becomes)


def _loose(
    text: str, several: Iterable[Outdated], right: set[str]
) -> Iterator[Occurrence]:
    wrong = {
        phrase: meant
        for phrase, meant in _meant(several).items()
        if phrase not in right
    }
    for found in _any_of(wrong).finditer(text) if wrong else ():
        # Case is more than two letters each: a long s is taken for an s.
        of, becomes = wrong.get(found[0].lower(), (None, None))
        if of is None or not _counts(text, found, of):
            continue
        if becomes and found[0][0].isupper():
            becomes = capital(becomes)
        yield Occurrence(*found.span(), found[0], of, False, becomes)


def _meant(several: Iterable[Outdated]) -> dict[str, tuple[Outdated, str | None]]:
    """Return which of *several* each phrase is, the first of them, and what it becomes."""
    meant: dict[str, tuple[Outdated, str | None]] = {}
    for each in several:
        if each.why is not Why.DISPUTED:
            now = each.comparable.quantity if each.comparable else None
            for phrase, becomes in _phrases(each.was.quantity, now):
                meant.setdefault(phrase, (each, becomes))
    return meant


def _counts(text: str, found: re.Match[str], of: Outdated) -> bool:
    """Whether what was *found* is no small number that may be anything."""
    if not _is_small(found[0], of):
        return True
    return mentions(_sentence_around(text, *found.span()), of.counted.label)


def _phrases(
    was: Quantity, now: Quantity | None = None
) -> Iterator[tuple[str, str | None]]:
    """Yield how *was* may be written, and what each is of *now*."""
    yield written(was).lower(), written(now) if now else None
    alike = now and now.qualifier == was.qualifier != Qualifier.RANGE
    for number in _bounds(was):
        for put in (digits, _bare, letters):
            yield put(number).lower(), put(now.lead) if now and alike else None


def _bounds(quantity: Quantity) -> set[Decimal]:
    return {each for each in (quantity.low, quantity.high) if each is not None}


def _bare(number: Decimal) -> str:
    return digits(number).replace(",", "")


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    # Neither a part of another number, nor a price, a time, or somebody's age.
    return re.compile(
        rf"(?<![\w$€£#:/-])(?<!\d[.,])(?:{words})(?!\w|[%:/-]\w|%|[.,]\d)",
        re.IGNORECASE,
    )


def _is_small(words: str, of: Outdated) -> bool:
    numbers = [each for each in _bounds(of.was.quantity) if each < _SMALL]
    return words.lower() in {put(each) for each in numbers for put in (digits, letters)}


def _sentence_around(text: str, start: int, end: int) -> str:
    before = [each.end() for each in _SENTENCE_ENDS.finditer(text, 0, start)]
    after = _SENTENCE_ENDS.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else None]


def _in_markup(each: Occurrence) -> Occurrence:
    if each.becomes is None:
        return each
    now = each.of.now
    if each.is_certain and now:
        markup = element(now.name, each.becomes)
    else:
        markup = escape(each.becomes, quote=False)
    return Occurrence(
        each.start, each.end, each.words, each.of, each.is_certain, each.becomes, markup
    )
