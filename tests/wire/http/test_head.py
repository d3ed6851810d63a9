from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import (
    HEAD_TOO_LARGE,
    NOT_A_RESPONSE,
    NOT_HTTP,
    TARGET_TOO_LONG,
    TLS_ON_PLAIN_PORT,
    WRONG_VERSION,
    Headers,
    RequestReader,
    ResponseReader,
)


PUT = (
    b"PUT /kgnd HTTP/1.1\r\nHost: radio.example:8000\r\nUser-Agent: butt 0.1.37\r\n"
    b"ice-name: V\xc3\xb6kuradio\r\nExpect: 100-continue\r\n\r\n"
)
TLS_HELLO = bytes.fromhex("16030100f1010000ed0303") + bytes(230)


def outcome(reader, data, cuts=()):
    """Feed *data* in slices; return what came of it, an error included."""
    try:
        for start, end in pairwise([0, *sorted(cuts), len(data)]):
            reader.receive_data(data[start:end])
    except PeerError as error:
        return error.status, error.sentence
    return reader.head, reader.leftover


def request(data):
    reader = RequestReader()
    reader.receive_data(data)
    assert reader.head is not None
    return reader.head


@given(st.data())
def test_how_the_network_slices_a_request_does_not_matter(data):
    sent = data.draw(
        st.sampled_from(
            [
                PUT + b"\xff\xfbaudio",
                b"\r\n\n" + PUT,
                PUT.replace(b"\r\n", b"\n"),
                PUT.replace(b"\r\n", b"\r\r\n"),
                TLS_HELLO,
                b"hackme\r\nicy-name: x\r\n\r\n",
                b"GET /" + b"x" * 5000,
                b"GET /x HTTP/1.1\r\n" + b"a: b\r\n" * 5000,
                b"GET /x HTTP/1.1\r\n" + b"a: b\r\n" * 101 + b"\r\n",
                b"GET / HTTP/2.0\r\n\r\n",
                b"GET \r\n\r\n",
            ]
        )
    )
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=8))

    assert outcome(RequestReader(), sent, cuts) == outcome(RequestReader(), sent)


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_random_bytes_only_ever_raise_peer_errors(slices):
    for reader in (RequestReader(), ResponseReader()):
        data = b"".join(slices)
        cuts = [len(b"".join(slices[:n])) for n in range(len(slices))]
        outcome(reader, data, cuts)


@given(st.binary(max_size=200))
def test_a_request_line_of_random_bytes_only_ever_raises_peer_errors(rest):
    outcome(RequestReader(), b"GET /" + rest + b" HTTP/1.0\r\n\r\n")


def test_a_request_is_read_as_it_was_sent():
    reader = RequestReader()
    reader.receive_data(PUT + b"audio")
    head = reader.head

    assert head
    assert (head.method, head.target, head.version) == ("PUT", b"/kgnd", "HTTP/1.1")
    assert head.headers == Headers(
        [
            ("host", "radio.example:8000"),
            ("user-agent", "butt 0.1.37"),
            ("ice-name", "VÃ¶kuradio"),
            ("expect", "100-continue"),
        ]
    )
    assert reader.leftover == b"audio"


def test_there_is_no_head_and_no_leftover_before_the_blank_line():
    reader = RequestReader()
    reader.receive_data(PUT[:-1])

    assert reader.head is None
    assert reader.leftover == b""

    reader.receive_data(b"\naudio")
    reader.receive_data(b" goes on")

    assert reader.leftover == b"audio goes on"


@pytest.mark.parametrize(
    ("line", "method", "target", "path"),
    [
        (b"SOURCE live ICE/1.0", "SOURCE", b"live", "/live"),
        (b"get / http/1.0", "GET", b"/", "/"),
        (b"GET  HTTP/1.0", "GET", b"", "/"),
        (b"GET\t//live\tHTTP/1.0", "GET", b"//live", "/live"),
        (
            b"GET http://h:8000/live?x#y HTTP/1.1",
            "GET",
            b"http://h:8000/live?x#y",
            "/live",
        ),
        (b"OPTIONS * HTTP/1.1", "OPTIONS", b"*", "/*"),
        (b"GET /a%20%C3%A9 HTTP/1.1", "GET", b"/a%20%C3%A9", "/a é"),
        (b"GET /\xc3\xa9 HTTP/1.1", "GET", b"/\xc3\xa9", "/é"),
        (b"GET /\xe9?x HTTP/1.1", "GET", b"/\xe9?x", "/é"),
        (b"GET /x?song=a b HTTP/1.0  ", "GET", b"/x?song=a b", "/x"),
    ],
)
def test_old_and_odd_request_lines_are_read(line, method, target, path):
    head = request(line + b"\r\n\r\n")

    assert (head.method, head.target, head.path) == (method, target, path)


def test_parameters_are_read_as_they_were_typed():
    head = request(b"GET /x?song=R\xf3s+%C3%A9&song=2&empty=#end HTTP/1.0\r\n\r\n")

    assert head.query == b"song=R\xf3s+%C3%A9&song=2&empty="
    assert head.parameter("song") == "Rós Ã©"
    assert head.parameter("empty") == ""
    assert head.parameter("none") is None
    assert set(head.parameters) == {"song", "empty"}


@pytest.mark.parametrize(
    ("version", "connection", "keeps"),
    [
        (b"HTTP/1.1", b"", True),
        (b"HTTP/1.1", b"Close", False),
        (b"HTTP/1.0", b"", False),
        (b"HTTP/1.0", b"Keep-Alive", True),
        (b"ICE/1.0", b"", False),
    ],
)
def test_whether_the_peer_stays_for_another_request(version, connection, keeps):
    head = request(b"GET / " + version + b"\r\nConnection: " + connection + b"\r\n\r\n")

    assert head.keep_alive is keeps


@pytest.mark.parametrize("first", [b"\x16", b"\r\n\x16", TLS_HELLO])
def test_tls_on_the_plain_port_is_known_by_its_first_byte(first):
    assert outcome(RequestReader(), first) == (400, TLS_ON_PLAIN_PORT)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfb\x90",
        b"\0",
        b" GET",
        b"G(",
        b"X" * 33,
        b"hackme\r\n",
        b"hackme\n",
        b"GET /\r\n",
        b"GET\r\n",
        b"HTTP/1.0\r\n",
        b"GET / FTP/1.0\r\n",
    ],
)
def test_what_is_not_http_is_refused_as_soon_as_that_is_certain(data):
    assert outcome(RequestReader(), data) == (400, NOT_HTTP)


@pytest.mark.parametrize(
    "data", [b"", b"\r\n", b"G", b"GET", b"GET ", b"GET / HTTP/1.1\r"]
)
def test_what_may_still_become_http_is_waited_for(data):
    assert outcome(RequestReader(), data) == (None, b"")


def test_a_later_version_of_http_is_refused_by_name():
    assert outcome(RequestReader(), b"PRI * HTTP/2.0\r\n\r\n") == (505, WRONG_VERSION)


def test_a_target_may_be_4096_bytes_long_and_no_longer():
    longest = b"/" + b"x" * 4095

    assert request(b"GET " + longest + b" HTTP/1.1\r\n\r\n").target == longest
    for line in (b"GET /" + longest + b" HTTP/1.1\r\n", b"GET " + longest + b"x" * 99):
        assert outcome(RequestReader(), line) == (414, TARGET_TOO_LONG)


def test_a_head_may_be_as_large_as_its_limit_and_no_larger():
    line, end = b"GET / HTTP/1.1\r\n", b"\r\n\r\n"
    fits = line + b"a: " + b"x" * (200 - len(line) - 3 - len(end)) + end

    head, _ = outcome(RequestReader(max_bytes=200), fits + b"leftover" * 99)
    assert head
    for data in (fits[:-4] + b"x" + end, fits[:-4] + b"x" * 5, b"\r\n" * 101):
        assert outcome(RequestReader(max_bytes=200), data) == (431, HEAD_TOO_LARGE)


def test_a_head_may_have_100_header_lines_and_no_more():
    lines = b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 100

    assert len(list(request(lines + b"\r\n").headers)) == 100
    assert outcome(RequestReader(), lines + b"a: b\r\n\r\n") == (431, HEAD_TOO_LARGE)


@given(st.data())
def test_how_the_network_slices_a_response_does_not_matter(data):
    sent = data.draw(
        st.sampled_from(
            [
                b"ICY 200 OK\r\nicy-name:x\r\nicy-metaint:16000\r\n\r\naudio",
                b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                b"OK2\r\nicy-caps:11\r\n\r\n",
                b"HTTP/1.1 " + b"x" * 5000,
                b"HTTP/1.1 2000 OK\r\n\r\n",
            ]
        )
    )
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=8))

    assert outcome(ResponseReader(), sent, cuts) == outcome(ResponseReader(), sent)


@pytest.mark.parametrize(
    ("line", "version", "status", "reason"),
    [
        (b"ICY 200 OK", "ICY", 200, "OK"),
        (b"HTTP/1.0 200", "HTTP/1.0", 200, ""),
        (b"http/1.1 401 Wrong source key", "HTTP/1.1", 401, "Wrong source key"),
        (b"ICE/1.0 403 Mountpoint in use", "ICE/1.0", 403, "Mountpoint in use"),
    ],
)
def test_status_lines_of_every_age_are_read(line, version, status, reason):
    reader = ResponseReader()
    reader.receive_data(line + b"\r\nicy-br:64\r\n\r\n")

    assert reader.head
    assert (reader.head.version, reader.head.status) == (version, status)
    assert reader.head.reason == reason
    assert reader.head.headers.get("icy-br") == "64"


@pytest.mark.parametrize(
    "data",
    [b"\x15\x03", b"OK2\r\n", b"HTTP 200\r\n", b"HTTP/1.1 OK\r\n", b"HTTP" * 2000],
)
def test_what_is_not_a_response_is_refused(data):
    assert outcome(ResponseReader(), data) == (400, NOT_A_RESPONSE)
