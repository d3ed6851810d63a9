from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import UsageError
from groundwave.wire.http.head import Credentials, RequestReader
from groundwave.wire.icecast.encoder import source_request, title_request
from groundwave.wire.icecast.source import (
    SourceHandshake,
    SourceRequested,
    StreamDescription,
)
from groundwave.wire.icecast.titles import (
    TitleUpdate,
    read_title_update,
    title_credentials,
)


def head_of(request):
    reader = RequestReader()
    reader.receive_data(request)
    assert reader.head
    assert reader.leftover == b""
    return reader.head


@pytest.mark.parametrize(
    ("method", "protocol", "welcome"),
    [
        ("PUT", "PUT HTTP/1.1", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ("SOURCE", "SOURCE HTTP/1.0", b"HTTP/1.0 200 OK\r\n\r\n"),
    ],
)
def test_our_own_request_is_understood_by_our_own_server(method, protocol, welcome):
    request = source_request(
        "/kgnd é",
        "source",
        "schlüssel",
        "audio/aac",
        name="Vökuradio",
        description="a demo",
        genre="News",
        url="http://example.org",
        public=True,
        bitrate_kbps=96,
        method=method,
        agent="studio",
    )
    handshake = SourceHandshake(head_of(request))
    handshake.accept()

    assert handshake.events_received() == [
        SourceRequested(
            "/kgnd é",
            Credentials("source", "schlüssel"),
            StreamDescription(
                content_type="audio/aac",
                name="Vökuradio",
                description="a demo",
                genre="News",
                url="http://example.org",
                public=True,
                bitrate_kbps=96,
                agent="studio",
            ),
            protocol,
        )
    ]
    assert handshake.data_to_send() == welcome


def test_what_is_not_known_is_not_sent():
    request = source_request("/m", "source", "key", "audio/mpeg")

    assert b"ice-name" not in request
    assert b"ice-public: 0\r\n" in request


def test_a_text_cannot_break_out_of_its_line():
    with pytest.raises(UsageError):
        source_request("/m", "source", "key", "audio/mpeg", name="a\r\nb: c")


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=200))
def test_a_title_is_read_back(title):
    request = title_request("/kgnd", "source", "key", title, url="http://u?a=b&c")
    head = head_of(request)

    assert read_title_update(head) == TitleUpdate("/kgnd", title, "http://u?a=b&c")
    assert title_credentials(head) == Credentials("source", "key")


def test_a_title_may_have_no_link():
    assert b"url=" not in title_request("/kgnd", "source", "key", "Vatn")
