from __future__ import annotations

import numpy as np
import pytest

from groundwave.project.demo.catalogue import PIECES
from groundwave.project.demo.composing import Note, compose
from groundwave.project.demo.instruments import Instrument
from groundwave.project.demo.mixing import BLOCK, limited, mix
from groundwave.project.demo.sound import RATE, db


def rms_dbfs(sound: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64))))


@pytest.fixture(scope="module", params=PIECES[::3], ids=lambda piece: piece.name)
def rendered(request: pytest.FixtureRequest) -> np.ndarray:
    piece = request.param
    return np.concatenate(list(mix(compose(piece), gain=db(piece.gain_db))), axis=1)


def test_a_piece_is_as_loud_as_the_others(rendered):
    assert rms_dbfs(rendered) == pytest.approx(-19.5, abs=1.5)


def test_nothing_clips(rendered):
    assert np.abs(rendered).max() < 0.86


def test_there_is_never_a_second_of_silence(rendered):
    whole = rendered[:, : rendered.shape[1] // RATE * RATE]
    seconds = np.split(whole, whole.shape[1] // RATE, axis=1)

    assert min(rms_dbfs(second) for second in seconds[:-2]) > -45


def test_it_is_not_mono_and_leans_to_no_side(rendered):
    left, right = rendered

    assert np.std(left - right) > 0.05 * np.std(left)
    assert rms_dbfs(left) == pytest.approx(rms_dbfs(right), abs=1.5)


def test_the_same_notes_are_the_same_sound():
    notes = compose(PIECES[0])[:100]

    for one, other in zip(mix(notes), mix(notes), strict=True):
        assert np.array_equal(one, other)


def test_a_note_that_crosses_a_block_is_whole():
    """What a note sounds like does not depend on where the blocks are cut."""
    early = [Note(1.0, Instrument.BASS, 40, 1.0, 1.0)]
    late = [Note(BLOCK / RATE - 0.5, Instrument.BASS, 40, 1.0, 1.0)]
    one = np.concatenate(list(mix(early)), axis=1)
    other = np.concatenate(list(mix(late)), axis=1)
    shift = int(late[0].at * RATE) - RATE

    span = slice(RATE, RATE + 2 * RATE)
    moved = slice(span.start + shift, span.stop + shift)
    assert np.allclose(one[:, span], other[:, moved], atol=1e-4)


def test_the_voice_is_heard_when_it_should_be():
    voice = np.full((2, RATE), 0.25, np.float32)
    sound = np.concatenate(list(mix([], voice=(2.0, voice))), axis=1)

    assert np.array_equal(np.flatnonzero(sound[0])[[0, -1]], [2 * RATE, 3 * RATE - 1])


def test_the_limiter_leaves_alone_what_is_quiet_and_stops_what_is_not():
    sound = np.array([[0.0, 0.5, -0.5, 0.9, -5.0]], np.float32)
    bent = limited(sound)

    assert np.array_equal(bent[:, :3], sound[:, :3])
    assert np.abs(bent).max() <= 0.85
    assert bent[0, 3] > 0.6 > 0 > bent[0, 4]
