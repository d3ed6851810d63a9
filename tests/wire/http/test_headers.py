from __future__ import annotations

import base64

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.http.headers import Credentials, Headers, basic_credentials


def authorized(value):
    return Headers([("Authorization", value)])


def test_names_ignore_case_and_the_first_value_stands():
    headers = Headers([("User-Agent", "one"), ("USER-AGENT", "two")])

    assert headers.get("user-agent") == "one"
    assert headers.get_all("User-agent") == ["one", "two"]
    assert "uSER-aGENT" in headers
    assert list(headers) == [("User-Agent", "one"), ("USER-AGENT", "two")]


def test_what_is_missing_has_a_default():
    headers = Headers()

    assert headers.get("host", "here") == "here"
    assert headers.text("host", "here") == "here"
    assert "host" not in headers
    assert 7 not in headers
    assert headers.get_all("host") == []


def test_headers_are_equal_when_they_say_the_same():
    one, two = Headers([("Host", "a")]), Headers([("host", "a")])

    assert one == two
    assert hash(one) == hash(two)
    assert one != Headers([("host", "b")])
    assert one != "Host: a"
    assert repr(one) == "Headers([('Host', 'a')])"


def test_folded_and_absurd_lines_do_no_harm():
    lines = [
        b" lost",
        b"A: 1",
        b"\t2",
        b" ",
        b"no colon",
        b": no name",
        b"B:\x00\x1b3",
        b"",
    ]

    assert list(Headers.parse(lines)) == [("A", "1 2"), ("B", "3")]


def test_text_is_read_as_it_was_typed():
    headers = Headers.parse([b"a: \xc3\xb6", b"b: \xf6", b"c: plain"])

    assert headers.get("a") == "Ã¶"
    assert [headers.text(name) for name in "abc"] == ["ö", "ö", "plain"]


def test_the_last_byte_of_a_utf8_letter_is_not_a_blank():
    assert Headers.parse(["ice-name: Città".encode()]).text("ice-name") == "Città"


def test_tokens_are_taken_from_every_line_of_a_name():
    headers = Headers([("Connection", "Keep-Alive, ,x"), ("connection", "Upgrade")])

    assert headers.tokens("connection") == {"keep-alive", "x", "upgrade"}


@given(st.text().filter(lambda name: ":" not in name), st.text())
def test_credentials_are_read_back(username, password):
    encoded = base64.b64encode(f"{username}:{password}".encode(errors="replace"))
    found = basic_credentials(authorized(f"Basic {encoded.decode()}"))

    assert found == Credentials(
        username.encode(errors="replace").decode(),
        password.encode(errors="replace").decode(),
    )


def test_credentials_may_be_latin_1():
    encoded = base64.b64encode(b"source:p\xe4ss").decode()

    assert basic_credentials(authorized(f"basic  {encoded}")) == Credentials(
        "source", "päss"
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Basic",
        "Basic %%%",
        "Basic YQ",
        "Bearer abc",
        "Basic bm9jb2xvbg==",
        "Basic \xfc",
    ],
)
def test_credentials_that_cannot_be_read_are_none(value):
    assert basic_credentials(authorized(value)) is None


def test_a_password_is_not_shown_where_it_might_be_logged():
    assert "secret" not in repr(Credentials("source", "secret"))
