from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.newsroom.errors import NoSuchQuantity
from groundwave.newsroom.figures.quantity import (
    Change,
    Qualifier,
    Quantity,
    Spread,
    change,
    spread,
)
from newsroom.figures.said import about, at_least, at_most, between, exactly, quantities


OPPOSITE = {
    Change.ROSE: Change.FELL,
    Change.FELL: Change.ROSE,
    Change.SAME: Change.SAME,
    Change.UNCLEAR: Change.UNCLEAR,
}


def test_a_quantity_knows_its_bounds():
    assert (at_least(32).low, at_least(32).high) == (32, None)
    assert (at_most(32).low, at_most(32).high) == (None, 32)
    assert (about(300).low, about(300).high) == (300, 300)
    assert (between(30, 40).low, between(30, 40).high) == (30, 40)


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        (Qualifier.RANGE, 40, 30),
        (Qualifier.RANGE, 40, 40),
        (Qualifier.RANGE, 40, None),
        (Qualifier.EXACT, 40, 41),
        (Qualifier.EXACT, None, None),
        (Qualifier.AT_LEAST, 40, 50),
        (Qualifier.AT_LEAST, None, None),
        (Qualifier.AT_MOST, 40, 50),
        (Qualifier.ABOUT, 40, None),
        (Qualifier.EXACT, -1, -1),
    ],
)
def test_bounds_that_cannot_be_are_no_quantity(qualifier, low, high):
    with pytest.raises(NoSuchQuantity):
        Quantity(qualifier, low, high)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (at_least(32), at_least(42), Change.ROSE),
        (at_least(42), exactly(35), Change.FELL),
        (between(30, 40), between(30, 50), Change.ROSE),
        (between(30, 40), exactly(35), Change.UNCLEAR),
        (between(30, 40), between(20, 50), Change.UNCLEAR),
        (at_most(40), at_most(30), Change.FELL),
        (exactly(32), at_least(32), Change.UNCLEAR),
        (at_most(40), at_least(30), Change.UNCLEAR),
        (at_least(42), at_most(40), Change.FELL),
        (about(300), about(300), Change.SAME),
    ],
)
def test_what_became_of_a_figure(before, after, expected):
    assert change(before, after) is expected


@given(quantities(), quantities())
def test_the_other_way_round_it_is_the_opposite(before, after):
    assert change(after, before) is OPPOSITE[change(before, after)]


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ([at_least(32), at_least(42)], Spread(32, 42, or_more=True)),
        ([at_least(32), exactly(42)], Spread(32, 42)),
        ([at_most(12), exactly(20)], Spread(12, 20, or_fewer=True)),
        ([between(30, 40), exactly(35)], Spread(30, 40)),
        ([at_least(32)], None),
        ([exactly(32), at_least(32)], None),
        ([between(30, 40), between(30, 40)], None),
        ([], None),
    ],
)
def test_sources_differ_from_the_least_to_the_most(several, expected):
    assert spread(several) == expected


@given(st.lists(quantities(), min_size=2))
def test_a_spread_is_made_of_numbers_that_somebody_said(several):
    """Nothing is averaged, added or rounded."""
    found = spread(several)
    said = {bound for each in several for bound in (each.low, each.high)}
    if found:
        assert {found.least, found.most} <= said
        assert found.least < found.most


@given(st.lists(quantities(), min_size=2), st.randoms())
def test_a_spread_does_not_depend_on_who_was_first(several, random):
    shuffled = random.sample(several, len(several))
    assert spread(shuffled) == spread(several)
