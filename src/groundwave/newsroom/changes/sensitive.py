"""
Changes that a reader should be told of: numbers, names, quotations and negations.

A wrong one of these is a correction, and a new one is news; a comma is neither. The
words are compared, not understood: a change that is named here may be harmless, and
the editor says so. What is not named here changed none of the four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Sensitive(StrEnum):
    """What kind of thing changed."""

    QUOTE = "quote"
    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"


@dataclass(frozen=True)
class Change:
    """Words that stood there and the words that stand there now; either may be empty."""

    kind: Sensitive
    was: str
    now: str


NUMBER_WORDS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "billion",
        "billions",
        "dozen",
        "dozens",
        "half",
        "twice",
        "double",
        "triple",
        "first",
        "second",
        "third",
    ]
)
NEGATIONS = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "cannot",
        "denied",
        "denies",
        "deny",
        "false",
        "untrue",
        "unlikely",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*[%°]?|[$€£¥]")
# Characters before a word that tell whether a sentence begins with it.
_ENOUGH = 40
_SENTENCE_END = re.compile(r"[.!?:]['\"”’)]*\s*$|\n\s*$")
_QUOTE = re.compile(r"“([^”]+)”|\"([^\"\n]+)\"|«([^»]+)»|„([^“”]+)[“”]")


@dataclass(frozen=True)
class _Word:
    text: str
    begins_sentence: bool

    @property
    def kind(self) -> Sensitive | None:
        lower = self.text.lower()
        if any(sign.isdigit() for sign in lower) or self._is_spelled_number(lower):
            return Sensitive.NUMBER
        if lower in NEGATIONS or lower.endswith(("n't", "n’t")):
            return Sensitive.NEGATION
        if self.text[0].isupper() and not self.begins_sentence:
            return Sensitive.NAME
        return None

    @staticmethod
    def _is_spelled_number(lower: str) -> bool:
        return any(part in NUMBER_WORDS for part in lower.split("-"))


def sensitive_changes(before: str, after: str) -> list[Change]:
    """
    Return what changed from *before* to *after*, plain texts both.

    Each change is named once, by the first of quotation, number, negation and name
    that fits; in the order in which a reader meets them, quotations first.
    """
    return [*_quotes_changed(before, after), *_words_changed(before, after)]


def _quotes_changed(before: str, after: str) -> Iterator[Change]:
    was, now = _quotes(before), _quotes(after)
    for old, new in _replaced(was, now):
        yield Change(Sensitive.QUOTE, " … ".join(old), " … ".join(new))


def _words_changed(before: str, after: str) -> Iterator[Change]:
    was, now = _words(_without_quotes(before)), _words(_without_quotes(after))
    for old, new in _replaced(was, now):
        kinds = {word.kind for word in (*old, *new)}
        kind = next((each for each in Sensitive if each in kinds), None)
        if kind:
            yield Change(kind, _text(old), _text(new))


def _replaced(was: Sequence, now: Sequence) -> Iterator[tuple[Sequence, Sequence]]:  # type: ignore[type-arg]
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield was[a:b], now[c:d]


def _quotes(text: str) -> list[str]:
    return [
        " ".join(next(filter(None, found)).split()) for found in _QUOTE.findall(text)
    ]


def _without_quotes(text: str) -> str:
    return _QUOTE.sub("“”", text)


def _words(text: str) -> list[_Word]:
    return [
        _Word(found[0], _begins_sentence(_just_before(text, found.start())))
        for found in _WORD.finditer(text)
    ]


def _just_before(text: str, at: int) -> str:
    return text[max(0, at - _ENOUGH) : at]


def _begins_sentence(before: str) -> bool:
    stripped = before.rstrip("“\"'‘«(")
    return not stripped.strip() or bool(_SENTENCE_END.search(stripped))


def _text(words: Sequence[_Word]) -> str:
    return " ".join(word.text for word in words)
