"""The player in a real browser: the real page and policy, and an air that we can cut."""

from __future__ import annotations

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from playwright.sync_api import expect

from equipment.browsers import visitor
from groundwave.transmitter.standby import BUILT_IN


pytestmark = [pytest.mark.journey, pytest.mark.django_db]

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
BYTES_A_SECOND = 16_000


class Stream:
    """One listener's connection, as the air sees it."""

    def __init__(self, target):
        self.target = target
        self.is_cut = threading.Event()
        self.is_stalled = threading.Event()
        self.has_ended = threading.Event()


class Air(ThreadingHTTPServer):
    """Serves the page as Django made it, and the air beside it."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.page = None
        self.streams: queue.Queue[Stream] = queue.Queue()
        self.news: queue.Queue[str] = queue.Queue()
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Air

    def do_GET(self):
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        if path == "/":
            self.answer(200, "text/html", self.server.page.content)
        elif path.startswith("/static/"):
            file = Path(finders.find(path.removeprefix("/static/")))
            self.answer(200, TYPES[file.suffix], file.read_bytes())
        elif path == "/kgnd.mp3":
            self.stream()
        elif path == "/events":
            self.tell()
        else:
            self.answer(404, "text/plain", b"")

    def answer(self, status, content_type, body):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        policy = self.server.page.headers["Content-Security-Policy"]
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def stream(self):
        stream = Stream(self.path)
        self.server.streams.put(stream)
        self.send_response(200)
        self.send_header("Content-Type", "audio/mpeg")
        self.end_headers()
        sound = BUILT_IN.read_bytes()
        at, pace = 0, 4 * BYTES_A_SECOND
        try:
            while not stream.is_cut.wait(0 if at == 0 else 0.25):
                if not stream.is_stalled.is_set():
                    self.wfile.write((sound * 2)[at % len(sound) :][:pace])
                    at, pace = at + pace, BYTES_A_SECOND // 4
        except OSError:
            pass
        stream.has_ended.set()

    def tell(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        while event := self.server.news.get():
            self.wfile.write(event.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def air(client, kgnd, settings):
    air = Air()
    threading.Thread(target=air.serve_forever, daemon=True).start()
    settings.GROUNDWAVE_AIR_URL = air.url
    air.page = client.get("/")
    yield air
    air.news.put("")
    air.shutdown()
    air.server_close()


@pytest.fixture
def page(air):
    with visitor() as context:
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(air.url)
        yield page
    assert not [each for each in said if "Content Security Policy" in each]


def next_stream(air):
    return air.streams.get(timeout=30)


def play(page, air):
    page.get_by_role("button", name="Play Live Radio").first.click()
    stream = next_stream(air)
    expect(page.locator("html")).to_have_attribute("data-playing", "playing")
    return stream


def test_one_tap_brings_sound_and_nothing_is_asked_of_the_air_before_it(page, air):
    expect(page.get_by_role("button", name="Play Live Radio")).to_be_visible()
    assert "/kgnd.mp3" not in air.asked

    play(page, air)

    expect(page.locator(".air [data-air=say]")).to_have_text("You are listening live.")


def test_pause_closes_the_connection_and_the_bar_says_the_same(page, air):
    stream = play(page, air)
    bar = page.locator("groundwave-player")
    expect(page.locator(".play")).to_have_text("Pause")
    expect(bar.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    page.locator(".play").click()

    assert stream.has_ended.wait(10)
    expect(page.locator(".play")).to_have_text("Resume")
    expect(bar.get_by_role("button", name="Resume", exact=True)).to_be_visible()


def test_going_on_is_from_no_cache(page, air):
    first = play(page, air)
    page.locator(".play").click()
    expect(page.locator(".play")).to_have_text("Resume")

    page.locator(".play").click()

    assert first.target != next_stream(air).target


def test_a_cut_stream_is_tuned_in_again_by_itself(page, air):
    play(page, air).is_cut.set()

    next_stream(air)

    expect(page.locator("html")).to_have_attribute("data-playing", "playing")


def test_a_stream_that_stalls_is_left_for_a_new_one(page, air):
    play(page, air).is_stalled.set()

    next_stream(air)

    expect(page.locator("html")).to_have_attribute("data-playing", "playing")


def test_nothing_is_tuned_in_again_after_pause(page, air):
    stream = play(page, air)
    page.locator(".play").click()
    stream.is_cut.set()

    with pytest.raises(queue.Empty):
        air.streams.get(timeout=2)


def test_the_page_says_what_is_on_and_is_honest_about_standby(page, air):
    def tell(event, **facts):
        facts |= {"station": "kgnd", "at": timezone.now().isoformat()}
        data = json.dumps(facts)
        air.news.put(f"event: {event}\ndata: {data}\n\n")

    tell("on_air", role="studio")
    tell("now_playing", title="Ottoline Sine - <b>Café</b>")
    expect(page.locator(".lamp")).to_have_text("Live from the studio")
    expect(page.locator(".air__title")).to_have_text("Ottoline Sine - <b>Café</b>")

    tell("on_air", role="standby")
    expect(page.locator(".lamp")).to_have_text("A recording plays until we are back")
    expect(page.locator(".air__title")).to_be_hidden()


def test_the_volume_is_remembered(page, air):
    play(page, air)
    page.get_by_label("Volume").fill("0.4")

    page.reload()
    play(page, air)

    expect(page.get_by_label("Volume")).to_have_value("0.4")
