from __future__ import annotations

from hypothesis import given, strategies as st

from groundwave.project.bench.orders import Spread


def test_percentiles_are_waits_that_someone_had():
    waits = [float(number) for number in range(1, 101)]

    assert Spread.over(waits) == Spread(p50=50.0, p99=99.0, longest=100.0)


def test_who_waited_in_vain_is_in_the_percentiles():
    assert Spread.over([1.0, 2.0, None]) == Spread(p50=2.0, p99=None, longest=None)
    assert Spread.over([None, None, 1.0]) == Spread(p50=None, p99=None, longest=None)


def test_nobody_has_no_percentiles():
    assert Spread.over([]) == Spread(None, None, None)


@given(st.lists(st.floats(0.0, 100.0), min_size=1))
def test_percentiles_are_in_order(waits):
    spread = Spread.over(waits)

    assert spread.p50 <= spread.p99 <= spread.longest == max(waits)
