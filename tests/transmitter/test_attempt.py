from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groundwave.patchbay.messages import Attempt, FromTransmitter, SourceAttempted
from groundwave.transmitter.attempt import (
    AGAIN_SECONDS,
    KEPT_ATTEMPTS,
    KEPT_OF_ONE_ADDRESS,
    MOST_STRANGERS,
    Attempts,
)
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.intake import Intake


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)


def attempt(address: str, outcome: str = "wrong_key", mount: str = "/kgnd") -> Attempt:
    return Attempt(
        at=NOW, address=address, outcome=outcome, sentence="No.", mount=mount
    )


def is_news(attempts: Attempts, each: Attempt, *, air: float, station: str = "kgnd"):
    return attempts.is_news(each, station=station, air=air)


# --- remembering ---


def test_one_address_cannot_push_the_others_out():
    attempts = Attempts()
    attempts.remember(attempt("192.0.2.7"))

    for number in range(KEPT_ATTEMPTS * 2):
        attempts.remember(attempt("198.51.100.1", mount=f"/{number}"))

    first, *rest = attempts
    assert first.address == "192.0.2.7"
    assert len(rest) == KEPT_OF_ONE_ADDRESS
    assert rest[-1].mount == f"/{KEPT_ATTEMPTS * 2 - 1}"


def test_the_last_attempts_are_remembered_and_no_more():
    attempts = Attempts()
    for number in range(KEPT_ATTEMPTS + 2):
        attempts.remember(attempt(f"192.0.2.{number}"))

    kept = [each.address for each in attempts]
    assert kept == [f"192.0.2.{number}" for number in range(2, KEPT_ATTEMPTS + 2)]


def test_every_refusal_is_counted():
    attempts = Attempts()
    for outcome in ("wrong_key", "wrong_key", "accepted", "silence"):
        attempts.remember(attempt("192.0.2.7", outcome))

    assert attempts.refused == 2


# --- telling ---


@pytest.mark.parametrize(
    ("outcome", "station"),
    [("wrong_key", "kgnd"), ("unsupported_type", "kgnd"), ("unknown_mount", "")],
)
def test_a_stranger_is_told_of_once_a_minute(outcome: str, station: str):
    attempts, stranger = Attempts(), attempt("192.0.2.7", outcome)

    assert is_news(attempts, stranger, station=station, air=0)
    assert not is_news(attempts, stranger, station=station, air=AGAIN_SECONDS - 1)
    assert is_news(attempts, stranger, station=station, air=AGAIN_SECONDS)


def test_another_outcome_or_address_is_told_at_once():
    attempts = Attempts()

    assert is_news(attempts, attempt("192.0.2.7"), air=0)
    assert is_news(attempts, attempt("192.0.2.7", "bad_request"), air=0)
    assert is_news(attempts, attempt("192.0.2.8"), air=0)


@pytest.mark.parametrize("outcome", ["accepted", "outside_window", "mount_taken"])
def test_who_has_a_key_is_always_told_of(outcome: str):
    attempts = Attempts()

    for _ in range(3):
        assert is_news(attempts, attempt("192.0.2.7", outcome), air=0)


def test_a_crowd_of_strangers_does_not_keep_the_site_from_other_news():
    attempts = Attempts()
    told = [
        is_news(attempts, attempt(f"2001:db8::{number:x}"), air=number / 1000)
        for number in range(MOST_STRANGERS * 3)
    ]

    assert sum(told) == MOST_STRANGERS
    assert is_news(attempts, attempt("192.0.2.7", "outside_window"), air=1)
    assert is_news(attempts, attempt("192.0.2.8"), air=AGAIN_SECONDS + 1)


def test_who_speaks_something_else_is_remembered_each_time_and_told_of_once():
    told: list[FromTransmitter] = []
    intake = Intake({}, clock=Clock(), tell=told.append)

    for _ in range(3):
        intake.note_unreadable("192.0.2.7", "This is TLS; turn it off.")

    assert len(list(intake.attempts)) == 3
    (once,) = told
    assert isinstance(once, SourceAttempted)
