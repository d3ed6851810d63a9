from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.project.bench.trend import Trend


def test_a_steady_rise_is_found_through_noise():
    at = [5.0 * number for number in range(181)]
    noise = 0.5
    trend = Trend.through(at, [50 + t / 300 + (noise := -noise) for t in at])

    assert trend.growth == pytest.approx(3.0, abs=0.1)
    assert trend.per_hour == pytest.approx(12.0, abs=0.3)
    assert trend.level == pytest.approx(51.5, abs=0.1)


def test_what_comes_and_goes_evenly_is_flat():
    at = [float(number) for number in range(100)]
    trend = Trend.through(at, [300 + 40 * (number % 2) for number in range(100)])

    assert abs(trend.growth) < 0.01 * trend.level


def test_too_little_to_tell_is_flat():
    assert Trend.through([], []) == Trend(0.0, 0.0, 0.0)
    assert Trend.through([5.0], [42.0]) == Trend(42.0, 0.0, 0.0)


@given(st.floats(0, 1e9), st.integers(2, 50))
def test_what_stays_the_same_does_not_grow(value, count):
    trend = Trend.through([5.0 * number for number in range(count)], [value] * count)

    assert trend.growth == pytest.approx(0.0, abs=1e-3)
    assert trend.level == pytest.approx(value)
