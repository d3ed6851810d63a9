from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.hls.attributes import (
    instant,
    parse_attributes,
    parse_instant,
    quoted,
)


@given(st.text())
def test_no_text_gets_out_of_its_quotes_or_its_line(hostile: str) -> None:
    text = quoted(hostile)

    assert text[0] == text[-1] == '"'
    assert '"' not in text[1:-1]
    assert len(text.splitlines()) == 1
    text.encode()


def test_quotes_in_a_title_become_apostrophes() -> None:
    assert quoted('Ida says "now",\r\nand') == "\"Ida says 'now',  and\""


def test_instants_are_utc_to_the_nearest_millisecond() -> None:
    moment = datetime(2026, 3, 8, 1, 59, 59, 999_600, timezone(timedelta(hours=-5)))

    assert instant(moment) == "2026-03-08T07:00:00.000Z"


def test_a_time_without_a_zone_is_our_own_mistake() -> None:
    with pytest.raises(UsageError, match="time zone"):
        instant(datetime(2026, 3, 8))  # noqa: DTZ001


@given(st.datetimes(timezones=st.just(UTC), max_value=datetime(9000, 1, 1)))  # noqa: DTZ001
def test_instants_come_back_within_half_a_millisecond(moment: datetime) -> None:
    assert abs(parse_instant(instant(moment)) - moment) <= timedelta(microseconds=500)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-08T07:00:00Z",
        "2026-03-08T02:00:00-05:00",
        "2026-03-08T08:00:00.0+0100",
        "2026-03-08T07:00:00",
    ],
)
def test_the_ways_servers_write_an_instant(text: str) -> None:
    moment = parse_instant(text)

    assert moment == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "0001-01-01T00:00+01:00"])
def test_a_malformed_instant_is_refused(text: str) -> None:
    with pytest.raises(PeerError, match="malformed date"):
        parse_instant(text)


def test_a_list_is_names_and_values() -> None:
    text = 'BANDWIDTH=70400,CODECS="mp4a.40.2,opus" , EMPTY="",X-y_1=0x1F,GONE='

    assert parse_attributes(text) == {
        "BANDWIDTH": "70400",
        "CODECS": "mp4a.40.2,opus",
        "EMPTY": "",
        "X-y_1": "0x1F",
        "GONE": "",
    }


@pytest.mark.parametrize(
    "text", ["URI", '="x"', 'A="x', 'A="x"y', 'A=x"y"', "A=1,,B=2"]
)
def test_a_malformed_list_is_refused(text: str) -> None:
    with pytest.raises(PeerError, match="malformed attribute list"):
        parse_attributes(text)


def test_a_malformed_list_is_refused_without_being_searched() -> None:
    with pytest.raises(PeerError):
        parse_attributes("A=x" + " " * 500_000 + '"' + " " * 500_000)
