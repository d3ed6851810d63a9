from __future__ import annotations

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connections

from groundwave.delivery.edition import purging
from groundwave.delivery.edition.purging import run_purging
from groundwave.people.models import Person


class Cdn:
    """Takes what it is told, after a few failures."""

    def __init__(self, statuses):
        self.heard = queue.Queue()
        left = iter(statuses)
        cdn = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = next(left, 204)
                cdn.heard.put((status, self.headers["Authorization"], json.loads(body)))
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def cdn(settings, monkeypatch, transactional_db):
    made = []
    monkeypatch.setattr(purging, "FIRST_PAUSE_SECONDS", 0.01)
    stop = threading.Event()

    def begin(*statuses):
        cdn = Cdn(statuses)
        settings.GROUNDWAVE_PURGE_URL = cdn.url
        settings.GROUNDWAVE_PURGE_TOKEN = "word"
        shared = connections["default"]
        shared.inc_thread_sharing()

        def run():
            connections["default"] = shared
            run_purging(stop)

        thread = threading.Thread(target=run)
        thread.start()
        made.append((cdn, thread, shared))
        return cdn

    yield begin
    stop.set()
    for cdn, thread, shared in made:
        thread.join(10)
        shared.dec_thread_sharing()
        cdn.server.shutdown()
        cdn.server.server_close()


def test_whoever_keeps_our_pages_is_told_once_of_what_was_written_together(cdn):
    cdn = cdn()
    _, word, told = cdn.heard.get(timeout=20)
    assert word == "Bearer word"
    for number in range(5):
        Person.objects.create(name="P", slug=f"p{number}")

    assert cdn.heard.get(timeout=20)[2]["edition"] == told["edition"] + 5
    with pytest.raises(queue.Empty):
        cdn.heard.get(timeout=1.5)


def test_what_failed_is_tried_again_and_a_redirect_is_a_failure(cdn):
    cdn = cdn(500, 302)
    statuses = [cdn.heard.get(timeout=20)[0] for _ in range(3)]

    assert statuses == [500, 302, 204]


def test_without_an_address_nobody_is_told(settings):
    settings.GROUNDWAVE_PURGE_URL = ""
    stop = threading.Event()
    stop.set()

    run_purging(stop)
