from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.delivery.edition.question import House, accepted, without_trackers
from groundwave.wire.errors import PeerError
from groundwave.wire.http.strict import body_length, read_strictly


HOUSE = House(
    apart=("/admin/", "/static/"), cookies=("sessionid=", "csrftoken=", "messages=")
)
BEHIND_A_PROXY = House(apart=("/admin/",), cookies=(), proxy_header="x-proto")
HOST = "Host: kgnd.example"


def head(target="/", *lines, method="GET"):
    said = "".join(f"\r\n{line}" for line in lines or (HOST,))
    return read_strictly(f"{method} {target} HTTP/1.1{said}".encode())


def key(*said, house=HOUSE, **more):
    question = house.question(head(*said, **more))
    return question and question.key


def test_a_question_is_known_by_where_it_was_asked_and_for_what():
    assert key("/shows/?category=Music") == (
        "http",
        "kgnd.example",
        "/shows/",
        "category=Music",
    )


def test_asking_for_the_head_is_asking_for_the_same():
    assert key(method="HEAD") == key()
    assert not HOUSE.question(head(method="HEAD")).wants_body


def test_a_host_is_the_same_however_it_is_written():
    assert key("/", "HOST:  KGND.Example ") == key()


def test_it_says_what_is_taken_and_what_is_there_already():
    asked = head("/", HOST, "Accept-Encoding: gzip", 'If-None-Match: "a", "b"')
    question = HOUSE.question(asked)

    assert question.takes == {"gzip"}
    assert question.unless == '"a", "b"'


@pytest.mark.parametrize(
    "said",
    [
        ("/admin/pages/",),
        ("//admin/pages/",),
        ("/%61dmin/pages/",),
        ("/%2Fadmin/",),
        ("/static/x.css",),
        ("http://kgnd.example/",),
        ("*",),
        ("/", HOST, "Authorization: Basic abc"),
        ("/", HOST, "Range: bytes=0-1"),
        ("/", HOST, "Content-Length: 7"),
        ("/", HOST, "Cookie: sessionid=abc"),
        ("/", HOST, "Cookie: theme=dark; csrftoken=abc"),
        ("/", HOST, "Cookie: theme=dark", "Cookie: csrftoken=abc"),
        ("/", HOST, "Cookie: messages=abc"),
        ("/", "Accept: text/html"),
        ("/?q=" + "x" * 4000,),
    ],
)
def test_what_is_somebodys_own_or_nobody_means_is_asked_of_the_site(said):
    assert key(*said) is None


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "DELETE"])
def test_what_changes_something_is_asked_of_the_site(method):
    assert key(method=method) is None


def test_a_page_has_one_name_however_its_address_is_quoted():
    assert key("/schedul%65/") == key("/schedule/") == key("/%73chedule/")
    assert key("/a%3Fb") != key("/a?b")


def test_another_question_behind_the_end_of_one_is_not_left_out():
    two = b"GET / HTTP/1.1\r\nHost: a\r\n\r\nuser-agent: x\r\n"

    assert gist(two) == two


def test_a_cookie_of_somebody_elses_changes_nothing():
    assert key("/", HOST, "Cookie: _ga=GA1.2.3; theme=dark") == key()


def test_the_scheme_is_what_a_believed_proxy_says_and_there_are_two():
    said = [(), ("X-Proto: https",), ("X-Proto: x",), ("X-Proto: y",)]
    keys = [key("/", HOST, *each, house=BEHIND_A_PROXY) for each in said]

    assert [each[0] for each in keys] == ["http", "https", "http", "http"]
    assert key("/", HOST, "X-Proto: https") == key()


BEHIND_COOKIES = House(HOUSE.apart, HOUSE.cookies, proxy_header="x-proto")


def gist(raw):
    return BEHIND_COOKIES.aside.sub(b"", raw)


def test_what_a_browser_says_of_itself_is_left_out():
    plain = b"GET / HTTP/1.1\r\nHost: kgnd.example\r\n\r\n"
    chatty = plain.replace(
        b"Host",
        b"User-Agent: M\xf6zilla/5.0\r\nSec-CH-UA-Mobile: ?0\r\nCookie: _ga=1; theme=dark"
        b"\r\nAccept: text/html\r\nHost",
    )

    assert gist(chatty) == plain


LINES = st.sampled_from(
    [
        b"User-Agent: x",
        b"user-agent:",
        b"Accept: a/b",
        b"Accept-Encoding: gzip",
        b"Cookie: _ga=1",
        b"Cookie: _ga=1; sessionid=x",
        b"cookie: csrftoken=x",
        b"Range: bytes=0-1",
        b"If-None-Match: *",
        b"Authorization: x",
        b"Connection: close",
        b"Content-Length: 3",
        b"Transfer-Encoding: chunked",
        b"X-Proto: https",
        b" folded: x",
        b"User-Agent : x",
        b"User-Agent: a\nRange: x",
        b"User-Agent: a\rRange: x",
        b"Sec-Fetch-Mode: navigate",
        b"Sec-Fetch-Mode",
    ]
)


def meaning(raw):
    """Return what is asked, by the whole way of reading it."""
    try:
        read = read_strictly(raw)
        return BEHIND_COOKIES.question(read), body_length(read), read.keeps_alive
    except PeerError:
        return None


@given(st.lists(LINES, max_size=6))
def test_nothing_that_matters_is_ever_left_out(lines):
    raw = b"\r\n".join([b"GET / HTTP/1.1", HOST.encode(), *lines, b"", b""])

    assert meaning(gist(raw)) == meaning(raw)


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("utm_source=x&utm_campaign=y", ""),
        ("fbclid=abc&q=frost", "q=frost"),
        ("q=frost&gclid=1&page=2&mc_eid=3", "q=frost&page=2"),
        ("b=2&a=1", "b=2&a=1"),
        ("q=utm_source&q=2", "q=utm_source&q=2"),
        ("fbclids=1", "fbclids=1"),
        ("UTM_Medium=mail", ""),
        ("gclid", ""),
    ],
)
def test_what_follows_people_is_left_out_and_the_rest_keeps_its_order(query, rest):
    assert without_trackers(query) == rest


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip, deflate, br", {"br", "gzip"}),
        ("gzip", {"gzip"}),
        ("identity", set()),
        ("", set()),
        ("*", {"br", "gzip"}),
        ("*;q=0", set()),
        ("br;q=0, *", {"gzip"}),
        ("br; q=0.000, gzip;q=0.5", {"gzip"}),
        ("BR;Q=0.1", {"br"}),
        ("gzip;q=;;,,", {"gzip"}),
    ],
)
def test_an_encoding_is_taken_unless_it_is_refused(header, takes):
    assert accepted(header) == takes
