from __future__ import annotations

from datetime import timedelta

from conftest import NOW
from groundwave.patchbay.messages import Attempt
from groundwave.stations.refusals import refusals_among


def attempt(outcome, *, minutes=0, agent="BUTT", mount="/kgnd"):
    return Attempt(
        at=NOW + timedelta(minutes=minutes),
        address="192.0.2.7",
        outcome=outcome,
        sentence="Copy the whole key again.",
        mount=mount,
        agent=agent,
    )


def test_what_repeats_itself_is_told_once_and_counted():
    (refusal,) = refusals_among(attempt("wrong_key", minutes=n) for n in range(5))

    assert refusal.headline == "Wrong source key"
    assert refusal.sentence == "Copy the whole key again."
    assert refusal.times == 5
    assert refusal.at == NOW + timedelta(minutes=4)
    assert not refusal.is_over


def test_the_newest_come_first():
    tried = [attempt("wrong_key"), attempt("bad_request", minutes=1)]

    assert [each.outcome for each in refusals_among(tried)] == [
        "bad_request",
        "wrong_key",
    ]


def test_an_encoder_that_came_on_air_since_needs_nothing_done():
    tried = [attempt("wrong_key"), attempt("accepted", minutes=1, mount="/kgnd.mp3")]

    assert refusals_among(tried)[0].is_over


def test_another_encoder_that_came_on_air_says_nothing_of_this_one():
    tried = [attempt("wrong_key"), attempt("accepted", minutes=1, agent="Mixxx")]

    assert not refusals_among(tried)[0].is_over


def test_one_that_fails_again_after_it_was_on_air_is_not_over():
    tried = [attempt("accepted"), attempt("wrong_key", minutes=1)]

    assert not refusals_among(tried)[0].is_over


def test_an_outcome_of_a_newer_transmitter_still_has_words():
    assert refusals_among([attempt("too_loud")])[0].headline == "too loud"
