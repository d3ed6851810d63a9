from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.cds.instants import instant, parse_instant


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_read_as_it_was_written(moment):
    assert parse_instant(instant(moment)) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-01T19:00:00Z", datetime(2026, 2, 1, 19, tzinfo=UTC)),
        ("2026-02-01t12:00:00-07:00", datetime(2026, 2, 1, 19, tzinfo=UTC)),
        (
            " 2026-02-01 19:00:00.5z ",
            datetime(2026, 2, 1, 19, 0, 0, 500000, tzinfo=UTC),
        ),
        ("2026-02-01T19:00:00.123456789Z", datetime(2026, 2, 1, 19, 0, 0, 123456, UTC)),
    ],
)
def test_instants_come_in_many_spellings(text, moment):
    assert parse_instant(text) == moment


def test_an_instant_without_a_zone_stays_without():
    assert parse_instant("2026-02-01T19:00:00").tzinfo is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-01",
        "20260201T190000Z",
        "2026-W05-1T19:00:00Z",
        "2026-02-30T19:00:00Z",
        "2026-02-01T24:00:00Z",
        "2026-02-01T19:00:60Z",
        "2026-02-01T19:00:00+99:00",
        "0001-01-01T00:00:00+14:00",
        "٢٠٢٦-02-01T19:00:00Z",
    ],
)
def test_what_is_no_instant_is_none(text):
    assert parse_instant(text) is None
