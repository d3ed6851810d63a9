from __future__ import annotations

import pytest

from groundwave.delivery.edition.question import (
    House,
    accepted,
    for_everybody,
    without_trackers,
)


HOUSE = House(
    apart=("/admin/", "/static/"), cookies=("sessionid", "csrftoken", "messages")
)
BEHIND_A_PROXY = House(apart=("/admin/",), cookies=(), proxy_header="HTTP_X_PROTO")


def asked(path="/", query="", method="GET", **more):
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "kgnd.example",
        "wsgi.url_scheme": "http",
        **more,
    }


def test_a_question_is_known_by_where_it_was_asked_and_for_what():
    key = HOUSE.key(asked("/shows/", "category=Music"))

    assert key == ("http", "kgnd.example", "/shows/", "category=Music")


def test_asking_for_the_head_is_asking_for_the_same():
    assert HOUSE.key(asked(method="HEAD")) == HOUSE.key(asked())


def test_a_host_is_the_same_however_it_is_written():
    assert HOUSE.key(asked(HTTP_HOST="KGND.Example")) == HOUSE.key(asked())


@pytest.mark.parametrize(
    "environ",
    [
        asked(method="POST"),
        asked(method="OPTIONS"),
        asked("/admin/pages/"),
        asked("/static/x.css"),
        asked(HTTP_AUTHORIZATION="Basic abc"),
        asked(HTTP_RANGE="bytes=0-1"),
        asked(CONTENT_LENGTH="7"),
        asked(HTTP_COOKIE="sessionid=abc"),
        asked(HTTP_COOKIE="theme=dark; csrftoken=abc"),
        asked(HTTP_COOKIE="messages=abc"),
        asked(HTTP_HOST=""),
        asked(query="q=" + "x" * 4000),
    ],
)
def test_what_is_somebodys_own_or_nobody_means_is_asked_of_the_site(environ):
    assert HOUSE.key(environ) is None


def test_a_cookie_of_somebody_elses_changes_nothing():
    assert HOUSE.key(asked(HTTP_COOKIE="_ga=GA1.2.3; theme=dark")) == HOUSE.key(asked())


def test_the_scheme_is_what_a_believed_proxy_says_and_there_are_two():
    said = [{}, {"HTTP_X_PROTO": "https"}, {"HTTP_X_PROTO": "x"}, {"HTTP_X_PROTO": "y"}]
    keys = [BEHIND_A_PROXY.key(asked(**each)) for each in said]

    assert [key and key[0] for key in keys] == ["http", "https", "http", "http"]
    assert HOUSE.key(asked(HTTP_X_PROTO="https")) == HOUSE.key(asked())


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


def test_a_page_is_made_for_nobody_in_particular():
    one = asked(
        method="HEAD",
        HTTP_COOKIE="a=b",
        HTTP_IF_NONE_MATCH="*",
        HTTP_ACCEPT="text/html",
    )

    made_for = for_everybody(one, query="q=1")

    assert made_for["REQUEST_METHOD"] == "GET"
    assert made_for["QUERY_STRING"] == "q=1"
    assert made_for["HTTP_ACCEPT"] == "text/html"
    assert not {"HTTP_COOKIE", "HTTP_IF_NONE_MATCH"} & set(made_for)
    assert one["REQUEST_METHOD"] == "HEAD"


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
