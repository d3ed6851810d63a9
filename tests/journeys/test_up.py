"""One command, from an empty folder to a station that a person hears, and back."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage, expect, sync_playwright

from equipment.ears import Ear
from equipment.transmitters import eventually, free_port_pair


pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

CHROMIUM = Path("/usr/bin/chromium")
QUIETLY = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]
# The player keeps its audio out of the page; a test hears of it when it is made.
OVERHEAR = """
    const Real = window.Audio;
    window.overheard = [];
    window.Audio = function (...facts) {
        const audio = new Real(...facts);
        window.overheard.push(audio);
        return audio;
    };
"""
HEARD_FOR = "() => Math.max(0, ...window.overheard.map((audio) => audio.currentTime))"
TO_SOUND_SECONDS = 60
LOUD_RMS = 300


class Up:
    """``groundwave up`` in a process of its own, and what it prints."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.air_port = free_port_pair()
        self.site_port = free_port_pair()
        self.printed: list[str] = []

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "groundwave", "up"],
            cwd=self.data.parent,
            env={
                **os.environ,
                "GROUNDWAVE_DATA": str(self.data),
                "GROUNDWAVE_AIR_PORT": str(self.air_port),
                "GROUNDWAVE_SITE_PORT": str(self.site_port),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._news = threading.Condition()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                with self._news:
                    self.printed.append(line.rstrip())
                    self._news.notify_all()

    def until_printed(self, text: str, *, seconds: float = TO_SOUND_SECONDS) -> None:
        def is_there() -> bool:
            return any(text in line for line in self.printed)

        with self._news:
            assert self._news.wait_for(is_there, seconds), self.story

    @property
    def story(self) -> str:
        return "\n".join(self.printed)

    @property
    def children(self) -> dict[str, int]:
        """The process of each part, by a word in its command."""
        found = {}
        for pid, _, words in _processes_of("--ppid", self._process.pid):
            for part in ("transmitter", "site", "worker", "demo"):
                if f"{part} " in f"{words.split('leash', 1)[-1]} ":
                    found.setdefault(part, pid)
        return found

    @property
    def family(self) -> list[int]:
        """Every process that was started here, however far down."""
        groups = ",".join(str(pid) for pid in self.children.values())
        return [pid for pid, *_ in _processes_of("-s", groups)]

    def ask(self, path: str) -> bytes:
        url = f"http://127.0.0.1:{self.site_port}{path}"
        with urllib.request.urlopen(url, timeout=10) as response:
            return bytes(response.read())

    def ask_air(self, path: str) -> bytes:
        url = f"http://127.0.0.1:{self.air_port}{path}"
        with urllib.request.urlopen(url, timeout=10) as response:
            return bytes(response.read())

    def answers(self, path: str = "/health") -> bool:
        with contextlib.suppress(OSError):
            return bool(self.ask(path))
        return False

    def title(self) -> str:
        """What the transmitter says is playing."""
        sources = json.loads(self.ask_air("/status-json.xsl"))["icestats"]["source"]
        first = sources[0] if isinstance(sources, list) else sources
        return str(first.get("title", ""))

    def press_ctrl_c(self) -> int:
        self._process.send_signal(signal.SIGINT)
        return self._ended()

    def kill(self) -> None:
        self._process.kill()
        self._ended()

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(30)
            self._process.kill()
        self._ended()

    def _ended(self) -> int:
        status = self._process.wait(30)
        self._reading.join()
        return status

    def ports_are_free(self) -> bool:
        return all(
            _is_free(port)
            for port in (self.air_port, self.air_port + 1, self.site_port)
        )


def _processes_of(option: str, whose: Any) -> Iterator[tuple[int, int, str]]:
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,ppid=,args=", option, str(whose)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    for line in listed.splitlines():
        pid, parent, words = line.split(None, 2)
        if "<defunct>" not in words:
            yield int(pid), int(parent), words


def _is_free(port: int) -> bool:
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _is_gone(pid: int) -> bool:
    return not any(_processes_of("-p", pid))


@pytest.fixture
def station(tmp_path: Path, use) -> Up:
    return use(Up(tmp_path / "var"))


@pytest.fixture
def browser() -> Iterator[BrowserPage]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        page = chromium.new_page()
        page.add_init_script(OVERHEAR)
        yield page
        chromium.close()


def _tuned_in(station: Up) -> Ear:
    """Tune in as soon as anybody can."""

    def is_served() -> bool:
        with contextlib.suppress(OSError):
            return b'"listenurl"' in station.ask_air("/status-json.xsl")
        return False

    eventually(is_served, seconds=TO_SOUND_SECONDS)
    return Ear(SimpleNamespace(port=station.air_port))  # type: ignore[arg-type]


def test_one_command_puts_a_station_on_the_air_and_keeps_it_there(
    station: Up, browser: BrowserPage, use
):
    began = time.monotonic()
    ear = use(_tuned_in(station))
    ear.until_bytes(16_000)
    assert time.monotonic() - began < TO_SOUND_SECONDS, station.story
    station.until_printed("To stop everything, press Ctrl-C here.")

    _the_demo_station_is_heard_in_a_browser(station, browser)
    _the_tape_is_heard_without_our_player(station, browser)
    _its_parts_may_die(station, browser, ear)
    _ctrl_c_leaves_nothing(station)
    _a_second_start_is_quick_and_a_killed_one_leaves_nothing(station)


def _the_demo_station_is_heard_in_a_browser(station: Up, page: BrowserPage) -> None:
    page.goto(f"http://localhost:{station.site_port}/")
    page.get_by_role("button", name="Play Live Radio").first.click()
    eventually(lambda: page.evaluate(HEARD_FOR) > 3, seconds=30)
    expect(page.locator("html")).to_have_attribute("data-playing", "playing")
    expect(page.locator(".air__station")).to_have_text("KGND 89.3")
    title = page.locator(".air__title")
    expect(title).not_to_be_empty()
    # The title is of what is heard, some twenty seconds behind what is sent.
    eventually(lambda: title.inner_text() == station.title() != "", seconds=60)


def _the_tape_is_heard_without_our_player(station: Up, page: BrowserPage) -> None:
    playlist = f"http://localhost:{station.air_port}/kgnd/live.m3u8"
    # Chromium's own player fails on a playlist that has only just begun.
    eventually(lambda: _segments(station) >= 3, seconds=40)
    assert page.context.browser
    other = page.context.browser.new_page()  # somebody else, with an empty cache
    other.goto(f"http://localhost:{station.site_port}/")
    other.evaluate(
        """(playlist) => {
            const audio = document.createElement("audio");
            window.live = audio;
            audio.src = playlist;
            audio.play().catch((refusal) => (window.refusal = String(refusal)));
        }""",
        playlist,
    )
    position = "() => window.refusal ?? window.live.currentTime"
    eventually(lambda: other.evaluate(position) != 0, seconds=20)
    begun_at = other.evaluate(position)
    eventually(lambda: other.evaluate(position) > begun_at + 3, seconds=20)
    other.close()


def _segments(station: Up) -> int:
    with contextlib.suppress(OSError):
        return station.ask_air("/kgnd/high/live.m3u8").count(b"#EXTINF")
    return 0


def _its_parts_may_die(station: Up, page: BrowserPage, ear: Ear) -> None:
    before = station.children
    assert before.keys() == {"transmitter", "site", "worker", "demo"}
    ear.hear_for(1)
    heard_for = page.evaluate(HEARD_FOR)

    os.kill(before["site"], signal.SIGKILL)
    os.kill(before["worker"], signal.SIGKILL)

    eventually(lambda: station.children.get("site") not in (None, before["site"]))
    eventually(lambda: station.answers(), seconds=45)
    eventually(lambda: station.children.get("worker") not in (None, before["worker"]))
    assert b"KGND 89.3" in station.ask("/")
    eventually(lambda: page.evaluate(HEARD_FOR) > heard_for + 3, seconds=20)
    expect(page.locator("html")).to_have_attribute("data-playing", "playing")
    after = station.children
    assert (after["transmitter"], after["demo"]) == (
        before["transmitter"],
        before["demo"],
    )

    assert not ear.ended.is_set()
    assert ear.longest_dry_spell() == 0
    sounds = ear.sounds()
    assert len(sounds) > 50
    assert sum(sound.rms > LOUD_RMS for sound in sounds) > len(sounds) * 0.8


def _ctrl_c_leaves_nothing(station: Up) -> None:
    family = station.family
    assert len(family) >= 5

    assert station.press_ctrl_c() == 0

    assert station.printed[-1] == "Stopped."
    assert all(_is_gone(pid) for pid in family)
    assert station.ports_are_free()


def _a_second_start_is_quick_and_a_killed_one_leaves_nothing(station: Up) -> None:
    station.printed.clear()
    station.start()
    station.until_printed("The demo studio is on air", seconds=30)
    assert not any("Preparing the database" in line for line in station.printed)
    family = station.family

    station.kill()

    eventually(lambda: all(_is_gone(pid) for pid in family), seconds=20)
    assert station.ports_are_free()
