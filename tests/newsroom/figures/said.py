"""What sources say, for the tests of figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.figures.standing import Said


# Three in the afternoon in Denver.
THREE = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def exactly(number):
    return Quantity.of(Qualifier.EXACT, Decimal(number))


def at_least(number):
    return Quantity.of(Qualifier.AT_LEAST, Decimal(number))


def at_most(number):
    return Quantity.of(Qualifier.AT_MOST, Decimal(number))


def about(number):
    return Quantity.of(Qualifier.ABOUT, Decimal(number))


def between(low, high):
    return Quantity.of(Qualifier.RANGE, Decimal(low), Decimal(high))


def said(name, quantity, **facts):
    """A figure of the county's, of people missing, as of three, unless told otherwise."""
    as_of = facts.setdefault("as_of", THREE)
    usual = {"counted": "missing", "who": "Tamarack County", "said_at": as_of}
    return Said(name=name, quantity=quantity, **(usual | facts))


def numbers():
    """Whole ones mostly; some have a fraction. None is longer than is stored."""
    whole = st.integers(0, 10**12).map(Decimal)
    return whole | st.decimals(0, 10**9, places=2)


@st.composite
def quantities(draw):
    qualifier = draw(st.sampled_from(Qualifier))
    number = draw(numbers())
    more = draw(numbers()) + 1
    return Quantity.of(qualifier, number, number + more)
