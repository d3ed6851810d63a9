from __future__ import annotations

import json

import pytest

from groundwave.wire.cds.answers import (
    LARGEST_ANSWER,
    answer_of,
    documents_in,
    messages_in,
    refusal_of,
)
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.reading import read
from wire.cds.stories import SOUND, VECTORS


def vector(name: str) -> bytes:
    return (VECTORS / name).read_bytes()


def test_an_answer_hands_out_its_documents_as_they_came():
    documents = tuple(vector(f"{name}.json").strip() for name in SOUND)

    assert documents_in(answer_of(documents)) == documents


def test_an_answer_may_have_nothing():
    assert documents_in(b'{"resources":[]}') == ()
    assert answer_of([]) == b'{"resources":[]}'


def test_a_document_that_cannot_be_read_leaves_the_others_alone():
    good = vector("short.json").strip()

    bad, other = documents_in(answer_of([b"[[]]", good]))

    with pytest.raises(NotCds):
        read(bad)
    assert read(other).document.id == "kgnd-0d01"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"<html>",
        b'{"resources":{}}',
        b'{"resources":[}',
        b'{"resources":' + b"[" * 99999 + b"]" * 99999 + b"}",
        b" " * LARGEST_ANSWER + b'{"resources":[]}',
    ],
)
def test_what_is_no_answer_is_said_not_to_be_one(data):
    with pytest.raises(NotCds):
        documents_in(data)


def test_what_the_service_says_instead_is_passed_on():
    with pytest.raises(NotCds) as refusal:
        documents_in(vector("refused.json"))

    assert "tides are not sorted by" in refusal.value.sentence


def test_a_refusal_comes_in_two_shapes():
    assert messages_in(vector("refused.json")) == (
        "tides are not sorted by",
        "limit is above 300",
    )
    assert messages_in(vector("unavailable.json")) == (
        "The fog has reached the server room.",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>502</html>",
        b"[1]",
        b'{"meta":{"messages":"no"}}',
        b'{"meta":{"messages":[1, null, " "]}}',
        b'{"error":{"message":{}}}',
        b'{"error":"' + b"x" * 100_000 + b'"}',
    ],
)
def test_a_refusal_without_words_has_none(data):
    assert messages_in(data) == ()


def test_messages_are_clean_and_short():
    data = json.dumps({"meta": {"messages": ["a\x1b[31m\n b" + "x" * 999] * 40}})

    messages = messages_in(data.encode())

    assert len(messages) == 20
    assert messages[0].startswith("a [31m bx")
    assert len(messages[0]) == 500


def test_a_refusal_of_ours_is_read_like_any_other():
    assert messages_in(refusal_of("No such document.")) == ("No such document.",)
