"""A visitor's browser, and what it plays: a page's sound as a test may know it."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    sync_playwright,
)

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
# The player keeps its audio out of the page; a test hears of it when it is made. What
# interrupts it is noted while it is watched: whatever ends it, a clock that stands still
# or jumps, and anything else that sounds beside it.
OVERHEAR = """
    const Real = window.Audio;
    const made = [];
    const seen = new WeakMap(); // each one's clock when it was last looked at, and since when
    window.sound = {faults: [], volumes: [], played: 0, isWatched: false};
    const note = (fault) => window.sound.isWatched && window.sound.faults.push(fault);
    window.Audio = function (...facts) {
        const audio = new Real(...facts);
        made.push(audio);
        window.sound.audio = audio;
        for (const name of ["pause", "emptied", "ended"]) {
            audio.addEventListener(name, () => note(name));
        }
        audio.addEventListener("volumechange", () => {
            window.sound.volumes.push(audio.volume);
        });
        return audio;
    };
    // Look at one; return how far its sound has gone on since the last look.
    const lookAt = (audio) => {
        const [clock, at] = [audio.currentTime, performance.now()];
        const last = seen.get(audio) ?? {clock, at, movedAt: at};
        const moved = clock - last.clock;
        const isStill = moved === 0 && at - last.movedAt > 1000;
        const isJump = moved < 0 || moved - (at - last.at) / 1000 > 1;
        const isFresh = moved !== 0 || isStill || audio.paused;
        seen.set(audio, {clock, at, movedAt: isFresh ? at : last.movedAt});
        if (isJump) note(`from ${last.clock} to ${clock}`);
        if (isStill && !audio.paused) note(`still at ${clock}`);
        return isJump || audio.paused ? 0 : moved;
    };
    setInterval(() => {
        const every = [...made, ...document.querySelectorAll("audio, video")];
        const moves = every.map(lookAt).filter((moved) => moved > 0);
        if (moves.length > 1) note(`${moves.length} at once`);
        window.sound.played += Math.max(0, ...moves);
    }, 50);
"""
WATCH = """
    () => {
        if (window.sound.audio.paused) throw new Error("There is no sound to watch.");
        window.sound.isWatched = true;
    }
"""
FAULTS = "() => window.sound.isWatched ? window.sound.faults : ['nobody watched']"
# A tab that nobody looks at counts once a second.
IS_SILENT = """
    async () => {
        const {played} = window.sound;
        await new Promise((done) => setTimeout(done, 1500));
        return window.sound.played === played;
    }
"""
# Listens for a tone from the next press on; how many milliseconds later it is heard.
LISTEN_FOR = """
    (hertz) => {
        const ear = (window.ear ??= new AudioContext());
        const level = async (analyser) => {
            const stream = window.sound.audio.captureStream();
            const {length} = stream.getAudioTracks();
            const sound = length ? ear.createMediaStreamSource(stream) : null;
            sound?.connect(analyser);
            await new Promise((done) => setTimeout(done, 100));
            sound?.disconnect();
            const levels = new Float32Array(analyser.frequencyBinCount);
            analyser.getFloatFrequencyData(levels);
            const loudest = levels.indexOf(Math.max(...levels));
            const isIt = Math.abs((loudest * ear.sampleRate) / analyser.fftSize - hertz) < 20;
            return isIt ? levels[loudest] : -Infinity;
        };
        window.heardAfter = new Promise((heard) => {
            addEventListener("click", async () => {
                const began = performance.now();
                const after = () => performance.now() - began;
                const hear = () => level(new AnalyserNode(ear, {fftSize: 4096}));
                await ear.resume();
                while (after() < 20_000 && (await hear()) < -70);
                heard(after());
            }, {capture: true, once: true});
        });
    }
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
PLAYED = "() => window.sound.played"
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
    with _at_work():
        others = _chromium().contexts
        context = _new_context(facts)
        try:
            context.add_init_script(OVERHEAR)
            yield context
        finally:
            assert context.browser
            for (
                each
            ) in context.browser.contexts:  # also those that a test opened itself
                if each not in others:
                    each.close()


def _new_context(facts: dict[str, Any]) -> BrowserContext:
    try:
        return _chromium().new_context(**facts)
    except Error:  # it crashed, of which one test is to fail and no more
        _chromium.cache_clear()
        return _chromium().new_context(**facts)


@cache
def _chromium() -> Browser:
    """
    One program for all visitors of a test run: its start takes longer than many a visit.

    They share no memory, no connection and no place to keep things; it ends with the run.
    """
    playwright, _ = _playwright()
    return playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)


@cache
def _playwright() -> tuple[Playwright, asyncio.AbstractEventLoop]:
    playwright = sync_playwright().start()
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    atexit.register(_end)
    return playwright, loop


def _end() -> None:
    with _at_work():
        _playwright()[0].stop()


@contextlib.contextmanager
def _at_work() -> Iterator[None]:
    """
    Let Playwright's loop be the one that runs, as it has it from call to call.

    Outside there is none: Django does not answer, and no other begins, where one runs.
    """
    _, loop = _playwright()
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(before)


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
    def played(self) -> float:
        """Seconds that have been heard; a jump to another place is none."""
        return float(self.page.evaluate(PLAYED))

    @property
    def hertz(self) -> float:
        """The tone that is heard."""
        return float(self.page.evaluate(LISTEN))

    @property
    def held(self) -> float:
        """Seconds of sound that are there to be played."""
        return float(self.page.evaluate(HELD))

    @property
    def volume(self) -> float:
        return float(self.page.evaluate("() => window.sound.audio.volume"))

    @property
    def volumes(self) -> list[float]:
        """Every volume that it has been given."""
        return list(self.page.evaluate("() => window.sound.volumes"))

    def goes_on(self, *, seconds: float = 0.5, within: float = 15) -> None:
        """Wait until it has gone on for a while."""
        begun = self.played
        eventually(lambda: self.played > begun + seconds, seconds=within)

    def begins(self, *, within: float = 30) -> None:
        self.goes_on(seconds=0.1, within=within)

    def watch(self) -> None:
        """From now on note whatever interrupts it, and what else sounds."""
        self.page.evaluate(WATCH)

    @property
    def faults(self) -> list[str]:
        """What interrupted it while it was watched."""
        return list(self.page.evaluate(FAULTS))

    @property
    def is_silent(self) -> bool:
        return bool(self.page.evaluate(IS_SILENT))

    def listen_for(self, hertz: int) -> None:
        """From the next press on, until that tone is heard."""
        self.page.evaluate(LISTEN_FOR, hertz)

    @property
    def heard_after(self) -> float:
        """Seconds from that press to that tone."""
        return float(self.page.evaluate("() => window.heardAfter")) / 1000
