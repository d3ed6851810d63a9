"""
The desk and the room: notes become sound, a few seconds at a time.

A block costs what its notes cost, so a piece is never rendered whole: the first
sound is ready at once and the work is spread over the time it is heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from groundwave.project.demo.composing import Note
from groundwave.project.demo.instruments import Instrument, play
from groundwave.project.demo.sound import RATE, Sound, silence


BLOCK = 4 * RATE
ROOM = int(1.9 * RATE)
REACH = 1 << 18  # the transform that holds a block and the room's answer to it

# Brings the band to about -17 LUFS, which is where speech sits comfortably with it.
MASTER = 0.45

# How much of each instrument is sent into the room.
SENDS = {
    Instrument.GUITAR: 0.30,
    Instrument.PIANO: 0.28,
    Instrument.VIBES: 0.42,
    Instrument.PAD: 0.40,
    Instrument.BASS: 0.04,
    Instrument.SHAKER: 0.18,
}


def mix(
    notes: Sequence[Note],
    *,
    gain: float = 1.0,
    voice: tuple[float, Sound] | None = None,
) -> Iterator[Sound]:
    """
    Yield *notes* as sound, block after block, until the last has died away.

    Args:
        notes: in the order they start.
        gain: what the whole is multiplied by.
        voice: something spoken, and the second it starts at; it stays dry.
    """
    kept = lru_cache(maxsize=48)(play)
    dry, wet = _Rolling(), _Rolling()
    waiting = list(notes)[::-1]
    start = 0
    ends = _end(notes, voice)
    while start < ends:
        while waiting and waiting[-1].at * RATE < start + BLOCK:
            note = waiting.pop()
            at = int(note.at * RATE) - start
            sound = kept(note.instrument, note.pitch, note.seconds) * np.float32(
                MASTER * gain * note.gain
            )
            dry.add(at, sound)
            wet.add(at, sound * np.float32(SENDS[note.instrument]))
        if voice and start <= voice[0] * RATE < start + BLOCK:
            dry.add(int(voice[0] * RATE) - start, voice[1])
        room = _answer(wet.take())
        dry.add(0, room)
        yield limited(dry.take())[:, : ends - start]
        start += BLOCK


def _end(notes: Iterable[Note], voice: tuple[float, Sound] | None) -> int:
    """Return the sample at which nothing is left to hear."""
    last = max((note.at + note.seconds for note in notes), default=0.0) + 1.6
    if voice:
        last = max(last, voice[0] + voice[1].shape[1] / RATE + 0.5)
    return int(last * RATE)


class _Rolling:
    """A strip of sound that is written ahead of where it is read."""

    def __init__(self) -> None:
        self._strip = silence(4 * BLOCK)

    def add(self, at: int, sound: Sound) -> None:
        missing = at + sound.shape[1] - self._strip.shape[1]
        if missing > 0:
            self._strip = np.concatenate((self._strip, silence(missing)), axis=1)
        self._strip[:, at : at + sound.shape[1]] += sound

    def take(self) -> Sound:
        """Take a block off the front."""
        block = self._strip[:, :BLOCK].copy()
        self._strip[:, :-BLOCK] = self._strip[:, BLOCK:]
        self._strip[:, -BLOCK:] = 0.0
        return block


def _answer(block: Sound) -> Sound:
    """Return what the room says to *block*: a block and a tail."""
    spectrum = np.fft.rfft(block, REACH, axis=1)
    return np.asarray(np.fft.irfft(spectrum * _room(), REACH, axis=1), np.float32)


@lru_cache(maxsize=1)
def _room() -> Sound:
    """Build a small hall out of noise that dies away, highs before lows."""
    noise = np.random.default_rng(21).standard_normal((2, ROOM))
    t = np.arange(ROOM) / RATE
    dark = noise.copy()
    for _ in range(6):
        dark[:, 1:] = (dark[:, 1:] + dark[:, :-1]) / 2
    answer = 0.5 * noise * np.exp(-7.0 * t) + dark * np.exp(-3.4 * t)
    answer[:, : int(0.018 * RATE)] = 0.0
    answer *= 0.9 / np.sqrt((answer**2).sum(axis=1, keepdims=True))
    return np.asarray(np.fft.rfft(answer.astype(np.float32), REACH, axis=1))


def limited(sound: Sound, *, knee: float = 0.6, ceiling: float = 0.85) -> Sound:
    """Leave sound below *knee* alone and bend the rest under *ceiling*."""
    over = np.abs(sound) - np.float32(knee)
    room = np.float32(ceiling - knee)
    bent = np.float32(knee) + room * np.tanh(np.maximum(over, 0) / room)
    return np.where(over > 0, np.copysign(bent, sound), sound).astype(np.float32)
