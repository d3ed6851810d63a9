from __future__ import annotations

from groundwave.transmitter.health import BREAK_SECONDS, Health


def test_sound_with_short_holes_counts_as_unbroken():
    health = Health()
    for now in (100.0, 101.9, 103.8):
        health.sounds(now, until=now)
    assert (health.sounding_since, health.heard_at) == (100.0, 103.8)
    now = 103.9 + BREAK_SECONDS
    health.sounds(now, until=now)
    assert health.sounding_since == now


def test_a_source_that_is_made_to_wait_is_there_for_as_long_as_its_sound_lasts():
    health = Health()
    health.sounds(100.0, until=109.0)
    assert health.heard_at == 109.0
    health.sounds(109.9, until=110.0)
    assert (health.sounding_since, health.heard_at) == (100.0, 110.0)


def test_sound_that_comes_late_is_heard_when_it_comes():
    health = Health()
    health.sounds(100.0, until=99.5)
    assert health.heard_at == 100.0


def test_silence_counts_from_where_it_began_and_ends_the_unbroken_sound():
    health = Health()
    health.sounds(100.0, until=100.0)
    health.measured(-80.0, silent=True, since=100.5, now=101.0)
    health.measured(-80.0, silent=True, since=101.0, now=101.5)
    assert health.silent_since == 100.5
    health.measured(-80.0, silent=True, since=101.5, now=103.0)
    health.measured(-12.0, silent=False, since=103.0, now=103.5)
    assert health.silent_since is None
    assert health.sounding_since == 103.5
    assert health.level_dbfs == -12.0


def test_speech_behind_a_noise_gate_counts_as_unbroken():
    health = Health()
    health.sounds(100.0, until=100.0)
    for at in range(100, 110):
        health.measured(-12.0, silent=False, since=at, now=at + 0.6)
        health.measured(-80.0, silent=True, since=at + 0.6, now=at + 1)
    health.measured(-12.0, silent=False, since=110.0, now=110.5)
    assert (health.silent_since, health.sounding_since) == (None, 100.0)


def test_sound_that_comes_late_is_known_to_be_behind():
    health = Health()
    health.sounds(100.0, until=97.5)
    health.sounds(100.0, until=97.3)  # of another output
    assert (health.heard_at, health.ends_at) == (100.0, 97.5)


def test_a_level_alone_changes_nothing_else():
    health = Health()
    health.sounds(100.0, until=100.0)
    health.measured(-12.0, silent=False, since=100.0, now=100.5)
    assert (health.silent_since, health.sounding_since) == (None, 100.0)


def test_a_level_is_of_now_or_not_known():
    health = Health()
    assert health.level(100.0) is None
    health.measured(-12.0, silent=False, since=99.6, now=100.0)
    assert health.level(100.0) == health.level(100.0 + BREAK_SECONDS) == -12.0
    assert health.level(100.1 + BREAK_SECONDS) is None


def test_a_source_is_heard_until_a_break():
    health = Health()
    assert not health.is_heard(100.0)
    health.sounds(100.0, until=101.0)
    assert health.is_heard(101.0 + BREAK_SECONDS)
    assert not health.is_heard(101.1 + BREAK_SECONDS)
