from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.tape.cutter import LATE_SECONDS, Cut, Cutter


FULL = 215  # frames of 1024 at 44.1 kHz: 4.992 s, nearest to five
FRAME = 1024 / 44100
BOTH = ("high", "low")


def fed(cutter, high, low=()):
    """Everything cut from whole lines, given a second at a time, then flushed."""
    cuts = []
    for start in range(0, max(len(high), len(low)), 43):
        cuts += cutter.append("high", high[start : start + 43])
        cuts += cutter.append("low", low[start : start + 43])
    return cuts + list(cutter.flush())


def payloads(cut: Cut, rendition: str) -> list[bytes]:
    return [stamped.frame.data[7:] for stamped in cut.frames[rendition]]


def is_own(cut: Cut, rendition: str) -> bool:
    return cut.frames[rendition][0].frame.data[7:].startswith(rendition.encode())


def test_a_segment_is_the_number_of_frames_nearest_to_five_seconds(sound):
    cuts = Cutter(["high"]).append("high", sound.frames(3 * FULL))

    assert [len(cut.frames["high"]) for cut in cuts] == [FULL] * 3
    assert [cut.start for cut in cuts] == pytest.approx(
        [sound.noon + i * FULL * FRAME for i in range(3)]
    )
    assert cuts[0].seconds == pytest.approx(4.992, abs=0.001)


def test_both_renditions_are_cut_at_the_same_instants(sound):
    high, low = (sound.frames(3 * FULL, mark=name) for name in BOTH)

    for number, cut in enumerate(fed(Cutter(BOTH), high, low)):
        for name in BOTH:
            assert payloads(cut, name) == [
                f"{name}:{number * FULL + i}".encode() for i in range(FULL)
            ]


deliveries = st.lists(st.integers(1, 80), min_size=30, max_size=30)


@settings(deadline=None, max_examples=40)
@given(high_sizes=deliveries, low_sizes=deliveries)
def test_how_frames_arrive_does_not_matter(sound, high_sizes, low_sizes):
    """As long as one rendition is not late, the same segments come out."""
    lines = {name: sound.frames(700, mark=name) for name in BOTH}
    sizes = {"high": iter(high_sizes), "low": iter(low_sizes)}
    cutter, taken, cuts = Cutter(BOTH), {"high": 0, "low": 0}, []
    while any(taken[name] < 700 for name in BOTH):
        # Whoever is behind delivers next: at most 80 frames, 1.9 s, apart.
        name = min(BOTH, key=taken.__getitem__)
        size = next(sizes[name], 80)
        cuts += cutter.append(name, lines[name][taken[name] : taken[name] + size])
        taken[name] += size

    assert [*cuts, *cutter.flush()] == fed(Cutter(BOTH), lines["high"], lines["low"])


@settings(deadline=None, max_examples=40)
@given(sizes=st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_a_lone_rendition_is_recorded_whole(sound, sizes):
    line = sound.frames(sum(sizes))
    cutter, cuts, at = Cutter(["high"]), [], 0
    for size in sizes:
        cuts += cutter.append("high", line[at : at + size])
        at += size
    cuts += cutter.flush()

    assert [stamped for cut in cuts for stamped in cut.frames["high"]] == line


@st.composite
def faulty_lines(draw):
    """Two renditions of 20 s: offset, drifting, with frames lost and jumps."""

    def line(name: str) -> list[tuple[str, float]]:
        at = draw(st.floats(0, 0.2))
        drift = draw(st.floats(-0.005, 0.005))
        lost = draw(st.sets(st.integers(0, 859), max_size=6))
        gap_at = draw(st.integers(1, 1200))
        gap = draw(st.sampled_from([0, 0.05, 0.3, 7, -3600]))
        frames = []
        for i in range(860):
            at += gap if i == gap_at else 0
            if i not in lost:
                frames.append((f"{name}:{i}", at))
            at += FRAME + drift
        return frames

    return line("high"), line("low")


@settings(deadline=None, max_examples=40)
@given(lines=faulty_lines())
def test_the_renditions_of_a_segment_always_fit_each_other(sound, lines):
    high, low = (
        [StampedFrame(sound.frame(p.encode()), sound.noon + at) for p, at in line]
        for line in lines
    )
    cuts = fed(Cutter(BOTH), high, low)

    assert cuts
    for cut in cuts:
        assert len(cut.frames["high"]) == len(cut.frames["low"]) <= FULL
        for frames in cut.frames.values():
            assert abs(frames[0].at - cut.start) <= FRAME
            assert all(abs(b.at - a.ends_at) <= 0.1 for a, b in pairwise(frames)), (
                "a segment has a break inside"
            )
    assert_own_frames_in_order(cuts)


def assert_own_frames_in_order(cuts: Sequence[Cut]) -> None:
    for name in BOTH:
        own = [
            int(payload.split(b":")[1])
            for cut in cuts
            for payload in payloads(cut, name)
            if payload.startswith(name.encode())
        ]
        assert own == sorted(set(own)), "a frame was heard twice or out of order"


def test_decode_time_counts_samples_through_everything_but_a_discontinuity(sound):
    """Stamps that are pulled along by a slow wall clock move no sound."""
    line = [
        StampedFrame(stamped.frame, stamped.at + i * 0.004)
        for i, stamped in enumerate(sound.frames(4 * FULL))
    ]
    cuts = fed(Cutter(["high", "low"]), line, line)

    assert [cut.discontinuity for cut in cuts] == [True, False, False, False]
    assert cuts[0].decode_time == round(sound.noon * 44100)
    assert [b.decode_time - a.decode_time for a, b in pairwise(cuts)] == [
        FULL * 1024
    ] * 3
    assert cuts[3].start - cuts[0].start > 3 * FULL * (FRAME + 0.0039)


def test_a_jump_ends_the_segment_and_begins_another_timeline(sound):
    cut_off_at, silence = 300, 12.0
    lines = {
        name: sound.frames(cut_off_at, mark=name)
        + sound.frames(FULL, sound.noon + silence, mark=name, first=cut_off_at)
        for name in BOTH
    }
    full, short, resumed = fed(Cutter(BOTH), lines["high"], lines["low"])

    assert (full.discontinuity, short.discontinuity) == (True, False)
    assert len(short.frames["high"]) == cut_off_at - FULL
    assert resumed.discontinuity
    assert resumed.start == sound.noon + silence + cut_off_at * FRAME
    assert resumed.decode_time == round(resumed.start * 44100)
    assert is_own(resumed, "low")


@pytest.mark.parametrize("jump", [0.11, -0.11, 3600.0, -3600.0])
def test_more_than_a_tenth_of_a_second_is_a_jump(sound, jump):
    line = sound.frames(100) + sound.frames(100, sound.noon + jump, first=100)

    assert [cut.discontinuity for cut in fed(Cutter(BOTH), line, line)] == [True, True]


@pytest.mark.parametrize("jump", [0.09, -0.09])
def test_less_than_a_tenth_of_a_second_is_no_jump(sound, jump):
    line = sound.frames(100) + sound.frames(100, sound.noon + jump, first=100)
    (cut,) = fed(Cutter(BOTH), line, line)

    assert len(cut.frames["high"]) == 200


def test_another_configuration_begins_another_timeline(sound):
    line = sound.frames(100) + sound.frames(100, first=100, channels=1)
    stereo, mono = fed(Cutter(BOTH), line, line)

    assert mono.discontinuity
    assert (stereo.channels, mono.channels) == (2, 1)
    assert stereo.config != mono.config


def test_a_rendition_with_another_configuration_is_filled(sound):
    """All renditions of a segment can be played after the same init segment."""
    high = sound.frames(FULL, mark="high")
    low = sound.frames(FULL, mark="low", channels=1)

    (cut,) = fed(Cutter(BOTH), high, low)

    assert payloads(cut, "low") == payloads(cut, "high")


def test_a_missing_rendition_is_filled_with_the_leader(sound):
    cutter, cuts = Cutter(BOTH), []
    for at in range(0, 4 * FULL, 10):
        cuts += cutter.append("high", sound.frames(10, mark="high", first=at))

    assert len(cuts) == 3
    assert not any(is_own(cut, "low") for cut in cuts)
    assert not any(cut.discontinuity for cut in cuts[1:])


def test_nobody_waits_longer_than_two_seconds_for_a_missing_rendition(sound):
    cutter = Cutter(BOTH)
    delivered = 0
    while not cutter.append("high", sound.frames(2, first=delivered)):
        delivered += 2

    waited = (delivered - FULL) * FRAME
    assert LATE_SECONDS <= waited < LATE_SECONDS + 0.1


def test_a_rendition_that_comes_back_is_heard_from_the_next_segment(sound):
    cutter, cuts = Cutter(BOTH), []
    for at in range(0, 6 * FULL, 43):
        cuts += cutter.append("high", sound.frames(43, mark="high", first=at))
        if not 100 < at < 400:
            cuts += cutter.append("low", sound.frames(43, mark="low", first=at))

    assert [is_own(cut, "low") for cut in cuts][:5] == [False, False, True, True, True]
    assert_own_frames_in_order(cuts)


def test_a_burst_makes_nobody_late(sound):
    """A warm source's shelf comes at once, one rendition after the other."""
    cutter = Cutter(BOTH)
    assert not cutter.append("high", sound.frames(3 * FULL, mark="high"))
    cuts = cutter.append("low", sound.frames(3 * FULL, mark="low"))

    assert [is_own(cut, "low") for cut in cuts] == [True] * 3


def test_when_the_leader_falls_silent_another_leads(sound):
    cutter, cuts = Cutter(BOTH), []
    for at in range(0, 8 * FULL, 43):
        if at < 500:
            cuts += cutter.append("high", sound.frames(43, mark="high", first=at))
        cuts += cutter.append("low", sound.frames(43, mark="low", first=at))

    assert [is_own(cut, "high") for cut in cuts] == [True, True] + [False] * 5
    assert all(is_own(cut, "low") for cut in cuts)
    assert not any(cut.discontinuity for cut in cuts[1:])
    assert_own_frames_in_order(cuts)


def test_a_codec_that_starts_again_a_few_frames_apart_costs_one_filled_segment(sound):
    later = sound.noon + 3.0
    high = sound.frames(100, mark="high") + sound.frames(
        3 * FULL, later, mark="high", first=100
    )
    low = sound.frames(97, mark="low") + sound.frames(
        3 * FULL, later, mark="low", first=104
    )
    cuts = fed(Cutter(BOTH), high, low)

    assert [is_own(cut, "low") for cut in cuts] == [False, False, True, True]
    assert [cut.discontinuity for cut in cuts] == [True, True, False, False]


def test_the_clock_stepped_back_costs_no_rendition_its_sound(sound):
    lines = {
        name: sound.frames(300, mark=name)
        + sound.frames(2 * FULL, sound.noon - 3600, mark=name, first=300)
        for name in BOTH
    }
    cuts = fed(Cutter(BOTH), lines["high"], lines["low"])

    assert [cut.discontinuity for cut in cuts] == [True, False, True, False]
    assert all(is_own(cut, name) for cut in cuts for name in BOTH)


def test_memory_does_not_grow_with_a_rendition_that_never_fits(sound):
    cutter = Cutter(BOTH)
    for at in range(0, 40 * FULL, 43):
        cutter.append("high", sound.frames(43, first=at))
        cutter.append("low", sound.frames(43, sound.noon - 500, first=at))

    assert sum(map(len, cutter._lanes.values())) < 4 * FULL


@settings(deadline=None, max_examples=40)
@given(
    deliveries=st.lists(
        st.tuples(st.sets(st.sampled_from(BOTH), min_size=1), st.integers(1, 20)),
        min_size=1,
        max_size=25,
    )
)
def test_whoever_comes_and_goes_nothing_waits_for_long(sound, deliveries):
    """Renditions drop out and come back as they like; the others go on."""
    cutter, at, delivery = Cutter(BOTH), 0, 1.0
    for present, steps in deliveries:
        for _ in range(steps):
            for name in sorted(present):
                cutter.append(name, sound.frames(43, mark=name, first=at))
            at += 43
            assert (
                max(lane.seconds for lane in cutter._lanes.values())
                < 5 + 2 + 2 * delivery
            )
