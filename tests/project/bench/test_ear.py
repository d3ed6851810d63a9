from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.project.bench.ear import INAUDIBLE_SECONDS, Ear


BYTERATE = 16_000


def test_a_burst_is_played_from_its_first_byte_and_then_there_is_silence():
    ear = Ear(BYTERATE)
    ear.hear(4 * BYTERATE, 10.0)

    ear.play(14.0)
    assert (ear.gaps, ear.silence) == (0, 0.0)

    ear.play(15.5)
    assert (ear.gaps, ear.silence) == (1, pytest.approx(1.5))


def test_a_silence_looked_at_often_is_one_gap():
    ear = Ear(BYTERATE)
    ear.hear(BYTERATE, 0.0)
    for now in (1.0, 1.5, 2.0, 3.0):
        ear.play(now)
    ear.hear(BYTERATE, 4.0)

    assert ear.gaps == 1
    assert ear.silence == ear.longest == pytest.approx(3.0)


def test_after_a_silence_the_player_goes_on_where_it_stopped():
    ear = Ear(BYTERATE)
    ear.hear(BYTERATE, 0.0)
    ear.hear(BYTERATE, 3.0)
    ear.play(4.0)

    assert ear.gaps == 1
    assert ear.silence == pytest.approx(2.0)
    assert ear.buffered(4.0) == pytest.approx(0.0)


def test_two_silences_are_two_gaps_and_the_longest_is_remembered():
    ear = Ear(BYTERATE)
    ear.hear(BYTERATE, 0.0)
    ear.hear(BYTERATE, 4.0)
    ear.hear(BYTERATE, 6.0)

    assert (ear.gaps, ear.longest) == (2, pytest.approx(3.0))


def test_the_first_second_is_complete_with_its_last_byte():
    ear = Ear(BYTERATE)
    ear.hear(BYTERATE - 1, 0.25)
    assert (ear.first_at, ear.second_at) == (0.25, None)

    ear.hear(1, 0.5)
    assert ear.second_at == 0.5


def test_before_the_first_byte_nothing_is_missed():
    ear = Ear(BYTERATE)
    ear.play(1000.0)

    assert (ear.gaps, ear.buffered(1000.0)) == (0, 0.0)


pieces = st.lists(
    st.tuples(st.integers(1, 5 * BYTERATE), st.floats(0.0, 5.0)), min_size=1
)


@given(pieces)
def test_what_was_played_and_what_was_silent_is_all_the_time_there_was(pieces):
    ear, now = Ear(BYTERATE), 0.0
    for count, pause in pieces:
        ear.hear(count, now)
        now += pause
    ear.play(now)

    assert ear.buffered(now) >= -INAUDIBLE_SECONDS
    assert ear.silence + ear.sound / BYTERATE >= now - INAUDIBLE_SECONDS
    assert 0.0 <= ear.longest <= ear.silence <= now


@given(st.lists(st.floats(0.0, 1.0), max_size=50))
def test_sound_that_comes_before_it_is_due_is_never_missed(jitter):
    ear = Ear(BYTERATE)
    ear.hear(BYTERATE, 0.0)
    for second, late in enumerate(jitter):
        ear.hear(BYTERATE, second + late)

    assert ear.gaps == 0
