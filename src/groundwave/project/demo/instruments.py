"""
The band: each instrument turns a pitch and a length into sound.

A note is made from its arguments alone, so the same note is always the same
sound and a player can keep it for the next time it is called for.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from groundwave.project.demo.sound import RATE, Sound, frequency


Wave: TypeAlias = NDArray[np.float32]

# What a string loses of its edge at each turn; 0.5 is a string of wool.
DULLING = 0.22


class Instrument(StrEnum):
    """Who is in the band."""

    GUITAR = "guitar"
    PIANO = "electric piano"
    VIBES = "vibraphone"
    PAD = "strings"
    BASS = "bass"
    SHAKER = "shaker"


def play(instrument: Instrument, pitch: int, seconds: float) -> Sound:
    """Play one note; its ring may outlast *seconds*."""
    return PLAYERS[instrument](pitch, seconds)


def guitar(pitch: int, seconds: float) -> Sound:
    """
    Pluck a nylon string (Karplus and Strong's way).

    The string is tuned by resampling: a delay line holds a whole number of
    samples, and at the top of the neck a sample is a fifth of a semitone.
    """
    period = round(RATE / frequency(pitch) - DULLING)
    length = int((seconds + 1.2) * RATE)
    string = _pluck(period, pitch)
    loss = 10.0 ** (-3.0 * period / RATE / 6.0)
    turns = [string]
    for _ in range(length // period + 1):
        before = np.concatenate((turns[-1][:1], turns[-1][:-1]))
        if len(turns) > 1:
            before[0] = turns[-2][-1]
        turn = (1 - DULLING) * turns[-1] + DULLING * before
        turns.append((loss * turn).astype(np.float32))
    rung = np.concatenate(turns)
    in_tune = frequency(pitch) * (period + DULLING) / RATE
    wave = np.interp(np.arange(length) * in_tune, np.arange(rung.size), rung)
    return _spread(_damped(wave.astype(np.float32), seconds, release=0.35), pitch)


def _pluck(period: int, pitch: int) -> Wave:
    """Displace the string a fifth of its length from the bridge, with a soft thumb."""
    noise = np.random.default_rng(pitch).uniform(-1, 1, period)
    for _ in range(3):
        noise = (noise + np.roll(noise, 1)) / 2
    plucked = noise - np.roll(noise, max(1, period // 5))
    plucked -= plucked.mean()
    return np.asarray(0.55 * plucked / np.abs(plucked).max(), np.float32)


def piano(pitch: int, seconds: float) -> Sound:
    """Strike a tine: one oscillator bends another, brighter while it is fresh."""
    t = _time(seconds + 0.5)
    turn = np.float32(2 * np.pi * frequency(pitch)) * t
    bark = np.float32(1.5) * np.exp(-3.0 * t)
    tine = np.float32(0.12) * np.exp(-9.0 * t) * np.sin(7.0 * turn)
    body = np.sin(turn + bark * np.sin(turn)) + tine
    wave = 0.42 * body * np.exp(-1.3 * t) * _attack(t, 0.004)
    tremolo = np.float32(0.22) * np.sin(np.float32(2 * np.pi * 4.6) * t)
    sound = np.stack((wave * (1 + tremolo), wave * (1 - tremolo)))
    return _damped(sound.astype(np.float32), seconds, release=0.3)


def vibes(pitch: int, seconds: float) -> Sound:
    """Strike a bar: its fundamental, its double octave and a slow motor."""
    t = _time(seconds + 1.4)
    turn = np.float32(2 * np.pi * frequency(pitch)) * t
    wave = (
        np.exp(-1.5 * t) * np.sin(turn)
        + 0.22 * np.exp(-5.0 * t) * np.sin(4.0 * turn)
        + 0.05 * np.exp(-14.0 * t) * np.sin(9.9 * turn)
    )
    motor = 1 + np.float32(0.18) * np.sin(np.float32(2 * np.pi * 3.4) * t)
    wave = 0.42 * wave * motor * _attack(t, 0.003)
    return _spread(_damped(wave.astype(np.float32), seconds, release=1.2), pitch)


def pad(pitch: int, seconds: float) -> Sound:
    """Bow a section of strings: three players a side, none quite in tune."""
    t = _time(seconds + 1.6)
    swell = np.minimum(t / 1.1, 1.0) ** 2
    sides = []
    for detunes in ((-0.06, 0.01, 0.05), (-0.04, 0.02, 0.07)):
        side = np.zeros_like(t)
        for voice, detune in enumerate(detunes):
            turn = np.float32(2 * np.pi * frequency(pitch + detune)) * t + voice
            for harmonic in range(1, 6):
                side += np.sin(harmonic * turn) / np.float32(harmonic**1.9)
        sides.append(0.085 * side * swell)
    return _damped(np.stack(sides).astype(np.float32), seconds, release=1.5)


def bass(pitch: int, seconds: float) -> Sound:
    """Pull a string of an upright bass."""
    t = _time(seconds + 0.2)
    turn = np.float32(2 * np.pi * frequency(pitch)) * t
    wave = (
        np.sin(turn)
        + 0.45 * np.exp(-2.5 * t) * np.sin(2 * turn)
        + 0.22 * np.exp(-5.0 * t) * np.sin(3 * turn)
    )
    wave = 0.38 * wave * np.exp(-1.1 * t) * _attack(t, 0.009)
    mono = _damped(wave.astype(np.float32), seconds, release=0.15)
    return np.stack((mono, mono))


def shaker(pitch: int, seconds: float) -> Sound:
    """Shake a handful of seeds once."""
    noise = np.random.default_rng(pitch).uniform(-1, 1, int(0.12 * RATE))
    t = _time(0.12)[: noise.size]
    bright = np.diff(np.diff(noise), prepend=0.0, append=0.0)
    wave = 0.12 * bright * np.exp(-38.0 * t) * np.minimum(t / 0.012, 1.0)
    return _spread(wave.astype(np.float32), pitch)


PLAYERS: dict[Instrument, Callable[[int, float], Sound]] = {
    Instrument.GUITAR: guitar,
    Instrument.PIANO: piano,
    Instrument.VIBES: vibes,
    Instrument.PAD: pad,
    Instrument.BASS: bass,
    Instrument.SHAKER: shaker,
}


def _time(seconds: float) -> Wave:
    return np.arange(int(seconds * RATE), dtype=np.float32) / np.float32(RATE)


def _attack(t: Wave, seconds: float) -> Wave:
    return np.asarray(np.minimum(t / seconds, 1.0), np.float32)


def _damped(sound: Sound, seconds: float, *, release: float) -> Sound:
    """Let the hand come down after *seconds*, and the sound go in *release*."""
    samples = sound.shape[-1]
    held = min(int(seconds * RATE), samples)
    going = min(int(release * RATE), samples - held)
    shape = np.zeros(samples, np.float32)
    shape[:held] = 1.0
    shape[held : held + going] = np.linspace(1.0, 0.0, going, dtype=np.float32) ** 2
    return np.asarray(sound * shape, np.float32)


def _spread(wave: Wave, pitch: int) -> Sound:
    """Place a note between the ears by its pitch, as a keyboard lies."""
    lean = np.float32(0.14 * np.clip((pitch - 69) / 20.0, -1.0, 1.0))
    return np.stack((wave * (1 - lean), wave * (1 + lean)))
