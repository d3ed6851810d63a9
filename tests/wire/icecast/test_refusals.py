from __future__ import annotations

import pytest

from groundwave.wire.http.head import ResponseReader
from groundwave.wire.icecast import refusals


EVERY = [
    refusals.needs_password(),
    refusals.wrong_key(),
    refusals.unknown_mount("/kgnd"),
    refusals.mount_taken("/kgnd"),
    refusals.unsupported_type("video/webm"),
    refusals.not_audio("audio/mpeg"),
    refusals.outside_window(),
    refusals.outside_window("Fri 22:00-24:00"),
    refusals.too_many_sources(),
    refusals.bad_request("This is not HTTP; choose Icecast."),
]


@pytest.mark.parametrize("refusal", EVERY, ids=lambda refusal: refusal.outcome)
def test_a_refusal_says_what_to_do_next_in_body_and_status_line(refusal):
    reader = ResponseReader()
    reader.receive_data(refusal.response("HTTP/1.1", headers=()))

    assert reader.head
    assert reader.head.status == refusal.status
    assert reader.head.reason == (refusal.reason or "Bad Request")
    assert reader.head.headers.get("content-type") == "text/plain; charset=utf-8"
    assert reader.leftover.decode() == refusal.sentence + "\n"
    assert refusal.sentence.endswith(".")
    # Some encoders take any line with "OK" in it for a welcome.
    assert "OK" not in refusal.sentence + refusal.reason


def test_outcomes_are_one_word():
    assert {refusal.outcome for refusal in EVERY} == {
        "needs_password",
        "wrong_key",
        "unknown_mount",
        "mount_taken",
        "unsupported_type",
        "not_audio",
        "outside_window",
        "too_many_sources",
        "bad_request",
    }


def test_a_taken_mount_is_told_in_the_words_encoders_know():
    refusal = refusals.mount_taken("/kgnd")

    assert (refusal.status, refusal.reason) == (403, "Mountpoint in use")


def test_an_air_time_is_named():
    assert "Fri 22:00-24:00" in refusals.outside_window("Fri 22:00-24:00").sentence


def test_what_a_peer_sent_cannot_leave_its_sentence():
    sentence = refusals.unknown_mount("/a\r\nX: y\x1b[31m" + "z" * 999).sentence

    assert "\n" not in sentence
    assert "\x1b" not in sentence
    assert len(sentence) < 300


def test_a_peer_s_own_fault_keeps_its_status():
    assert refusals.bad_request("Too large; shorten it.", status=431).status == 431


def test_nobody_is_sent_to_change_a_limit_that_cannot_be_changed():
    sentence = refusals.too_many_sources().sentence

    assert "limit" not in sentence
    assert "disconnect one that is not needed" in sentence
