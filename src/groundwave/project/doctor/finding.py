"""One thing the doctor found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How much it matters."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    Something seen, in a sentence.

    Attributes:
        what_to_do: another sentence; empty where nothing needs to be done.
    """

    level: Level
    sentence: str
    what_to_do: str = ""


def good(sentence: str) -> Finding:
    """Say that something works."""
    return Finding(Level.GOOD, sentence)


def note(sentence: str, what_to_do: str = "") -> Finding:
    """Say something that may be meant so."""
    return Finding(Level.NOTE, sentence, what_to_do)


def wrong(sentence: str, what_to_do: str) -> Finding:
    """Say that something does not work, and what to do."""
    return Finding(Level.WRONG, sentence, what_to_do)
