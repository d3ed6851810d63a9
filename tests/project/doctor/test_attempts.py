from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.patchbay.messages import (
    Attempt,
    Role,
    SourceStatus,
    StationStatus,
    Status,
)
from groundwave.project.doctor.attempts import could_not_connect
from groundwave.project.doctor.finding import Finding, Level


NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
SENTENCES = {
    "needs_password": "This station needs a password.",
    "wrong_key": "Copy the whole key again.",
    "unknown_mount": "There is no station at /kgdn.",
    "mount_taken": "Another encoder is already connected to /kgnd.",
    "silence": "The encoder is connected and has sent silence for 15 seconds.",
    "accepted": "On its place in the chain.",
}


def attempt(outcome: str, *, minutes: float = 5, **facts: str) -> Attempt:
    usual = {"address": "10.0.0.7", "mount": "/kgnd", "agent": "butt 0.1.37"}
    return Attempt(
        at=NOW - timedelta(minutes=minutes),
        outcome=outcome,
        sentence=SENTENCES[outcome],
        **{**usual, **facts},
    )


def status(*attempts: Attempt) -> Status:
    odetta = SourceStatus(
        role=Role.STUDIO,
        connected=True,
        on_air=True,
        person="Odetta",
        address="10.0.0.5",
    )
    kgnd = StationStatus(
        slug="kgnd",
        on_air=Role.STUDIO,
        held=None,
        title="",
        sources=(odetta,),
        listeners=3,
    )
    return Status(
        at=NOW,
        started_at=NOW - timedelta(hours=9),
        version="0",
        edition=1,
        stations=(kgnd,),
        attempts=attempts,
    )


def findings(*attempts: Attempt) -> list[Finding]:
    return list(could_not_connect(status(*attempts)))


def test_nothing_is_wrong_when_every_encoder_came_on_air():
    (found,) = findings(attempt("accepted"))

    assert found.level is Level.GOOD


def test_a_refusal_says_who_why_when_and_what_to_do():
    (found,) = findings(attempt("wrong_key"))

    assert found.level is Level.WRONG
    assert found.sentence == (
        "butt 0.1.37 at 10.0.0.7, to /kgnd: wrong key, 5 minutes ago."
    )
    assert "Copy the whole key again." in found.what_to_do
    assert "groundwave source-key kgnd" in found.what_to_do


def test_the_same_trouble_over_and_over_is_told_once():
    (found,) = findings(*(attempt("wrong_key", minutes=m) for m in (9, 6, 3, 1)))

    assert "4 times, last 1 minute ago" in found.sentence


def test_different_troubles_are_told_apart_and_the_newest_first():
    first, second = findings(
        attempt("unknown_mount", minutes=1, mount="/kgdn"),
        attempt("wrong_key", minutes=3),
    )

    assert "unknown mount" in first.sentence
    assert "wrong key" in second.sentence


def test_an_encoder_that_came_on_air_since_is_no_longer_wrong():
    found, *others = findings(
        attempt("wrong_key", minutes=5),
        attempt("accepted", minutes=1),
    )

    assert found.level is Level.NOTE
    assert "on air since" in found.sentence
    assert not others


def test_another_encoder_on_air_settles_nothing():
    (found,) = findings(
        attempt("wrong_key", minutes=5),
        attempt("accepted", minutes=1, address="10.0.0.99"),
    )

    assert found.level is Level.WRONG


def test_the_same_program_on_another_station_settles_nothing():
    (found,) = findings(
        attempt("wrong_key", minutes=5, mount="/kxyz"),
        attempt("accepted", minutes=1, mount="/kgnd"),
    )

    assert found.level is Level.WRONG
    assert "on air since" not in found.sentence


def test_a_station_s_mountpoint_may_be_written_with_a_kind():
    (found,) = findings(
        attempt("needs_password", minutes=5, mount="/kgnd.mp3"),
        attempt("accepted", minutes=1, mount="/kgnd", username="source"),
    )

    assert "on air since" in found.sentence


def test_an_encoder_that_gave_up_long_ago_is_a_note():
    (found,) = findings(attempt("wrong_key", minutes=200))

    assert found.level is Level.NOTE
    assert "3 hours ago" in found.sentence


@pytest.mark.parametrize(
    ("outcome", "hint"),
    [
        ("unknown_mount", "The mountpoints here: /kgnd."),
        ("mount_taken", "Connected now: Odetta from 10.0.0.5 as studio."),
    ],
)
def test_what_only_this_machine_knows_is_added(outcome, hint):
    (found,) = findings(attempt(outcome))

    assert hint in found.what_to_do


def test_silence_after_going_on_air_is_wrong():
    (found,) = findings(attempt("accepted", minutes=5), attempt("silence", minutes=1))

    assert found.level is Level.WRONG
