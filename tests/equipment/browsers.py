"""A visitor's browser, and what it plays: a page's sound as a test may know it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from equipment.transmitters import eventually


CHROMIUM = Path("/usr/bin/chromium")
QUIETLY = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # As a visitor's browser is: no sound before a tap.
    "--autoplay-policy=user-gesture-required",
]
# The player keeps its audio out of the page; a test hears of it when it is made.
OVERHEAR = """
    const Real = window.Audio;
    window.sound = {faults: [], volumes: [], last: 0, isWatched: false};
    window.Audio = function (...facts) {
        const audio = new Real(...facts);
        window.sound.audio = audio;
        for (const name of ["pause", "emptied", "ended"]) {
            audio.addEventListener(name, () => {
                if (window.sound.isWatched) window.sound.faults.push(name);
            });
        }
        audio.addEventListener("volumechange", () => {
            window.sound.volumes.push(audio.volume);
        });
        setInterval(() => {
            const at = audio.currentTime;
            if (window.sound.isWatched && at < window.sound.last) {
                window.sound.faults.push(`from ${window.sound.last} to ${at}`);
            }
            window.sound.last = at;
        }, 50);
        return audio;
    };
"""
# What a lock screen is told, and its keys to press.
LOCK_SCREEN = """
    window.keys = {};
    const tell = MediaSession.prototype.setActionHandler;
    MediaSession.prototype.setActionHandler = function (name, act) {
        window.keys[name] = act;
        return tell.call(this, name, act);
    };
    const place = MediaSession.prototype.setPositionState;
    MediaSession.prototype.setPositionState = function (state) {
        window.place = state ?? null;
        return place.call(this, state);
    };
"""
# A device whose clock is so many milliseconds fast.
WRONG_CLOCK = """
    const Right = Date;
    window.Date = class extends Right {
        constructor(...facts) {
            if (facts.length) super(...facts);
            else super(Right.now() + %d);
        }
        static now() {
            return Right.now() + %d;
        }
    };
"""
HEARD = "() => window.sound.audio.paused ? -1 : window.sound.audio.currentTime"
# The loudest tone of the next moment; 0 if there is none.
LISTEN = """
    async () => {
        const ear = (window.ear ??= new AudioContext());
        await ear.resume();
        const analyser = new AnalyserNode(ear, {fftSize: 8192});
        const stream = window.sound.audio.captureStream();
        if (stream.getAudioTracks().length === 0) return 0; // nothing has come yet
        const sound = ear.createMediaStreamSource(stream);
        sound.connect(analyser);
        await new Promise((done) => setTimeout(done, 500));
        const levels = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(levels);
        sound.disconnect();
        const loudest = levels.indexOf(Math.max(...levels));
        const isSilent = levels[loudest] < -70;
        return isSilent ? 0 : (loudest * ear.sampleRate) / analyser.fftSize;
    }
"""


HELD = """
    () => {
        const {buffered, currentTime} = window.sound.audio;
        return buffered.length ? buffered.end(buffered.length - 1) - currentTime : 0;
    }
"""


@contextlib.contextmanager
def visitor(**facts: Any) -> Iterator[BrowserContext]:
    """
    A browser of somebody who has never been here.

    Args:
        facts: of the device, as Playwright knows them: ``viewport``, ``color_scheme``.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        context = browser.new_context(**facts)
        context.add_init_script(OVERHEAR)
        yield context
        browser.close()


@contextlib.contextmanager
def asleep(context: BrowserContext) -> Iterator[None]:
    """Meanwhile nothing of the browser runs, as on a laptop with its lid closed."""
    assert context.browser
    session = context.browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    pids = [int(process["id"]) for process in processes]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(pids):
            os.kill(pid, signal.SIGCONT)


def clock_is_off(page: Page, *, minutes: int) -> None:
    """From the next document on, the device's clock is so many minutes fast."""
    page.add_init_script(WRONG_CLOCK.replace("%d", str(minutes * 60_000)))


class Sound:
    """What comes out of the speaker of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def clock(self) -> float:
        return float(self.page.evaluate(HEARD))

    @property
    def hertz(self) -> float:
        """The tone that is heard."""
        return float(self.page.evaluate(LISTEN))

    @property
    def held(self) -> float:
        """Seconds of sound that are there to be played."""
        return float(self.page.evaluate(HELD))

    @property
    def volumes(self) -> list[float]:
        """Every volume that it has been given."""
        return list(self.page.evaluate("() => window.sound.volumes"))

    def goes_on(self, *, seconds: float = 0.5, within: float = 15) -> None:
        """Wait until it has gone on for a while."""
        begun = self.clock
        eventually(lambda: self.clock > begun + seconds, seconds=within)

    def begins(self, *, within: float = 30) -> None:
        eventually(lambda: self.clock > 0.2, seconds=within)

    def watch(self) -> None:
        """From now on note whatever interrupts it."""
        self.page.evaluate("() => (window.sound.isWatched = true)")

    @property
    def faults(self) -> list[str]:
        return list(self.page.evaluate("() => window.sound.faults"))
