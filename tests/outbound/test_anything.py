"""Whatever a server says is an answer or an error with a sentence, and never for long."""

from __future__ import annotations

import socket
import zlib

from hypothesis import example, given, settings, strategies as st

from groundwave.outbound.errors import OutboundError
from groundwave.outbound.line import Deadline, Line
from groundwave.outbound.reading import read_body, read_head


LIMIT = 2000
URL = "http://far.example/"
HEADERS = st.sampled_from(
    [
        "Content-Length: 5",
        "Content-Length: 0",
        "Content-Length: 00000000000000000005",
        "Content-Length: 5, 5",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Content-Encoding: gzip",
        "Content-Encoding: deflate",
        "Content-Encoding: br",
        "Content-Encoding: GZIP",
        "no colon",
    ]
)
BODIES = st.one_of(
    st.binary(max_size=60),
    st.binary(max_size=60).map(zlib.compress),
    st.just(b"5\r\nhello\r\n0\r\n\r\n"),
    st.just(b"ffffffff\r\nhello"),
    st.just(zlib.compress(bytes(100_000))),
)


def heard(said: bytes) -> bytes:
    here, there = socket.socketpair()
    with here, there:
        there.sendall(said)
        there.shutdown(socket.SHUT_WR)
        line = Line(here, URL, Deadline(URL, 5))
        head, waiting = read_head(line)
        return read_body(line, head, waiting, LIMIT)


def check(said: bytes) -> None:
    try:
        body = heard(said)
    except OutboundError as problem:
        told = problem.sentence
    else:
        told = "far.example"
        assert len(body) <= LIMIT
    assert "far.example" in told


@settings(deadline=None)
@given(said=st.binary(max_size=200))
def test_any_bytes(said):
    check(said)


@settings(deadline=None)
@given(
    status=st.sampled_from(["200 OK", "103 Hints", "204", "304 Not Modified", "500"]),
    headers=st.lists(HEADERS, max_size=4),
    body=BODIES,
)
@example(status="200 OK", headers=["Content-Encoding: br"], body=b"\0\0")
def test_anything_in_http(status, headers, body):
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""])
    check(head.encode() + body)


@settings(deadline=None)
@given(body=st.binary(max_size=LIMIT), size=st.integers(1, 100))
def test_however_a_body_is_chunked_it_arrives(body, size):
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in pieces)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    assert heard(head + chunks + b"0\r\n\r\n") == body
