"""The layer around a site that says whatever a test wants."""

from __future__ import annotations

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse

from groundwave.delivery.edition import flights
from groundwave.delivery.edition.layer import EditionLayer
from groundwave.delivery.edition.question import FOR_EVERYBODY, House


PAGE = b"<p>Along the ground.</p>" * 200
HTML = "text/html; charset=utf-8"


class Around:
    """A layer with a clock and an edition that a test turns by hand."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []
        self.number, self.now = 1, 0.0
        self.layer = EditionLayer(
            self._site,
            house=House(apart=("/admin/",), cookies=("sessionid",)),
            room=1_000_000,
            edition=lambda: self.number,
            clock=lambda: self.now,
        )

    def _site(self, environ, start):
        self.asked.append(environ)
        response = self.answer(environ)
        headers = [*response.items()]
        headers += [
            ("Set-Cookie", each.OutputString()) for each in response.cookies.values()
        ]
        start(f"{response.status_code} {response.reason_phrase}", headers)
        return response

    def get(self, path="/", query="", method="GET", **headers):
        said = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "kgnd.example",
            "wsgi.url_scheme": "http",
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        body = b"".join(self.layer(environ, lambda *args: said.append(args)))
        ((status, head),) = said
        assert len({name.lower() for name, _ in head}) == len(head)
        return int(status[:3]), {name.lower(): value for name, value in head}, body


def page(environ=None, **headers):
    return HttpResponse(PAGE, content_type=HTML, headers=headers)


@pytest.fixture(autouse=True)
def _no_database():
    """A response that is closed closes connections; here are none."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def around():
    return Around(page)


def test_a_page_is_made_once_and_sent_to_all(around):
    answers = [around.get() for _ in range(5)]

    assert len(around.asked) == 1
    assert {(status, body) for status, _, body in answers} == {(200, PAGE)}


def test_it_travels_as_who_asks_takes_it(around):
    _, head, plain = around.get()
    _, zipped_head, zipped = around.get(accept_encoding="gzip")
    _, best_head, best = around.get(accept_encoding="gzip, br")

    assert gzip.decompress(zipped) == brotli.decompress(best) == plain == PAGE
    assert "content-encoding" not in head
    assert zipped_head["content-encoding"] == "gzip"
    assert best_head["content-encoding"] == "br"
    assert [head["content-length"], zipped_head["content-length"]] == [
        str(len(plain)),
        str(len(zipped)),
    ]
    assert {each["vary"] for each in (head, zipped_head)} == {"Accept-Encoding"}
    assert len({each["etag"] for each in (head, zipped_head, best_head)}) == 3
    assert len(around.asked) == 1


def test_who_has_it_already_is_told_so_without_it(around):
    _, head, _ = around.get(accept_encoding="br")
    tag = head["etag"]
    for said in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        status, unchanged, body = around.get(accept_encoding="br", if_none_match=said)
        assert (status, body, unchanged["etag"]) == (304, b"", tag)
        assert "content-length" not in unchanged
    status, _, body = around.get(if_none_match=tag)
    assert (status, body) == (200, PAGE)


def test_who_asks_for_the_head_gets_the_head_of_the_page(around):
    first = around.get(method="HEAD")
    whole = around.get()

    assert first == (whole[0], whole[1], b"")
    assert len(around.asked) == 1


def test_another_edition_is_another_page(around):
    around.get()
    around.number = 2
    around.answer = lambda _: HttpResponse(b"corrected", content_type=HTML)

    assert around.get()[2] == b"corrected"


def test_a_page_that_was_begun_before_a_write_is_sent_to_nobody_after_it(around):
    def slow(environ):
        around.number = 2  # committed and counted while the page was made
        return page()

    around.answer = slow
    around.get()
    around.answer = lambda _: HttpResponse(b"corrected", content_type=HTML)

    assert around.get()[2] == b"corrected"


def test_a_page_lasts_a_minute(around):
    around.get()
    around.now = 59.9
    around.get()
    assert len(around.asked) == 1
    around.now = 60
    around.get()
    assert len(around.asked) == 2


def test_an_answer_says_how_old_it_is_to_who_may_keep_it(around):
    around.answer = lambda _: page(**{"Cache-Control": "public, max-age=20"})
    around.get()
    around.now = 15
    assert around.get()[1]["age"] == "15"
    around.now = 20
    assert around.get()[1]["age"] == "0"


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: page(**{"Cache-Control": "no-store"}),
        lambda _: page(**{"Cache-Control": "private, max-age=60"}),
        lambda _: page(Vary="Accept-Language"),
        lambda _: HttpResponse(PAGE, status=500),
        lambda _: HttpResponse(PAGE, status=302),
    ],
)
def test_what_may_not_be_kept_is_asked_each_time(around, answer):
    around.answer = answer
    around.get()
    around.get()
    assert len(around.asked) == 2
    assert around.get(method="HEAD")[2] == b""


def test_an_answer_with_a_cookie_is_one_persons(around):
    def welcome(_):
        response = page()
        response.set_cookie("csrftoken", "x")
        return response

    around.answer = welcome
    assert "set-cookie" in around.get()[1]
    assert "set-cookie" in around.get()[1]
    assert len(around.asked) == 2


@pytest.mark.parametrize(
    "headers",
    [{"cookie": "sessionid=x"}, {"authorization": "Basic x"}, {"range": "bytes=0-1"}],
)
def test_somebodys_own_question_goes_through_as_it_came(around, headers):
    around.get()
    around.get(**headers)

    assert len(around.asked) == 2
    assert FOR_EVERYBODY not in around.asked[1]
    around.get()
    assert len(around.asked) == 2


def test_nothing_of_whoever_asks_first_gets_into_everybodys_page(around):
    around.get(query="q=1&fbclid=me", cookie="_ga=me", if_none_match='"x"')

    (asked,) = around.asked
    assert asked["QUERY_STRING"] == "q=1"
    assert not {"HTTP_COOKIE", "HTTP_IF_NONE_MATCH"} & set(asked)
    assert around.get(query="q=1&gclid=you")[0] == 200
    assert len(around.asked) == 1


def test_what_is_sent_piece_by_piece_goes_through_piece_by_piece(around):
    around.answer = lambda _: StreamingHttpResponse(iter([b"one", b"two"]))

    assert around.get()[2] == b"onetwo"
    assert around.get(method="HEAD")[2] == b""
    assert len(around.asked) == 2


def test_a_page_that_is_not_there_is_kept_too_and_not_among_304s(around):
    around.answer = lambda _: HttpResponse(PAGE, content_type=HTML, status=404)
    tag = around.get()[1]["etag"]

    assert around.get(if_none_match=tag)[0] == 404
    assert len(around.asked) == 1


class Slow:
    """A site whose answers wait until a test lets them go."""

    def __init__(self, outcome):
        self.outcome = outcome
        self.begun, self.go = threading.Semaphore(0), threading.Event()

    def __call__(self, environ):
        self.begun.release()
        assert self.go.wait(10)
        return self.outcome(environ)


def test_those_who_ask_at_once_wait_for_one_making():
    slow = Slow(page)
    around = Around(slow)
    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(around.get) for _ in range(8)]
        assert slow.begun.acquire(timeout=10)
        slow.go.set()
        assert {each.result(10)[2] for each in answers} == {PAGE}

    assert len(around.asked) == 1


def test_a_fault_of_the_one_that_makes_it_is_not_everybodys(monkeypatch):
    boarded = threading.Semaphore(0)
    board = flights.Flights.board

    def seen(self, *args):
        try:
            return board(self, *args)
        finally:
            boarded.release()

    monkeypatch.setattr(flights.Flights, "board", seen)
    outcomes = iter([ZeroDivisionError()])

    def once(environ):
        for fault in outcomes:
            raise fault
        return page()

    slow = Slow(once)
    around = Around(slow)
    with ThreadPoolExecutor(4) as readers:
        answers = [readers.submit(around.get) for _ in range(4)]
        for _ in answers:
            assert boarded.acquire(timeout=10)
        slow.go.set()
        faults = [each.exception(10) for each in answers]

    assert [type(each) for each in faults if each] == [ZeroDivisionError]


def test_nobody_waits_for_a_page_for_ever(monkeypatch):
    monkeypatch.setattr(flights, "PATIENCE_SECONDS", 0.01)
    slow = Slow(page)
    around = Around(slow)
    with ThreadPoolExecutor(2) as readers:
        answers = [readers.submit(around.get) for _ in range(2)]
        assert slow.begun.acquire(timeout=10)
        assert slow.begun.acquire(timeout=10), "the second made it itself"
        slow.go.set()
        assert {each.result(10)[0] for each in answers} == {200}


def test_nobody_joins_a_page_that_was_begun_before_a_write():
    slow = Slow(page)
    around = Around(slow)
    with ThreadPoolExecutor(2) as readers:
        early = readers.submit(around.get)
        assert slow.begun.acquire(timeout=10)
        around.number = 2
        around.answer = lambda _: HttpResponse(b"corrected", content_type=HTML)
        assert readers.submit(around.get).result(10)[2] == b"corrected"
        slow.go.set()
        assert early.result(10)[2] == PAGE
    assert around.get()[2] == b"corrected"
