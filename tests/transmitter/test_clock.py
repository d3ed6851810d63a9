from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine

from groundwave.transmitter.clock import Clock


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_stepped_wall_clock_moves_wall_time_and_never_the_air():
    with time_machine.travel(NOON, tick=True) as traveller:
        clock = Clock()
        before = clock.air()
        traveller.move_to(NOON + timedelta(hours=1))
        step = clock.heed()
        assert abs(step - 3600) < 1
        assert clock.air() - before < 5
        assert abs(clock.now() - NOON - timedelta(hours=1)) < timedelta(seconds=5)


def test_a_wall_clock_set_back_is_followed_too():
    with time_machine.travel(NOON, tick=True) as traveller:
        clock = Clock()
        traveller.move_to(NOON - timedelta(hours=1))
        assert clock.unix_at(clock.air()) > NOON.timestamp() - 1
        assert abs(clock.heed() + 3600) < 1
        assert clock.unix() < NOON.timestamp() - 3590


def test_a_small_error_is_followed_slowly_so_that_segments_never_jump():
    with time_machine.travel(NOON, tick=True) as traveller:
        clock = Clock()
        traveller.move_to(NOON + timedelta(seconds=0.5))
        before = clock.unix_at(100)
        assert clock.heed() == 0.0
        assert 0 <= clock.unix_at(100) - before < 0.01
