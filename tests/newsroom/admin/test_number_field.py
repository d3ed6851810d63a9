from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given

from groundwave.newsroom.admin.number_field import NumberField
from groundwave.newsroom.figures.words import digits
from newsroom.figures.said import numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("32", "32"),
        (" 1,200 ", "1200"),
        ("1 200 000", "1200000"),
        ("1\u202f200", "1200"),
        ("6.4", "6.4"),
        ("12,000.5", "12000.5"),
        ("0", "0"),
    ],
)
def test_a_number_is_understood_as_people_write_it(text, number):
    assert NumberField().clean(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["1,5", "12,00", "-3", "thirty", "1e9", "NaN", "Infinity", "٣٢x", "3 2", "1,2345"],
)
def test_what_could_mean_two_things_is_asked_again(text):
    with pytest.raises(ValidationError, match="Write it in digits"):
        NumberField().clean(text)


def test_what_no_database_holds_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match="look again"):
        NumberField().clean("9" * 400)
    with pytest.raises(ValidationError, match="two digits after the point"):
        NumberField().clean("1.234")


@given(numbers())
def test_a_number_as_it_is_shown_can_be_typed_again(number):
    assert NumberField().clean(digits(number)) == number
