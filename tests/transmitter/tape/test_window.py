from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings, strategies as st

from groundwave.transmitter.tape.segment import Segment
from groundwave.transmitter.tape.window import FEWEST_SEGMENTS, LiveWindow


def segment(sequence, start, duration=5.0):
    return Segment(sequence, start, duration, False, 1, "ab")


def filled(seconds, count):
    window = LiveWindow(seconds)
    for i in range(count):
        window.add(segment(100 + i, 1000 + 5.0 * i))
    return window


def test_it_holds_no_less_than_it_was_asked_to():
    segments = filled(60, 50).segments

    assert segments[-1].sequence == 149
    assert 60 <= segments[-1].end - segments[0].start < 65


def test_it_never_gets_shorter_than_a_player_holds_back():
    """Whatever the clock says, the last few segments stay."""
    window = filled(60, 50)
    window.add(segment(150, 1e9))

    assert len(window.segments) == FEWEST_SEGMENTS


def test_after_a_pause_only_what_is_recent_stays():
    window = filled(60, 50)
    for i in range(8):
        window.add(segment(150 + i, 9000 + 5.0 * i))

    assert [s.sequence for s in window.segments] == list(range(150, 158))


def test_a_clock_set_back_does_not_make_it_grow():
    window = filled(60, 50)
    for i in range(500):
        window.add(segment(150 + i, -2600 + 5.0 * i))

    assert sum(s.duration for s in window.segments) < 65


def test_it_begins_anew_after_a_missing_segment():
    window = filled(60, 5)
    window.add(segment(106, 1030))

    assert [s.sequence for s in window.segments] == [106]


def test_what_can_no_longer_be_fetched_leaves_with_all_before_it():
    window = filled(60, 5)
    window.forget_through(102)

    assert [s.sequence for s in window.segments] == [103, 104]


steps = st.one_of(
    st.tuples(st.just("add"), st.sampled_from([1, 1, 1, 1, 2]), st.floats(-50, 50)),
    st.tuples(st.just("forget"), st.integers(0, 9), st.just(0.0)),
)


@settings(deadline=None)
@given(steps=st.lists(steps, max_size=80))
def test_it_moves_forward_only_and_has_no_gaps(steps):
    window, sequence, start, before = LiveWindow(30), 100, 0.0, 0
    for verb, number, jump in steps:
        if verb == "add":
            sequence, start = sequence + number, start + 5 + jump
            window.add(segment(sequence, start))
        else:
            window.forget_through(sequence - number)
        listed = [s.sequence for s in window.segments]

        assert all(b == a + 1 for a, b in pairwise(listed))
        assert not listed or (listed[0] >= before and listed[-1] == sequence)
        before = listed[0] if listed else before
