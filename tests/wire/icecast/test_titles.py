from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import Credentials, RequestReader
from groundwave.wire.icecast.encoder import title_request
from groundwave.wire.icecast.titles import (
    MAX_TITLE,
    TitleUpdate,
    iceresponse,
    is_title_request,
    read_title_update,
    title_credentials,
)


def head_of(request):
    reader = RequestReader()
    reader.receive_data(request)
    assert reader.head
    return reader.head


def asking(query, path=b"/admin/metadata"):
    return head_of(b"GET " + path + b"?" + query + b" HTTP/1.0\r\n\r\n")


def title(query, **known):
    return read_title_update(asking(b"mode=updinfo&" + query), **known).title


@pytest.mark.parametrize(
    ("path", "is_title"),
    [
        (b"/admin/metadata", True),
        (b"/admin/metadata.xsl", True),
        (b"/admin.cgi", True),
        (b"/admin/stats", False),
    ],
)
def test_titles_have_their_addresses(path, is_title):
    assert is_title_request(asking(b"", path)) is is_title


def test_icecast_s_request_is_read():
    head = asking(b"mode=updinfo&mount=/kgnd&song=Odetta%20-%20Vatn&url=http://u")

    assert read_title_update(head) == TitleUpdate("/kgnd", "Odetta - Vatn", "http://u")


def test_shoutcast_s_request_is_read_and_its_password_may_name_a_mount():
    head = asking(b"pass=kgnd:key&mode=updinfo&song=Vatn&url=", b"/admin.cgi")

    assert read_title_update(head) == TitleUpdate("/kgnd", "Vatn", "")
    assert title_credentials(head) == Credentials("source", "key")


def test_a_request_may_name_no_mount():
    head = asking(b"pass=key&mode=updinfo&song=Vatn", b"/admin.cgi")

    assert read_title_update(head).mount == ""


def test_a_mount_gets_its_slash():
    assert read_title_update(asking(b"mode=updinfo&mount=kgnd&song=x")).mount == "/kgnd"


def test_credentials_may_come_in_the_header_or_not_at_all():
    request = b"GET /admin/metadata?mode=updinfo HTTP/1.0\r\n"

    assert title_credentials(head_of(request + b"\r\n")) is None
    assert title_credentials(
        head_of(request + b"Authorization: Basic c291cmNlOmtleQ==\r\n\r\n")
    ) == Credentials("source", "key")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (b"artist=Odetta&title=Vatn", "Odetta - Vatn"),
        (b"artist=Odetta&title=", "Odetta"),
        (b"title=Vatn", "Vatn"),
        (b"song=A&artist=B&title=C", "A"),
        (b"song=&artist=B&title=C", "B - C"),
        (b"song=", ""),
        (b"song=a+b%20c d%26e", "a b c d&e"),
        (b"song=100%", "100%"),
        (b"song=a%0d%0aX%00%1b[31m", "a X [31m"),
        (b"song=%20%20a%09b%20", "a b"),
    ],
)
def test_a_title_is_one_clean_line(query, expected):
    assert title(query) == expected


@pytest.mark.parametrize(
    ("query", "source", "expected"),
    [
        (b"song=R%C3%B3s", "", "Rós"),
        (b"song=R\xc3\xb3s", "", "Rós"),
        (b"song=R%F3s", "", "Rós"),
        (b"song=R\xf3s", "", "Rós"),
        (b"song=%D1", "koi8-r", "я"),
        (b"song=%D1&charset=KOI8-R", "", "я"),
        (b"song=R%C3%B3s", "koi8-r", "Rós"),
        (b"song=R%F3s&charset=utf-8", "", "Rós"),
        (b"song=R%F3s&charset=nonsense", "", "Rós"),
        (b"song=don%92t&charset=ISO-8859-1", "", "don\u2019t"),
    ],
)
def test_the_charset_is_the_first_that_fits(query, source, expected):
    assert title(query, charset=source) == expected


def test_a_title_may_be_posted():
    head = head_of(b"POST /admin/metadata?mode=updinfo HTTP/1.1\r\n\r\n")
    body = b"mount=%2Fkgnd&song=Vatn&pass=key"

    assert read_title_update(head, body=body) == TitleUpdate("/kgnd", "Vatn", "")
    assert title_credentials(head, body=body) == Credentials("source", "key")


@pytest.mark.parametrize(
    "query", [b"", b"mode=updinfo", b"song=x", b"mode=other&song=x"]
)
def test_a_request_without_a_title_is_told_what_to_send(query):
    with pytest.raises(PeerError, match="song="):
        read_title_update(asking(query))


@given(st.text(), st.text())
def test_a_title_is_bounded_and_clean_whatever_it_was(artist, song):
    head = head_of(title_request("/m", "source", "key", f"{artist} - {song}"[:300]))
    update = read_title_update(head)

    assert len(update.title) <= MAX_TITLE
    assert not {"\r", "\n", "\0", "\x1b"} & set(update.title)
    assert update.title == update.title.strip()


def test_a_long_title_is_cut():
    long = b"x" * 400

    assert len(title(b"artist=" + long + b"&title=" + long)) == MAX_TITLE


@given(st.binary(max_size=100), st.text(max_size=10))
def test_random_bytes_only_ever_raise_peer_errors(body, charset):
    head = head_of(b"POST /admin/metadata?mode=updinfo HTTP/1.1\r\n\r\n")
    with suppress(PeerError):
        read_title_update(head, body=body, charset=charset)
    title_credentials(head, body=body)


def test_the_answer_is_icecast_s():
    assert iceresponse("Metadata update successful", 1) == (
        b'<?xml version="1.0"?>\n<iceresponse><message>Metadata update successful'
        b"</message><return>1</return></iceresponse>\n"
    )
    assert b"&lt;b&gt; &amp;" in iceresponse("<b> &", 0)
