"""The front around a site that says whatever a test wants, asked through real sockets."""

from __future__ import annotations

import gzip
import http.client
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import msgspec
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse

from equipment.fronts import DATE, Around
from groundwave.delivery.edition.question import House
from groundwave.delivery.edition.wsgi import FOR_EVERYBODY
from groundwave.delivery.front import front, making


PAGE = b"<p>Along the ground.</p>" * 200
HTML = "text/html; charset=utf-8"
HOUSE = House(apart=("/admin/",), cookies=("sessionid=",))


class Site:
    """A site that a test answers for; ``asked`` is what it was asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def __call__(self, environ, start):
        self.asked.append(environ)
        response = self.answer(environ)
        headers = [*response.items()]
        headers += [
            ("Set-Cookie", each.OutputString()) for each in response.cookies.values()
        ]
        if not response.streaming:
            headers.append(("Content-Length", str(len(response.content))))
        start(f"{response.status_code} {response.reason_phrase}", headers)
        return response


def page(environ=None, **headers):
    return HttpResponse(PAGE, content_type=HTML, headers=headers)


@pytest.fixture(autouse=True)
def _no_database():
    """A response that is closed closes connections; here are none."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def site():
    return Site(page)


@pytest.fixture
def around(site):
    around = Around(site, house=HOUSE)
    yield around
    around.close()


def test_a_page_is_made_once_and_sent_to_all(around, site):
    answers = [around.get() for _ in range(5)]

    assert len(site.asked) == 1
    assert {(status, body) for status, _, body in answers} == {(200, PAGE)}
    assert {head["date"] for _, head, _ in answers} == {DATE}


def test_it_travels_as_who_asks_takes_it(around, site):
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
    assert len(site.asked) == 1


def test_who_has_it_already_is_told_so_without_it(around):
    _, head, _ = around.get(accept_encoding="br")
    tag = head["etag"]
    for said in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        status, unchanged, body = around.get(accept_encoding="br", if_none_match=said)
        assert (status, body, unchanged["etag"]) == (304, b"", tag)
        assert "content-length" not in unchanged
    status, _, body = around.get(if_none_match=tag)
    assert (status, body) == (200, PAGE)


def test_who_asks_for_the_head_gets_the_head_of_the_page(around, site):
    first = around.get(method="HEAD")
    whole = around.get()

    assert first == (whole[0], whole[1], b"")
    assert len(site.asked) == 1


def test_another_edition_is_another_page(around, site):
    around.get()
    around.number = 2
    site.answer = lambda _: HttpResponse(b"corrected", content_type=HTML)

    assert around.get()[2] == b"corrected"


def test_who_stays_on_a_connection_reads_the_edition_of_the_moment(around, site):
    line = http.client.HTTPConnection("127.0.0.1", around.port, timeout=20)

    def read():
        line.request("GET", "/", headers={"Host": "kgnd.example"})
        return line.getresponse().read()

    assert [read(), read(), read()] == [PAGE] * 3
    site.answer = lambda _: HttpResponse(b"corrected", content_type=HTML)
    around.number = 2
    assert [read(), read()] == [b"corrected"] * 2
    line.close()
    assert len(site.asked) == 2


def test_a_page_that_was_begun_before_a_write_is_sent_to_nobody_after_it(around, site):
    def slow(environ):
        around.number = 2  # committed and counted while the page was made
        return page()

    site.answer = slow
    around.get()
    site.answer = lambda _: HttpResponse(b"corrected", content_type=HTML)

    assert around.get()[2] == b"corrected"


def test_a_page_lasts_a_minute(around, site):
    around.get()
    around.now += 59.9
    around.get()
    assert len(site.asked) == 1
    around.now += 0.1
    around.get()
    assert len(site.asked) == 2


def test_an_answer_says_how_old_it_is_to_who_may_keep_it(around, site):
    site.answer = lambda _: page(**{"Cache-Control": "public, max-age=20"})
    around.get()
    around.now += 15
    assert around.get()[1]["age"] == "15"
    around.now += 1
    assert around.get()[1]["age"] == "16"
    around.now += 4
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
def test_what_may_not_be_kept_is_asked_each_time(around, site, answer):
    site.answer = answer
    around.get()
    around.get()
    # Once for everybody, in vain; then for each.
    assert [FOR_EVERYBODY in asked for asked in site.asked] == [True, False, False]
    assert around.get(method="HEAD")[2] == b""
    around.now += front.PERSONAL_SECONDS
    around.get()
    assert [FOR_EVERYBODY in asked for asked in site.asked].count(True) == 2


def test_an_answer_with_a_cookie_is_one_persons(around, site):
    def welcome(_):
        response = page()
        response.set_cookie("csrftoken", "x")
        return response

    site.answer = welcome
    assert "set-cookie" in around.get()[1]
    assert "set-cookie" in around.get()[1]
    assert around.front.figures().kept == 0


@pytest.mark.parametrize(
    "headers",
    [{"cookie": "sessionid=x"}, {"authorization": "Basic x"}, {"range": "bytes=0-1"}],
)
def test_somebodys_own_question_goes_through_as_it_came(around, site, headers):
    around.get()
    around.get(**headers)

    assert len(site.asked) == 2
    assert FOR_EVERYBODY not in site.asked[1]
    around.get()
    assert len(site.asked) == 2


def test_nothing_of_whoever_asks_first_gets_into_everybodys_page(around, site):
    around.get(query="q=1&fbclid=me", cookie="_ga=me", if_none_match='"x"')

    (asked,) = site.asked
    assert asked["QUERY_STRING"] == "q=1"
    assert not {"HTTP_COOKIE", "HTTP_IF_NONE_MATCH"} & set(asked)
    assert around.get(query="q=1&gclid=you")[0] == 200
    assert len(site.asked) == 1


def test_what_is_sent_piece_by_piece_goes_through_piece_by_piece(around, site):
    site.answer = lambda _: StreamingHttpResponse(iter([b"one", b"two"]))

    assert around.get()[2] == b"onetwo"
    assert around.get(method="HEAD")[2] == b""


def test_a_page_that_is_not_there_is_kept_too_and_not_among_304s(around, site):
    site.answer = lambda _: HttpResponse(PAGE, content_type=HTML, status=404)
    tag = around.get()[1]["etag"]

    assert around.get(if_none_match=tag)[0] == 404
    assert len(site.asked) == 1


def test_without_room_for_it_nothing_is_kept(site):
    around = Around(site, house=HOUSE, room=0)
    try:
        assert {around.get()[2], around.get()[2]} == {PAGE}
    finally:
        around.close()
    assert len(site.asked) == 2
    assert FOR_EVERYBODY not in site.asked[0]


FORGED = {
    "Groundwave-Client": "9.9.9.9",
    "Groundwave_Client": "9.9.9.9",
    "Groundwave-Wants-Answer": "1",
    "groundwave_wants_answer": "1",
    "X_Forwarded_Proto": "https",
}


def test_the_site_is_told_whose_connection_it_is_and_where_it_was_reached(around, site):
    for path in ("/", "/admin/"):
        around.get(path, more=FORGED)

    everybodys, ones = site.asked
    assert FOR_EVERYBODY in everybodys
    assert FOR_EVERYBODY not in ones
    assert everybodys["REMOTE_ADDR"] == ""
    assert ones["REMOTE_ADDR"] == "127.0.0.1"
    for asked in site.asked:
        assert (asked["SERVER_NAME"], asked["SERVER_PORT"]) == ("kgnd.example", "80")
        assert "HTTP_X_FORWARDED_PROTO" not in asked


def test_of_who_asks_first_the_site_learns_nothing_for_everybodys_page(around, site):
    around.get(user_agent="x", accept_language="eo", x_forwarded_for="9.9.9.9")

    (asked,) = site.asked
    assert {name for name in asked if name.startswith("HTTP_")} == {
        "HTTP_HOST",
        "HTTP_GROUNDWAVE_WANTS_ANSWER",
    }


class Slow:
    """A site whose answers wait until a test lets them go."""

    def __init__(self, outcome):
        self.outcome = outcome
        self.begun, self.go = threading.Semaphore(0), threading.Event()

    def __call__(self, environ):
        self.begun.release()
        assert self.go.wait(10)
        return self.outcome(environ)


@pytest.fixture
def slow(site):
    site.answer = slow = Slow(page)
    yield slow
    slow.go.set()


@pytest.fixture
def boarded(monkeypatch):
    """Released whenever somebody begins to wait for what is made already."""
    boarded = threading.Semaphore(0)
    join = making.Making.join

    def seen(self, waiting):
        join(self, waiting)
        boarded.release()

    monkeypatch.setattr(making.Making, "join", seen)
    return boarded


def test_those_who_ask_at_once_wait_for_one_making(around, site, slow, boarded):
    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(around.get) for _ in range(8)]
        for _ in range(7):
            assert boarded.acquire(timeout=10)
        slow.go.set()
        assert {each.result(10)[2] for each in answers} == {PAGE}

    assert len(site.asked) == 1


def test_what_turns_out_to_be_one_persons_is_asked_for_by_each(
    around, site, slow, boarded
):
    slow.outcome = lambda _: page(**{"Cache-Control": "no-store"})
    with ThreadPoolExecutor(4) as readers:
        answers = [readers.submit(around.get) for _ in range(4)]
        for _ in range(3):
            assert boarded.acquire(timeout=10)
        slow.go.set()
        assert {each.result(10)[2] for each in answers} == {PAGE}

    assert [FOR_EVERYBODY in asked for asked in site.asked].count(True) == 1
    assert len(site.asked) == 5


def test_nobody_waits_for_a_page_for_ever_and_nobody_has_it_made_twice(
    monkeypatch, site, around, slow
):
    monkeypatch.setattr(making, "MOST_SECONDS", 0.1)
    with ThreadPoolExecutor(2) as readers:
        answers = [readers.submit(around.get) for _ in range(2)]
        assert {each.result(10)[0] for each in answers} == {503}
    assert len(site.asked) <= 2
    slow.go.set()


def test_an_answer_of_another_release_is_none(around, site, monkeypatch):
    monkeypatch.setattr(msgspec.msgpack, "encode", lambda _: b"\xc1")

    assert around.get()[0] == 503
    monkeypatch.undo()
    assert around.get()[2] == PAGE


def test_nobody_joins_a_page_that_was_begun_before_a_write(around, site, slow):
    with ThreadPoolExecutor(2) as readers:
        early = readers.submit(around.get)
        assert slow.begun.acquire(timeout=10)
        around.number = 2
        site.answer = lambda _: HttpResponse(b"corrected", content_type=HTML)
        assert readers.submit(around.get).result(10)[2] == b"corrected"
        slow.go.set()
        assert early.result(10)[2] == PAGE
    assert around.get()[2] == b"corrected"


def test_a_page_is_made_to_its_end_for_those_who_wait_when_the_first_leaves(
    around, site, slow, boarded
):
    first = around.connect()
    first.sendall(b"GET / HTTP/1.1\r\nHost: kgnd.example\r\n\r\n")
    assert slow.begun.acquire(timeout=10)
    with ThreadPoolExecutor(1) as readers:
        answer = readers.submit(around.get)
        assert boarded.acquire(timeout=10)
        first.close()
        slow.go.set()
        assert answer.result(10)[2] == PAGE
    assert len(site.asked) == 1
