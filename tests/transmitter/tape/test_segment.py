from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.transmitter.tape.errors import NameUnsafe
from groundwave.transmitter.tape.segment import Segment, hour_of, named, safe_name


@settings(deadline=None)
@given(sequence=st.integers(0, 10**12), microseconds=st.integers(0, 10**15))
def test_a_name_tells_the_sequence_number_and_the_hour(sequence, microseconds):
    start = round(microseconds / 1e6, 6)
    segment = Segment(sequence, start, 4.992, False, 0, "ab")

    assert named(segment.name) == (sequence, segment.hour)
    assert segment.hour == hour_of(start) == microseconds // 3_600_000_000


def test_the_same_number_at_another_time_has_another_name():
    """A crash may lose numbers, a wiped disk all of them; no name comes twice."""
    before, after = (Segment(7, at, 4.992, True, 0, "ab") for at in (1e9, 1e9 + 0.01))

    assert before.name != after.name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "7",
        "7-",
        "-7",
        "7-x",
        "\uff17-1",
        "7-1-1",
        "7-1\n",
        "../7-1",
        "7-" + "9" * 15,
    ],
)
def test_what_is_no_segment_name_names_nothing(name):
    assert named(name) is None


@pytest.mark.parametrize("name", ["high", "kgnd-hd2", "a" * 64, "0_low"])
def test_the_names_of_stations_and_renditions_are_safe(name):
    assert safe_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "/etc",
        "a\0b",
        "High",
        "-a",
        "_a",
        "a\n",
        "é",
        "a" * 65,
    ],
)
def test_a_hostile_name_is_refused_in_a_sentence(name):
    with pytest.raises(NameUnsafe, match="cannot name a folder on the tape; use"):
        safe_name(name)
