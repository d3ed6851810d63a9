from __future__ import annotations

from hypothesis import given, strategies as st

from groundwave.transmitter.reel import Reel
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame
from groundwave.wire.icy import metadata_block


FRAME_SECONDS = 1152 / 44100


def frames(first: int, count: int, *, independent: bool = True) -> list[StampedFrame]:
    return [
        StampedFrame(
            Frame(
                data=number.to_bytes(4, "big") * 4,
                samples=1152,
                sample_rate=44100,
                channels=2,
                bitrate_kbps=128,
                independent=independent,
            ),
            at=number * FRAME_SECONDS,
        )
        for number in range(first, first + count)
    ]


def reel_of(count: int, *, seconds: float = 30.0) -> Reel:
    reel = Reel(seconds)
    for first in range(0, count, 4):
        reel.append(frames(first, min(4, count - first)))
    return reel


@given(st.integers(0, 1599), st.integers(1, 600))
def test_any_span_is_the_bytes_that_were_appended(start: int, length: int):
    reel = reel_of(100)
    everything = b"".join(s.frame.data for s in frames(0, 100))
    end = min(start + length, reel.end)
    assert reel.span(start, end) == everything[start:end]


def test_a_listener_starts_the_burst_before_the_live_edge_and_on_a_frame():
    reel = reel_of(1000)
    start = reel.tune_in(4.0, now=reel.ends_at)
    number = int.from_bytes(reel.span(start, start + 4), "big")
    assert start % 16 == 0
    assert 3.9 < (1000 - number) * FRAME_SECONDS < 4.3


def test_sound_that_came_early_is_no_part_of_the_burst():
    reel = reel_of(1000)
    now = reel.ends_at - 5.0  # an encoder that fills buffers when it connects
    start = reel.tune_in(4.0, now=now)
    number = int.from_bytes(reel.span(start, start + 4), "big")
    assert 3.9 < now - number * FRAME_SECONDS < 4.3
    behind = reel_of(1000)
    assert behind.tune_in(4.0, now=behind.ends_at + 1) == behind.tune_in(
        4.0, now=behind.ends_at
    )


def test_a_listener_starts_on_a_frame_that_decodes_by_itself_where_one_is_near():
    reel = Reel(30)
    reel.append(frames(0, 10, independent=False))
    reel.append(frames(10, 10, independent=True))
    reel.append(frames(20, 10, independent=False))
    assert reel.tune_in(0.3, now=reel.ends_at) == 10 * 16


def test_what_is_older_than_the_reel_is_forgotten():
    reel = reel_of(4000, seconds=10)
    kept = (reel.end - reel.start) / 16 * FRAME_SECONDS
    assert 10 <= kept < 12
    assert reel.span(reel.start, reel.end)[-4:] == (3999).to_bytes(4, "big")


def test_an_empty_reel_lets_listeners_wait_at_its_edge():
    reel = Reel(10)
    assert reel.tune_in(4, now=0.0) == reel.end == 0


def test_a_title_belongs_to_the_sound_that_follows_it():
    reel = reel_of(40)
    changed_at = reel.end
    reel.entitle("Second")
    reel.append(frames(40, 40))
    assert reel.title_at(changed_at - 1) == metadata_block("")
    assert reel.title_at(changed_at) == metadata_block("Second")


def test_titles_of_forgotten_sound_are_forgotten_but_the_current_one():
    reel = Reel(5)
    for number in range(0, 4000, 4):
        reel.entitle(f"Title {number}")
        reel.append(frames(number, 4))
    assert reel.title_at(reel.start) != metadata_block("")
    assert len(reel._titles) < 100
