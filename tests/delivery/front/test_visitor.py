"""What a connection may say, in which pieces, and what becomes of it."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from typing import ClassVar

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings, strategies as st

from equipment.fronts import Around
from equipment.transmitters import eventually
from groundwave.delivery.edition.question import House
from groundwave.delivery.front import port, site, visitor


HOUSE = House(apart=("/form/",), cookies=("sessionid=",))
HOST = b"Host: kgnd.example\r\n"
PAGE = b"<p>Along the ground.</p>" * 20


class Site:
    """Its pages are for everybody; its form says how much it was told, and what."""

    def __init__(self):
        self.told = []

    def __call__(self, environ, start):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        self.told.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], body))
        response = HttpResponse(PAGE if not body else body[-100:])
        head = [*response.items(), ("Content-Length", str(len(response.content)))]
        start("200 OK", head)
        return response


@pytest.fixture(scope="module")
def around():
    request_finished.disconnect(close_old_connections)
    around = Around(Site(), house=HOUSE)
    yield around
    around.close()
    request_finished.connect(close_old_connections)


def get(path=b"/", more=b""):
    return b"GET %b HTTP/1.1\r\n%b%b\r\n" % (path, HOST, more)


def heard(line):
    """Return all that is said until the end."""
    said = b""
    while data := line.recv(65536):
        said += data
    return said


def say(around, *pieces, ends=True):
    """Say *pieces* one by one, and return what is answered until the end."""
    with around.connect() as line:
        for piece in pieces:
            line.sendall(piece)
        if ends:
            line.sendall(get(more=b"Connection: close\r\n"))
        return heard(line)


def statuses(said):
    return [each[:3] for each in said.split(b"HTTP/1.1 ")[1:]]


def test_many_questions_at_once_are_answered_in_their_order(around):
    said = say(around, get(b"/a") + get(b"/form/") + get(b"/a") + get(b"/b"))

    assert statuses(said.replace(b"HTTP/1.0", b"HTTP/1.1")) == [b"200"] * 5


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.integers(1, 200), max_size=6))
def test_how_the_network_slices_it_does_not_matter(around, cuts):
    whole = get(b"/a") + get(b"/b") + get(b"/a", b"If-None-Match: *\r\n")
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(whole[at : at + cut])
        at += cut
    said = say(around, *pieces, whole[at:])

    assert statuses(said) == [b"200", b"200", b"304", b"200"]


def test_a_form_goes_through_whole_and_nothing_of_it_is_taken_for_a_question(around):
    body = get(b"/smuggled") * 5000
    form = b"POST /form/ HTTP/1.1\r\n%bContent-Length: %d\r\n\r\n" % (HOST, len(body))
    told = around._pages.site.told
    told.clear()
    with around.connect() as line:
        line.sendall(form + body[:100])
        line.sendall(body[100:])
        assert b"200 OK" in line.recv(4096)

    assert ("POST", "/form/", body) in told
    assert "/smuggled" not in {path for _, path, _ in told}


def test_who_waits_to_be_asked_for_the_form_is_asked(around):
    with around.connect() as line:
        line.sendall(
            b"POST /form/ HTTP/1.1\r\n%bContent-Length: 4\r\n"
            b"Expect: 100-continue\r\n\r\n" % HOST
        )
        assert line.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"word")
        said = b""
        while not said.endswith(b"word"):
            said += line.recv(4096)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET / HTTP/1.1\nHost: a\n\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 200 + b"\r\n", b"431"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence_and_ends(around, raw, status):
    said = say(around, raw, ends=False)

    assert statuses(said) == [status]
    assert said.rstrip().endswith(b".")
    assert b"Connection: close" in said


def test_an_old_client_is_answered_and_left(around):
    with around.connect() as line:
        line.sendall(b"GET / HTTP/1.0\r\n%b\r\n" % HOST)
        said = heard(line)
    assert said.startswith(b"HTTP/1.1 200")
    assert said.endswith(PAGE)


def test_who_reads_nothing_is_asked_nothing_more_and_takes_no_memory(around):
    with around.connect() as line:
        line.setblocking(False)
        sent, many = 0, get(b"/a") * 500
        with contextlib.suppress(BlockingIOError):
            while sent < 100_000_000:
                sent += line.send(many)
        assert sent < 50_000_000
        for each in list(around.front.visitors):
            assert len(each._received) < 1_000_000
            assert each._transport.get_write_buffer_size() < 1_000_000


def test_who_is_silent_or_never_comes_to_an_end_is_left(monkeypatch):
    monkeypatch.setattr(port, "IDLE_SECONDS", 0.05)
    around = Around(Site(), house=HOUSE)
    try:
        silent = around.connect()
        assert heard(silent) == b""
        endless, done = around.connect(), threading.Event()

        def drip():
            try:
                while not done.wait(0.01):
                    endless.send(b"x")
            except OSError:
                pass

        dripping = threading.Thread(target=drip)
        endless.send(b"GET / HTTP/1.1\r\nX: ")
        dripping.start()
        with contextlib.suppress(ConnectionResetError):
            assert heard(endless) == b""
        done.set()
        dripping.join(10)
        for line in (silent, endless):
            line.close()
    finally:
        around.close()


def test_when_the_site_is_away_its_visitors_are_told(monkeypatch):
    monkeypatch.setattr(site, "STARTING_SECONDS", 0.05)
    away = Around(Site(), house=HOUSE)
    away._pages.close()
    away._path.unlink()
    try:
        for path in ("/", "/form/"):
            status, head, body = away.get(path)
            assert (status, head["retry-after"]) == (503, "10")
            assert b"try again" in body
    finally:
        away.close()


class Dying(socketserver.BaseRequestHandler):
    """A site that dies of the first questions it has in hand, and then does not."""

    heard: ClassVar[list[bytes]] = []
    deaths = 1

    def handle(self):
        self.heard.append(self.request.recv(65536).split(b"\r\n")[0])
        if len(self.heard) > self.deaths:
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nword")


@pytest.fixture
def dying(around):
    """Put such a site in the place of the one behind a front."""
    mortal = Around(Site(), house=HOUSE)
    mortal._pages.close()
    mortal._path.unlink()
    Dying.heard, Dying.deaths = [], 1
    with socketserver.ThreadingUnixStreamServer(str(mortal._path), Dying) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield mortal
        server.shutdown()
        serving.join(10)
    mortal.close()


def test_who_only_looks_does_not_notice_that_the_site_died_of_it(dying):
    status, _, body = dying.get("/form/")
    assert (status, body) == (200, b"word")
    assert Dying.heard == [b"GET /form/ HTTP/1.1"] * 2


def test_nobody_asks_a_third_time_for_what_the_site_dies_of(dying):
    Dying.deaths = 2
    assert dying.get("/form/")[0] == 503
    assert len(Dying.heard) == 2


def test_what_somebody_sent_is_never_sent_again(dying):
    form = b"POST /form/ HTTP/1.1\r\n%bContent-Length: 4\r\n\r\ngift" % HOST
    assert statuses(say(dying, form, ends=False)) == [b"503"]
    assert len(Dying.heard) == 1


def test_who_came_just_before_the_end_is_answered():
    begun, go = threading.Event(), threading.Event()

    def slow(environ, start):
        begun.set()
        assert go.wait(10)
        start("200 OK", [("Content-Length", "4"), ("Cache-Control", "no-store")])
        return [b"word"]

    around = Around(slow, house=HOUSE)
    with around.connect() as line:
        line.sendall(get(b"/form/"))
        assert begun.wait(10)
        closing = threading.Thread(target=around.close)
        closing.start()
        go.set()
        assert heard(line).endswith(b"word")
        closing.join(20)


LARGE = 30_000_000


def test_a_large_file_goes_no_faster_than_it_is_taken():
    sent = 0

    def file(environ, start):
        start("200 OK", [("Content-Length", str(LARGE)), ("Cache-Control", "no-store")])

        def pieces():
            nonlocal sent
            for _ in range(LARGE // 100_000):
                sent += 100_000
                yield b"x" * 100_000

        return pieces()

    around = Around(file, house=HOUSE)
    try:
        with around.connect() as line:
            line.sendall(get(b"/form/", b"Connection: close\r\n"))
            head, _, got = line.recv(65536).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.")
            assert sent < LARGE / 2
            length = len(got)
            while data := line.recv(1_000_000):
                length += len(data)
        assert length == LARGE == sent
    finally:
        around.close()


def test_a_large_upload_waits_for_a_site_that_does_not_take_it():
    begun, go = threading.Event(), threading.Event()
    told = []

    def reads_late(environ, start):
        begun.set()
        assert go.wait(10)
        told.append(environ["wsgi.input"].read(LARGE))
        start("200 OK", [("Content-Length", "4"), ("Cache-Control", "no-store")])
        return [b"done"]

    around = Around(reads_late, house=HOUSE)
    try:
        with around.connect() as line:
            line.sendall(
                b"POST /form/ HTTP/1.1\r\n%bContent-Length: %d\r\n\r\n" % (HOST, LARGE)
            )
            assert begun.wait(10)
            line.settimeout(0.5)
            taken = 0
            with contextlib.suppress(TimeoutError):
                while taken < LARGE:
                    taken += line.send(b"y" * min(100_000, LARGE - taken))
            assert taken < LARGE / 2
            go.set()
            line.settimeout(20)
            while taken < LARGE:
                taken += line.send(b"y" * min(100_000, LARGE - taken))
            said = b""
            while not said.endswith(b"done"):
                said += line.recv(4096)
    finally:
        around.close()
    assert len(told[0]) == LARGE


def test_empty_lines_without_end_are_nothing(around):
    with around.connect() as line:
        for _ in range(50):
            line.sendall(b"\r\n" * 10_000)
        line.sendall(get(b"/a", b"Connection: close\r\n"))
        assert statuses(heard(line)) == [b"200"]


def test_a_length_cannot_be_left_out_by_name(around):
    body = get(b"/smuggled")
    told = around._pages.site.told
    told.clear()
    said = say(
        around,
        b"POST /form/ HTTP/1.1\r\n%bConnection: content-length\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (HOST, len(body), body),
    )

    assert said
    assert ("POST", "/form/", body) in told
    assert "/smuggled" not in {path for _, path, _ in told}


def test_a_small_form_is_not_asked_of_the_site_before_there_is_all_of_it(around):
    told = around._pages.site.told
    told.clear()
    with around.connect() as line:
        line.sendall(b"POST /form/ HTTP/1.1\r\n%bContent-Length: 4\r\n\r\nwo" % HOST)
        assert around.get("/form/")[0] == 200
        assert [path for _, path, _ in told] == ["/form/"]
        line.sendall(b"rd")
        said = b""
        while not said.endswith(b"word"):
            said += line.recv(4096)
    assert told[-1] == ("POST", "/form/", b"word")


@pytest.fixture
def watchful(monkeypatch):
    monkeypatch.setattr(port, "IDLE_SECONDS", 0.1)
    around = Around(Site(), house=HOUSE)
    yield around
    around.close()


def test_a_body_that_stalls_is_left(watchful):
    with watchful.connect() as line:
        line.sendall(b"POST /form/ HTTP/1.1\r\n%bContent-Length: 4\r\n\r\nwo" % HOST)
        with contextlib.suppress(ConnectionResetError):
            assert heard(line) == b""
    assert watchful._pages.site.told == []


def test_who_never_takes_what_they_asked_for_is_left(watchful):
    with watchful.connect() as line:
        line.setblocking(False)
        many = get(b"/a") * 500
        is_let_go = False
        while not is_let_go:
            try:
                line.send(many)
            except BlockingIOError:
                continue
            except OSError:
                is_let_go = True


def test_an_answer_that_comes_early_is_read_by_who_still_sends():
    def refuses(environ, start):
        environ["wsgi.input"].read(2_000_000)
        start("403 Forbidden", [("Content-Length", "6"), ("Cache-Control", "no-store")])
        return [b"Sorry."]

    around = Around(refuses, house=HOUSE)
    try:
        with around.connect() as line:
            line.sendall(
                b"POST /form/ HTTP/1.1\r\n%bContent-Length: %d\r\n\r\n" % (HOST, LARGE)
            )
            for _ in range(20):
                line.sendall(b"y" * 100_000)
            assert heard(line).endswith(b"Sorry.")
    finally:
        around.close()


def test_who_asks_and_then_says_that_it_was_all_is_answered(around):
    with around.connect() as line:
        line.sendall(get(b"/form/"))
        line.shutdown(1)
        assert heard(line).endswith(PAGE)


def test_a_body_that_drips_is_left_and_one_that_comes_is_not(watchful):
    large = b"POST /form/ HTTP/1.1\r\n%bContent-Length: 2000000\r\n\r\n" % HOST
    with watchful.connect() as line:
        line.sendall(large)
        line.settimeout(0.02)
        is_let_go = False
        while not is_let_go:
            try:
                line.send(b"x")
                is_let_go = line.recv(100) == b""
            except TimeoutError:
                continue
            except OSError:
                is_let_go = True
    with watchful.connect() as line:
        line.sendall(large)
        for _ in range(20):
            line.sendall(b"x" * 100_000)
        assert b"200 OK" in line.recv(4096)


def test_bodies_take_so_much_memory_and_no_more(monkeypatch, around):
    monkeypatch.setattr(visitor, "MOST_HELD", 1000)
    form = b"POST /form/ HTTP/1.1\r\n%bContent-Length: 5000\r\n\r\n" % HOST
    with around.connect() as first, around.connect() as second:
        first.sendall(form + b"x" * 2000)
        eventually(lambda: around.front.held == 2000)
        second.sendall(form + b"x" * 2000)
        assert statuses(heard(second)) == [b"503"]
        first.sendall(b"x" * 3000)
        assert statuses(heard(first)) == [b"503"]
    assert around.front.held == 0
