from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import UsageError
from groundwave.wire.http.head import RequestReader, ResponseReader
from groundwave.wire.http.writers import request, response


def test_a_response_with_a_body_says_how_long_it_is():
    assert response(200, [("Content-Type", "text/plain")], b"hello") == (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
    )


def test_the_head_of_a_stream_has_no_length():
    assert response(200, version="HTTP/1.0") == b"HTTP/1.0 200 OK\r\n\r\n"
    assert response(100) == b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize(
    ("status", "sized"), [(302, True), (404, True), (204, False), (304, False)]
)
def test_what_ends_the_matter_without_a_body_says_so(status, sized):
    assert (b"Content-Length: 0" in response(status)) is sized


def test_a_length_that_is_given_is_kept():
    written = response(200, [("content-length", "9")], b"x")

    assert written.lower().count(b"content-length") == 1


def test_a_reason_may_be_given_and_an_unknown_status_has_none():
    assert response(403, reason="Mountpoint in use").startswith(
        b"HTTP/1.1 403 Mountpoint in use\r\n"
    )
    assert response(299) == b"HTTP/1.1 299\r\n\r\n"


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x", "a\nb", "a\rb", "a\0b"])
def test_nothing_can_break_out_of_its_line(value):
    with pytest.raises(UsageError):
        response(200, [("icy-name", value)])
    with pytest.raises(UsageError):
        response(200, reason=value)
    with pytest.raises(UsageError):
        request("GET", f"/{value}")


@pytest.mark.parametrize("name", ["", "a b", "a:", "ä", "a\n"])
def test_a_header_needs_a_name_that_is_a_token(name):
    with pytest.raises(UsageError):
        response(200, [(name, "x")])


def test_a_target_must_be_quoted():
    with pytest.raises(UsageError, match="quoted"):
        request("GET", "/a b")


VALUES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(VALUES, st.binary(max_size=50))
def test_what_is_written_is_read_back(value, body):
    reader, responses = RequestReader(), ResponseReader()
    reader.receive_data(request("POST", "/x?y", [("X-Name", value)], body))
    responses.receive_data(response(404, [("X-Name", value)], body))

    for read in (reader, responses):
        assert read.head
        assert read.head.headers.get("x-name").encode("latin-1").decode() == value
        assert read.leftover == body
    assert responses.head
    assert (responses.head.status, responses.head.reason) == (404, "Not Found")
