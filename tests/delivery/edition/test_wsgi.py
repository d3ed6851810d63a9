"""The site's half: what it hands to the front, and to whom."""

from __future__ import annotations

import msgspec
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse

from groundwave.delivery.edition.answer import Answer
from groundwave.delivery.edition.wsgi import BehindTheFront, for_everybody


@pytest.fixture(autouse=True)
def _no_database():
    """A response that is closed closes connections; here are none."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def ask(**environ):
    """Ask a site whose pages say who asked; return what is said and the body."""
    said = []

    def site(asked, start):
        response = HttpResponse(asked["REMOTE_ADDR"], content_type="text/html")
        start("200 OK", list(response.items()))
        return response

    behind = BehindTheFront(site, host="kgnd.example", port=80)
    environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": "", **environ}
    body = b"".join(behind(environ, lambda *args: said.append(args)))
    return dict(said[0][1]), body


def test_what_may_be_kept_is_handed_over_whole_with_how_long():
    head, body = ask(HTTP_GROUNDWAVE_WANTS_ANSWER="1")

    assert head == {"Groundwave-Answer": "1"}
    answer = msgspec.msgpack.decode(body, type=Answer)
    assert (answer.status, answer.seconds, answer.is_page) == ("200 OK", 60, True)
    assert b"Content-Type: text/html\r\n" in answer.variants[""].head


def test_the_front_says_who_asks_and_nobody_else():
    said = {"HTTP_GROUNDWAVE_CLIENT": "9.9.9.9"}

    assert ask(**said)[1] == b"9.9.9.9"
    assert ask(**said, REMOTE_ADDR="8.8.8.8")[1] == b"8.8.8.8"
    stranger = ask(HTTP_GROUNDWAVE_WANTS_ANSWER="1", REMOTE_ADDR="8.8.8.8")
    assert stranger[1] == b"8.8.8.8"


def test_a_page_is_made_for_whatever_way_somebody_came():
    made_for = for_everybody({"QUERY_STRING": "fbclid=me&q=1"})

    assert made_for["QUERY_STRING"] == "q=1"
