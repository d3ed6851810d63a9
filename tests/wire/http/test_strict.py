from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError
from groundwave.wire.http.strict import (
    MOST_BYTES,
    MOST_LINES,
    body_length,
    read_strictly,
    refuse_endless,
)


PLAIN = (
    b"GET /shows/?q=a%20b HTTP/1.1\r\nHost: kgnd.example\r\n"
    b"Accept:text/html \t\r\nX-Caf\x65: caf\xe9\r\n\r\n"
)


def read(*lines, start="GET / HTTP/1.1"):
    said = "\r\n".join([start, *lines, "", ""])
    return read_strictly(said.encode("latin-1"))


def test_a_request_is_read_as_it_was_meant():
    head = read_strictly(PLAIN)

    assert (head.method, head.target, head.is_old) == (
        "GET",
        "/shows/?q=a%20b",
        False,
    )
    assert head.lines[1] == ("Accept", "text/html")
    assert head.headers["x-cafe"] == "caf\xe9"
    assert head.keeps_alive


def test_what_is_repeated_is_joined_as_each_kind_is():
    head = read("Cookie: a=1", "A: 1", "cookie: b=2", "a: 2")

    assert head.headers == {"cookie": "a=1; b=2", "a": "1, 2"}


@pytest.mark.parametrize(
    ("start", "line", "keeps"),
    [
        ("GET / HTTP/1.1", "A: b", True),
        ("GET / HTTP/1.1", "Connection: Close", False),
        ("GET / HTTP/1.0", "A: b", False),
        ("GET / HTTP/1.0", "Connection: Keep-Alive", True),
    ],
)
def test_a_connection_stays_as_its_version_has_it(start, line, keeps):
    assert read(line, start=start).keeps_alive is keeps


# Each is known from an attack in which two servers read a request in two ways.
@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\nHost: a\n\n",
        b"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: b\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nX : b\r\n\r\n",
        b"GET / HTTP/1.1\r\n X: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nX\x00: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: b\x00c\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: b\rc\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET  / HTTP/1.1\r\n\r\n",
        b"GET /a b HTTP/1.1\r\n\r\n",
        b"GET /caf\xe9 HTTP/1.1\r\n\r\n",
        b"GET / HTTP/2.0\r\n\r\n",
        b"GET / HTTP/1.12\r\n\r\n",
        b"get / HTTP/1.1\r\n\r\n",
        b"GET /\r\n\r\n",
        b"\x16\x03\x01\x02\r\n\r\n",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused(raw):
    with pytest.raises(PeerError) as refused:
        read_strictly(raw)
    assert refused.value.status == 400


def test_a_body_is_as_long_as_it_says():
    assert body_length(read()) == 0
    assert body_length(read("Content-Length: 12")) == 12


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("Content-Length: 1", "Content-Length: 1"), 400),
        (("Content-Length: 1", "Content-Length: 2"), 400),
        (("Content-Length: +1",), 400),
        (("Content-Length: -1",), 400),
        (("Content-Length: 0x1",), 400),
        (("Content-Length: 1_0",), 400),
        (("Content-Length: \xb2",), 400),
        (("Content-Length:",), 400),
        (("Content-Length: " + "9" * 19,), 400),
        (("Transfer-Encoding: chunked",), 411),
        (("Transfer-Encoding: x", "Content-Length: 1"), 411),
    ],
)
def test_a_length_that_two_could_read_in_two_ways_is_refused(lines, status):
    with pytest.raises(PeerError) as refused:
        body_length(read(*lines))
    assert refused.value.status == status


def test_a_head_has_an_end():
    refuse_endless(b"x" * MOST_BYTES)
    with pytest.raises(PeerError) as refused:
        refuse_endless(b"x" * (MOST_BYTES + 1))
    assert refused.value.status == 431
    with pytest.raises(PeerError):
        read(*["A: b"] * (MOST_LINES + 1))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw):
    try:
        head = read_strictly(raw)
    except PeerError:
        return
    assert head.target.isascii()


@given(st.integers(0, len(PLAIN) - 1), st.binary(max_size=3))
def test_a_damaged_request_never_says_more_than_it_does(place, damage):
    raw = PLAIN[:place] + damage + PLAIN[place + len(damage) :]
    try:
        head = read_strictly(raw)
    except PeerError:
        return
    # Written as it was understood it is what came, but for the blanks around values.
    for name, value in head.lines:
        assert name.encode("latin-1") in raw
        assert value.encode("latin-1") in raw
        assert not {"\r", "\n", "\0"} & set(name + value)
