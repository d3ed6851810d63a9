from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.delivery.front.body import Body
from groundwave.wire.http.headers import Headers


CHUNKED = b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"


def body(status=200, *, is_head=False, **headers):
    said = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return Body(status, said, is_head=is_head)


@pytest.mark.parametrize(
    ("begun", "whole"),
    [
        (lambda: body(content_length="6"), b"onetwo"),
        (lambda: body(transfer_encoding="chunked"), CHUNKED),
        (lambda: body(304), b""),
        (lambda: body(204), b""),
        (lambda: body(content_length="6", is_head=True), b""),
        (lambda: body(content_length="0"), b""),
    ],
)
@given(cut=st.integers(0, 30))
def test_a_body_ends_where_it_says_and_what_comes_then_is_not_its(begun, whole, cut):
    watched, came = begun(), whole + b"HTTP/1.1 200 OK\r\n\r\n"
    mine = b""
    for piece in (came[:cut], came[cut:]):
        if not watched.has_ended:
            mine += watched.share(piece)

    assert mine == whole
    assert watched.has_ended


def test_a_body_that_does_not_say_ends_with_the_connection():
    endless = body()

    assert endless.share(b"all of it") == b"all of it"
    assert not endless.is_sized
    assert not endless.has_ended
