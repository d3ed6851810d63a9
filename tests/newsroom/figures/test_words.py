from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from groundwave.newsroom.figures.quantity import Change, Spread
from groundwave.newsroom.figures.words import (
    attribution,
    change_words,
    digits,
    spoken,
    spread_words,
    written,
)
from newsroom.figures.said import (
    about,
    at_least,
    at_most,
    between,
    exactly,
    numbers,
    quantities,
)


LOW_HIGH = Decimal(32), Decimal(42)


@pytest.mark.parametrize(
    ("quantity", "read", "said"),
    [
        (exactly(32), "32", "thirty-two"),
        (exactly(0), "0", "zero"),
        (at_least(32), "at least 32", "at least thirty-two"),
        (at_most("12.00"), "at most 12", "at most twelve"),
        (about(300), "about 300", "about three hundred"),
        (between(30, 40), "between 30 and 40", "between thirty and forty"),
        (at_least(1205), "at least 1,205", "at least one thousand two hundred five"),
        (exactly("6.40"), "6.4", "six point four"),
    ],
)
def test_a_figure_is_read_and_said_in_words(quantity, read, said):
    assert written(quantity) == read
    assert spoken(quantity) == said


@given(numbers())
def test_no_digit_is_lost_in_words(number):
    assert Decimal(digits(number).replace(",", "")) == number


@given(quantities())
def test_what_is_said_has_no_digit_in_it(quantity):
    assert not any(letter.isdigit() for letter in spoken(quantity))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change.ROSE, "up from at least 32"),
        (Change.FELL, "down from at least 32"),
        (Change.SAME, "unchanged"),
        (Change.UNCLEAR, "was at least 32"),
    ],
)
def test_a_change_is_said_in_words(change, expected):
    assert change_words(change, at_least(32)) == expected


@pytest.mark.parametrize(
    ("spread", "expected"),
    [
        (Spread(*LOW_HIGH), "32 to 42"),
        (Spread(*LOW_HIGH, or_more=True), "32 to 42 or more"),
        (Spread(*LOW_HIGH, or_fewer=True), "32 or fewer to 42"),
        (Spread(*LOW_HIGH, or_fewer=True, or_more=True), "32 or fewer to 42 or more"),
    ],
)
def test_a_spread_is_said_in_words(spread, expected):
    assert spread_words(spread) == expected


def test_whoever_passed_it_on_is_named():
    assert attribution("Tamarack County", "") == "Tamarack County"
    assert attribution("Tamarack County", "AP") == "Tamarack County via AP"
