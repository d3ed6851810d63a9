from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from groundwave.project.up.readiness import Door, is_open, sending


@contextmanager
def transmitter(body: bytes, *, status: int = 200):
    """A door whose ``/health`` answers *body*."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=[0.01]).start()
        try:
            yield Door("transmitter", "127.0.0.1", server.server_port)
        finally:
            server.shutdown()


def test_a_station_on_its_standby_sound_is_not_sending():
    body = b"""{"status": "ok", "stations": {
        "kgnd": {"on_air": "main", "listeners": 2},
        "harbour": {"on_air": "standby"},
        "jazz": {"on_air": null}
    }}"""
    with transmitter(body) as door:
        assert is_open(door)
        assert sending(door) == {"kgnd"}


@pytest.mark.parametrize(("body", "status"), [(b"?", 200), (b"{}", 200), (b"", 503)])
def test_who_cannot_be_understood_sends_nothing(body, status):
    with transmitter(body, status=status) as door:
        assert sending(door) == frozenset()
