"""The player's modules in a browser, and nothing else: a test says what they hear."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

import groundwave.delivery
from equipment.browsers import visitor


ORIGIN = "http://radio.invalid"
STATIC = Path(groundwave.delivery.__file__).parent / "static"
KGND = {
    "slug": "kgnd",
    "name": "KGND",
    "hls": "/kgnd/live.m3u8",
    "tape": "/kgnd/tape.m3u8",
    "titles": "/kgnd/titles.json",
    "streams": [{"url": "/kgnd.mp3", "type": "audio/mpeg", "kbps": 128}],
}
TOLD = {
    "stations": [KGND],
    "words": {},
    "outside": [],
    "events": "/events",
    "hls_js": "/hls.js",
}
# An element, a line to the air and hls.js that do what a test says.
BROWSER = """
    window.kgnd = %s;
    window.sounds = [];
    window.Audio = class extends EventTarget {
        sources = [];
        currentTime = 0;
        paused = true;
        ended = false;
        error = null;
        seekable = {length: 0};
        buffered = {length: 0};
        #src = "";
        constructor() {
            super();
            window.sounds.push(this);
        }
        get src() { return this.#src; }
        set src(url) {
            this.#src = url;
            this.currentTime = 0;
            this.sources.push(url);
        }
        hasAttribute() { return this.#src !== ""; }
        removeAttribute() { this.#src = ""; }
        load() {}
        canPlayType() { return "probably"; }
        async play() { this.paused = false; }
        pause() { this.paused = true; }
        tell(name) { this.dispatchEvent(new Event(name)); }
        seekableFrom(start, end) {
            this.seekable = {length: 1, start: () => start, end: () => end};
        }
        // Sound for so many seconds, a quarter of a second ago and again.
        hears(seconds) { this.currentTime += seconds; this.tell("timeupdate"); }
    };
    window.lines = [];
    window.EventSource = class extends EventTarget {
        static CLOSED = 2;
        readyState = 1;
        constructor(url) {
            super();
            window.lines.push(this);
        }
        tell(name, facts) {
            this.dispatchEvent(new MessageEvent(name, {data: JSON.stringify(facts)}));
        }
        close() { this.readyState = 2; }
    };
    window.hlses = [];
    window.Hls = class {
        static Events = {ERROR: "e", LEVEL_UPDATED: "l", MEDIA_ATTACHED: "m", FRAG_BUFFERED: "f"};
        static ErrorTypes = {NETWORK_ERROR: "n", MEDIA_ERROR: "m"};
        static isSupported() { return true; }
        calls = {};
        latestLevelDetails = null;
        constructor(config) {
            this.config = config;
            window.hlses.push(this);
        }
        on(name, call) { this.calls[name] = call; }
        loadSource(url) { this.url = url; }
        attachMedia(audio) {
            this.audio = audio;
            audio.src = "blob:";
            this.calls.m();
        }
        stopLoad() {}
        startLoad() {}
        destroy() { this.audio.removeAttribute("src"); }
        // A playlist whose sound lasts from `start` to `end`, in segments of five seconds.
        has(start, end) {
            const fragments = [];
            for (let at = start; at < end; at += 5000) {
                const begin = (at - start) / 1000;
                fragments.push({programDateTime: at, duration: 5, start: begin});
            }
            this.latestLevelDetails = {fragments, live: true, targetduration: 5};
            this.calls.l("l", {details: this.latestLevelDetails});
        }
        buffers() { this.calls.f("f", {frag: {sn: 1}}); }
    };
    window.player = (name) => import(`/groundwave/player/${name}.js`);
    // What was promised has happened.
    window.settled = () => new Promise((done) => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
    });
"""


@contextlib.contextmanager
def bare_player(**told: Any) -> Iterator[Page]:
    """A page with the modules at hand (``player``), whose time a test drives."""
    facts = json.dumps(TOLD | told).replace("<", "\\u003c")
    page_html = (
        f'<script id="groundwave-player" type="application/json">{facts}</script>'
    )

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = STATIC / path.removeprefix("/")
        if path == "/":
            route.fulfill(body=page_html, content_type="text/html")
        elif path == "/hls.js":
            route.fulfill(
                body="export default window.Hls;", content_type="text/javascript"
            )
        elif file.is_file():
            route.fulfill(path=file, content_type="text/javascript")
        else:
            route.fulfill(status=404)

    with visitor() as context:
        page = context.new_page()
        page.add_init_script(BROWSER.replace("%s", json.dumps(KGND)))
        page.route(f"{ORIGIN}/**", answer)
        page.clock.install(time="2036-11-22T17:00:00Z")
        page.goto(ORIGIN)
        page.clock.pause_at("2036-11-22T18:00:00Z")
        yield page
