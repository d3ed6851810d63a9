"""What goes out, in order: the announcer, a piece, the announcer, a piece, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random

from groundwave.project.demo.catalogue import PIECES
from groundwave.project.demo.composing import Note, Piece, compose
from groundwave.project.demo.instruments import Instrument
from groundwave.project.demo.mixing import mix
from groundwave.project.demo.sound import Sound, db
from groundwave.project.demo.voice import say, sentences


BREAK_TITLE = "KGND 89.3 - Ground Wave Community Radio"

# Under the announcer: a chord that opens, bells first.
_BELLS = ((0.0, 69), (0.22, 74), (0.44, 78), (0.66, 81))
_CHORD = (50, 57, 62, 66)


@dataclass(frozen=True, slots=True)
class Part:
    """
    Something with a title of its own.

    Attributes:
        blocks: its sound, made only when asked for.
    """

    title: str
    blocks: Iterator[Sound]


def programme(chance: Random) -> Iterator[Part]:
    """Yield the programme's parts without end; *chance* orders the pieces."""
    announcements = cycle(sentences())
    played: Piece | None = None
    while True:
        pieces = list(PIECES)
        chance.shuffle(pieces)
        if pieces[0] is played:
            pieces.append(pieces.pop(0))
        for piece in pieces:
            yield station_break(next(announcements))
            yield Part(piece.title, mix(compose(piece), gain=db(piece.gain_db)))
            played = piece


def station_break(sentence: str) -> Part:
    """Return the announcer's *sentence* over a few bells and strings."""
    voice = say(sentence)
    notes = [Note(at, Instrument.VIBES, pitch, 2.0, 0.4) for at, pitch in _BELLS]
    notes += [Note(0.0, Instrument.PAD, pitch, 5.0, 0.14) for pitch in _CHORD]
    return Part(BREAK_TITLE, mix(sorted(notes, key=_when), voice=(1.3, voice)))


def _when(note: Note) -> float:
    return note.at
