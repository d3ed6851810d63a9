from __future__ import annotations

from hypothesis import given, strategies as st

from groundwave.transmitter.shelf import Shelf
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame


FRAME_SECONDS = 1152 / 44100
FRAME = Frame(b"sound", 1152, 44100, 2, 128, independent=True)


def frames(first: int, count: int) -> list[StampedFrame]:
    return [
        StampedFrame(FRAME, number * FRAME_SECONDS)
        for number in range(first, first + count)
    ]


def shelf_of(count: int, *, seconds: float) -> Shelf:
    shelf = Shelf(seconds)
    for first in range(0, count, 4):
        shelf.add(frames(first, min(4, count - first)))
    return shelf


@given(st.integers(1, 500), st.floats(0.1, 10))
def test_the_last_seconds_are_kept_and_no_more(count: int, seconds: float):
    shelf = shelf_of(count, seconds=seconds)
    newest = (count - 1) * FRAME_SECONDS
    kept = [stamped.at for stamped in shelf.since(0.0)]
    assert kept[-1] == newest
    assert kept[0] >= newest - seconds
    assert len(kept) == min(count, len(shelf)) >= min(count, seconds // FRAME_SECONDS)


@given(st.floats(0, 4.9))
def test_what_is_taken_from_the_shelf_begins_at_the_instant_to_half_a_frame(
    instant: float,
):
    (first, *_) = shelf_of(200, seconds=60).since(instant)
    assert abs(first.at - instant) <= FRAME_SECONDS / 2 + 1e-9


def test_a_shelf_gives_what_it_has_when_more_is_asked_for():
    shelf = shelf_of(1000, seconds=1)
    assert next(iter(shelf.since(0.0))).at > 24
    assert list(shelf.since(1e9)) == []
    assert list(Shelf(5).since(0.0)) == []


def test_taking_leaves_the_shelf_as_it_was():
    shelf = shelf_of(50, seconds=60)
    assert list(shelf.since(0.5)) == list(shelf.since(0.5))
    assert len(shelf) == 50
