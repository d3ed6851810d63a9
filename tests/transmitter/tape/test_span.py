from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.transmitter.tape.errors import SpanUnclear
from groundwave.transmitter.tape.span import LONGEST_SECONDS, Span, span_asked_for


NOON = 1_791_720_000.0


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-11T12:00:00Z",
        "2026-10-11T12:00:00.000Z",
        "2026-10-11T14:00:00+02:00",
        "2026-10-11T14:00:00 02:00",  # a plus that a browser took for a space
        "2026-10-11T07:00-05:00",
        "20261011T120000Z",
        "1791720000",
        "1791720000.0",
    ],
)
def test_an_instant_may_be_written_in_iso_8601_or_unix_seconds(text):
    assert span_asked_for({"from": text}).start == NOON


def test_a_span_without_an_end_goes_on_as_long_as_a_span_may():
    assert span_asked_for({"from": "1791720000"}) == Span(
        NOON, NOON + LONGEST_SECONDS, is_open=True
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "Say where to begin"),
        ({"to": "1791720000"}, "Say where to begin"),
        ({"from": "noon"}, "“from” is not an instant"),
        ({"from": ""}, "“from” is not an instant"),
        ({"from": "2026-10-11T12:00:00"}, "with its time zone"),
        ({"from": "2026-10-11"}, "with its time zone"),
        ({"from": "-5"}, "“from” is not an instant"),
        ({"from": "nan"}, "“from” is not an instant"),
        ({"from": "1e9"}, "“from” is not an instant"),
        ({"from": "0001-01-01T00:00:00+14:00"}, "“from” is not an instant"),
        ({"from": "9999-12-31T23:59:59-12:00"}, "“from” is not an instant"),
        ({"from": "1791720000", "to": "later"}, "“to” is not an instant"),
        ({"from": "1791720000", "to": "1791720000"}, "ends before it begins"),
        ({"from": "1791720000", "to": "1791806401"}, "24 hours at most"),
    ],
)
def test_an_unclear_query_is_answered_with_what_to_write(query, sentence):
    with pytest.raises(SpanUnclear, match=sentence):
        span_asked_for(query)


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_whatever_a_query_says_it_is_a_span_or_a_sentence(text):
    try:
        said = span_asked_for({"from": text})
    except SpanUnclear as fact:
        said = fact

    assert isinstance(said, Span) or str(said).endswith(".")


@settings(deadline=None)
@given(start=st.integers(10**11, 9 * 10**13), length=st.integers(1, 86_400_000))
def test_a_span_says_itself_again_in_a_query(start, length):
    span = Span(start / 1000, (start + length) / 1000)
    query = dict(pair.split("=") for pair in span.query.split("&"))

    again = span_asked_for(query)
    assert again.start == pytest.approx(span.start, abs=1e-4)
    assert again.end == pytest.approx(span.end, abs=1e-4)


def test_a_span_is_over_when_it_is_recorded_or_the_air_was_silent():
    span = Span(NOON, NOON + 60)

    assert span.is_over(now=NOON + 61, recorded_until=NOON + 62)
    assert not span.is_over(now=NOON + 61, recorded_until=NOON + 58)
    assert span.is_over(now=NOON + 120, recorded_until=NOON + 20)
