from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, strategies as st

from groundwave.transmitter.arrival import ArrivalClock


BATCH = 0.1


def test_the_first_sound_ended_when_it_arrived():
    assert ArrivalClock().place(0.5, arrived=100.0) == 99.5


@given(st.lists(st.floats(0, 0.4), min_size=2, max_size=200))
def test_frames_never_overlap_and_never_leave_a_gap_however_the_network_jitters(
    delays: list[float],
):
    clock = ArrivalClock()
    arrivals = [100 + i * BATCH + delay for i, delay in enumerate(delays)]
    starts = [clock.place(BATCH, arrived=at) for at in arrivals]
    for before, after in pairwise(starts):
        assert abs(after - before - BATCH) <= BATCH * 0.0051


def test_an_hour_of_crystal_drift_and_jitter_never_accumulates():
    clock, jitter = ArrivalClock(), random.Random(1)
    for i in range(36_000):
        sent = 100 + i * BATCH * 1.0002  # a crystal 200 ppm slow
        start = clock.place(BATCH, arrived=sent + jitter.random() * 0.2)
        if i > 100:
            assert abs(start + BATCH - sent) < 0.15


def test_sound_that_was_lost_moves_the_timeline_once():
    clock = ArrivalClock()
    starts = [clock.place(BATCH, arrived=100 + i * BATCH) for i in range(50)]
    starts += [clock.place(BATCH, arrived=110 + i * BATCH) for i in range(100)]
    jumps = [b - a for a, b in pairwise(starts) if b - a > 2 * BATCH]
    assert len(jumps) == 1
    assert abs(starts[-1] + BATCH - (110 + 99 * BATCH)) < 0.1


def test_a_hiccup_that_is_caught_up_moves_nothing():
    clock = ArrivalClock()
    for i in range(50):
        clock.place(BATCH, arrived=100 + i * BATCH)
    late = [clock.place(BATCH, arrived=107.0) for _ in range(20)]
    assert abs(late[0] - (105 - BATCH)) < 0.05
    assert abs(late[-1] + BATCH - 107.0) < 0.1 + 0.1


def test_a_source_that_pushes_a_file_is_seen_to_be_ahead():
    clock = ArrivalClock()
    for _ in range(100):
        clock.place(BATCH, arrived=100.0)
    assert 8 < clock.ahead(100.0) < 10


def test_sound_that_comes_in_large_helpings_never_overlaps_by_half_a_frame():
    clock = ArrivalClock()
    starts = [clock.place(4.0, arrived=100.0) for _ in range(20)]
    for before, after in pairwise(starts):
        assert abs(after - before - 4.0) < 0.005
