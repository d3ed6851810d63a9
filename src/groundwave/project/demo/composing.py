"""
Music on paper: a piece and a seed make the same notes every time.

A piece has a verse and a bridge, each a row of chords, one to a bar. The
accompaniment walks the chords with as little movement as it can; the melody repeats
a rhythm, lands on a chord tone at each bar and steps between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from groundwave.project.demo.instruments import Instrument


Chord: TypeAlias = tuple[int, ...]

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
}

# How a bar of melody may move, in beats; each adds up to at least a bar of three.
RHYTHMS = {
    3: ((1.0, 1.0, 1.0), (1.5, 0.5, 1.0), (2.0, 1.0), (1.0, 0.5, 0.5, 1.0)),
    4: (
        (1.0, 1.0, 2.0),
        (1.5, 0.5, 1.0, 1.0),
        (0.5, 0.5, 1.0, 2.0),
        (1.5, 1.5, 1.0),
        (2.0, 0.5, 0.5, 1.0),
    ),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One note: when it starts, how long it is held, both in seconds, and how loud."""

    at: float
    instrument: Instrument
    pitch: int
    seconds: float
    gain: float


@dataclass(frozen=True, slots=True)
class Piece:
    """
    What a composer decides before writing.

    Chords are degrees of the scale, 1 to 7; *tonic* is a MIDI pitch near middle C.
    """

    artist: str
    name: str
    seed: int
    tonic: int
    scale: str
    tempo: float  # beats per minute
    verse: tuple[int, ...]
    bridge: tuple[int, ...]
    lead: Instrument
    accompaniment: Instrument
    beats: int = 4
    swing: float = 0.0
    shaker: bool = False
    form: str = "iVVBVo"
    gain_db: float = 0.0

    @property
    def title(self) -> str:
        """What the studio sends: artist, then name."""
        return f"{self.artist} - {self.name}"


@dataclass(slots=True)
class _Sheet:
    """The page being written on."""

    piece: Piece
    chance: Random
    notes: list[Note] = field(default_factory=list)
    bar: int = 0
    voicing: Chord = ()
    sung: int = 72

    def write(
        self, beat: float, instrument: Instrument, pitch: int, beats: float, gain: float
    ) -> None:
        """Put a note at *beat* of the present bar, with a player's small unevenness."""
        second = 60.0 / self.piece.tempo
        off_beat = self.piece.swing if beat % 1.0 == 0.5 else 0.0
        at = (self.bar * self.piece.beats + beat + off_beat) * second
        late = self.chance.uniform(0.0, 0.014)
        touch = gain * self.chance.uniform(0.82, 1.0)
        # Lengths come in tenths of a second, so that notes are often alike and made once.
        seconds = max(0.1, round(beats * second, 1))
        self.notes.append(Note(at + late, instrument, pitch, seconds, touch))


def compose(piece: Piece) -> list[Note]:
    """Write *piece* down; the notes come in the order they start."""
    sheet = _Sheet(piece, Random(piece.seed))  # noqa: S311 -- music, not a secret
    phrases = {"V": _phrase(sheet), "B": _phrase(sheet)}
    for section in piece.form:
        degrees = piece.bridge if section == "B" else piece.verse
        phrase = phrases.get(section)
        for place, degree in enumerate(degrees):
            _write_bar(sheet, degree, section, phrase[place % 4] if phrase else None)
            sheet.bar += 1
    _ring_out(sheet)
    return sorted(sheet.notes, key=lambda note: note.at)


def _write_bar(
    sheet: _Sheet, degree: int, section: str, rhythm: tuple[float, ...] | None
) -> None:
    sheet.voicing = _nearest(_chord(sheet.piece, degree), sheet.voicing)
    _strings(sheet)
    _accompany(sheet)
    if section != "i":
        _walk(sheet, degree)
    if sheet.piece.shaker and section in "VB":
        _shake(sheet)
    if rhythm:
        _sing(sheet, degree, rhythm)


def _phrase(sheet: _Sheet) -> list[tuple[float, ...] | None]:
    """Choose four bars of rhythm: the same, the same, another, and often a breath."""
    rhythms = RHYTHMS[sheet.piece.beats]
    first, other = sheet.chance.sample(rhythms, 2)
    return [first, first, other, (float(sheet.piece.beats),)]


def _chord(piece: Piece, degree: int) -> Chord:
    """Stack four thirds on *degree*: the chord and its seventh."""
    return tuple(_step(piece, degree - 1 + third) for third in (0, 2, 4, 6))


def _step(piece: Piece, step: int) -> int:
    """Return the pitch *step* notes up the scale from the tonic."""
    scale = SCALES[piece.scale]
    octave, place = divmod(step, len(scale))
    return piece.tonic + 12 * octave + scale[place]


def _nearest(chord: Chord, before: Chord) -> Chord:
    """Turn *chord* over until the fingers have least to move."""
    return min(
        _inversions(chord),
        key=lambda voicing: (
            sum(abs(a - b) for a, b in zip(voicing, before, strict=False)),
            abs(sum(voicing) / 4 - 62),
        ),
    )


def _inversions(chord: Chord) -> Iterator[Chord]:
    for turn in range(4):
        for octave in (-24, -12, 0):
            voicing = [pitch + octave for pitch in chord[turn:]]
            voicing += [pitch + octave + 12 for pitch in chord[:turn]]
            if voicing[0] >= 50 and voicing[-1] <= 74:
                yield tuple(voicing)


def _strings(sheet: _Sheet) -> None:
    """Hold the chord, an octave's room below the melody."""
    for pitch in sheet.voicing[:3]:
        sheet.write(0, Instrument.PAD, pitch, sheet.piece.beats, 0.5)


def _accompany(sheet: _Sheet) -> None:
    """Break the chord over the bar, up and part of the way down."""
    low, second, third, top = sheet.voicing
    steps = (low, third, top, second, top, third, second, third)
    for place in range(2 * sheet.piece.beats):
        pitch = steps[place % len(steps)]
        strong = 0.62 if place % 2 == 0 else 0.42
        if sheet.chance.random() < 0.9:
            sheet.write(place / 2, sheet.piece.accompaniment, pitch, 1.5, strong)


def _walk(sheet: _Sheet, degree: int) -> None:
    """Give the bar its root, and a fifth to lead out of it."""
    root = 36 + (_step(sheet.piece, degree - 1) - 36) % 12
    beats = sheet.piece.beats
    sheet.write(0, Instrument.BASS, root, beats - 1.2, 0.9)
    if sheet.chance.random() < 0.75:
        sheet.write(beats - 1, Instrument.BASS, root + 7, 0.8, 0.6)


def _shake(sheet: _Sheet) -> None:
    for place in range(2 * sheet.piece.beats):
        gain = 0.6 if place % 4 == 2 else 0.28
        sheet.write(place / 2, Instrument.SHAKER, 60 + place % 3, 0.1, gain)


def _sing(sheet: _Sheet, degree: int, rhythm: tuple[float, ...]) -> None:
    """Land on a chord tone near the last note, then step along the scale."""
    piece, beat = sheet.piece, 0.0
    landings = [_step(piece, degree - 1 + third) for third in (0, 2, 4)]
    near = [pitch + octave for pitch in landings for octave in (-12, 0, 12, 24)]
    sheet.sung = min(near, key=lambda pitch: _reach(pitch, sheet))
    for beats in rhythm:
        sheet.write(beat, piece.lead, sheet.sung, beats * 0.95, 0.95)
        beat += beats
        sheet.sung = _next_step(sheet)


def _reach(pitch: int, sheet: _Sheet) -> float:
    """Return how far a singer would go for *pitch*; the middle of the voice is best."""
    return abs(pitch - sheet.sung) + 0.4 * abs(pitch - 74) + sheet.chance.random()


def _next_step(sheet: _Sheet) -> int:
    """Step or leap a third, back towards the middle of the voice when far from it."""
    ladder = [_step(sheet.piece, step) for step in range(-7, 21)]
    here = min(range(len(ladder)), key=lambda place: abs(ladder[place] - sheet.sung))
    drift = 1 if sheet.sung < 69 else -1 if sheet.sung > 79 else 0
    step = sheet.chance.choice((-2, -1, -1, 1, 1, 2)) + drift
    return ladder[max(0, min(here + step, len(ladder) - 1))]


def _ring_out(sheet: _Sheet) -> None:
    """End at home, and let it ring."""
    piece = sheet.piece
    home = _nearest(_chord(piece, 1), sheet.voicing)
    for place, pitch in enumerate(home):
        sheet.write(place / 4, piece.accompaniment, pitch, 4, 0.6)
        sheet.write(0, Instrument.PAD, pitch, 4, 0.4)
    sheet.write(0, Instrument.BASS, 36 + (piece.tonic - 36) % 12, 4, 0.9)
    sheet.write(1, piece.lead, piece.tonic + 12, 3, 0.8)
