"""A notice is from whom it says, and of now."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from groundwave.syndication.exchange.signing import FRESH, is_signed, signature


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
BODY, SECRET = b'{"id":"gw-1"}', "between us"


def test_a_notice_of_now_is_taken():
    assert is_signed(signature(BODY, SECRET, at=NOW), BODY, SECRET, now=NOW)


def test_the_signature_is_what_the_reference_says():
    stamp = str(int(NOW.timestamp())).encode()
    digest = hmac.new(SECRET.encode(), stamp + b"." + BODY, hashlib.sha256).hexdigest()

    assert signature(BODY, SECRET, at=NOW) == f"t={stamp.decode()},v1={digest}"


@pytest.mark.parametrize("apart", [FRESH, -FRESH])
def test_clocks_may_differ_by_five_minutes(apart):
    assert is_signed(signature(BODY, SECRET, at=NOW + apart), BODY, SECRET, now=NOW)


@pytest.mark.parametrize("apart", [FRESH, -FRESH])
def test_one_of_long_ago_or_of_the_future_is_not_taken(apart):
    at = NOW + apart * (1 + timedelta(seconds=1) / FRESH)

    assert not is_signed(signature(BODY, SECRET, at=at), BODY, SECRET, now=NOW)


def test_another_body_another_secret_and_another_time_are_found_out():
    said = signature(BODY, SECRET, at=NOW)
    later = signature(BODY, SECRET, at=NOW + timedelta(seconds=1))
    mixed = f"{later.partition(',')[0]},{said.partition(',')[2]}"

    assert not is_signed(said, b'{"id":"gw-2"}', SECRET, now=NOW)
    assert not is_signed(said, BODY, "another", now=NOW)
    assert not is_signed(mixed, BODY, SECRET, now=NOW)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "t=1",
        "v1=" + "0" * 64,
        "t=,v1=" + "0" * 64,
        "t=-5,v1=" + "0" * 64,
        "t=99999999999,v1=" + "0" * 64,
        "t=1,v1=" + "0" * 63,
        "t=1,v1=" + "é" * 64,
        "t=1,v1=" + "0" * 64 + "\n",
    ],
)
def test_nonsense_is_no_signature(said):
    assert not is_signed(said, BODY, SECRET, now=NOW)
