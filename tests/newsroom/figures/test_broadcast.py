from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from groundwave.newsroom.figures.broadcast import LASTS, broadcast_card, spoken_clock
from groundwave.newsroom.figures.known import Counted, known
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.figures.words import spoken
from newsroom.figures.said import HOUR, THREE, at_least, exactly, quantities, said


DENVER = ZoneInfo("America/Denver")
MISSING = Counted("missing", "People missing")


def read(figures, counted=(MISSING,), now=THREE + HOUR):
    return broadcast_card("Ferry sinks", known(counted, figures), zone=DENVER, now=now)


def test_two_sources_that_disagree_are_read_in_twenty_seconds():
    made = read([said("1", at_least(32)), said("2", at_least(42), who="Bay Rescue")])

    assert made.text == (
        "Ferry sinks. Who says what: People missing: at least forty-two, according to "
        "Bay Rescue, as of three p.m.; at least thirty-two, according to Tamarack "
        "County, as of three p.m. We have not verified this ourselves."
    )
    assert made.lasts < LASTS


def test_what_is_disputed_or_counts_something_else_says_so():
    disputed = {"counts": "crew alone", "status": Status.DISPUTED}

    made = read([said("1", exactly(5), **disputed)])

    assert "five (crew alone), according to" in made.text
    assert "as of three p.m., which is disputed." in made.text


def test_what_we_verified_is_not_said_to_be_unverified():
    made = read([said("1", exactly(5), status=Status.VERIFIED)])

    assert "verified" not in made.text


def test_whoever_takes_it_back_is_told_of_without_the_number():
    made = read([said("1", exactly(5), status=Status.WITHDRAWN)])

    assert made.sentences[1:] == (
        "People missing: the figure of Tamarack County was withdrawn.",
    )


def test_yesterday_is_named():
    made = read([said("1", exactly(5))], now=THREE + timedelta(days=1))
    assert "as of three p.m. on Sunday." in made.text

    made = read([said("1", exactly(5))], now=THREE + timedelta(days=30))
    assert "as of November 22." in made.text


def test_nothing_is_read_of_what_nobody_knows():
    assert read([]).text == ""


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (15, 0, "three p.m."),
        (12, 0, "noon"),
        (0, 0, "midnight"),
        (0, 20, "twelve twenty a.m."),
        (10, 5, "ten oh five a.m."),
        (23, 59, "eleven fifty-nine p.m."),
    ],
)
def test_the_clock_is_read_as_people_say_it(hour, minute, expected):
    at = datetime(2026, 11, 22, hour, minute, tzinfo=DENVER).astimezone(UTC)

    assert spoken_clock(at, DENVER) == expected


@given(st.lists(st.lists(quantities(), min_size=1, max_size=4), max_size=6))
def test_of_sources_that_disagree_none_is_read_alone(several):
    """A table is read as a whole or left out as a whole, and only the first may be long."""
    counted = [Counted(str(n), f"Count {n}") for n in range(len(several))]
    figures = [
        said(f"{n} {m}", quantity, counted=str(n), who=f"Source {m}")
        for n, some in enumerate(several)
        for m, quantity in enumerate(some)
    ]

    made = read(figures, counted)

    for n, some in enumerate(several):
        label = f"Count {n}"
        begin = [each for each in made.sentences if each.startswith(f"{label}: ")]
        assert len(begin) + made.left_out.count(label) == 1
        for sentence in begin:
            assert all(spoken(quantity) in sentence for quantity in some)
    if len(several) - len(made.left_out) > 1:
        assert made.lasts <= LASTS
