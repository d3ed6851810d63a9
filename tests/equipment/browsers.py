"""A visitor's browser, and what it plays: a page's sound as a test may know it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

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
    window.sound = {faults: [], last: 0, isWatched: false};
    window.Audio = function (...facts) {
        const audio = new Real(...facts);
        window.sound.audio = audio;
        for (const name of ["pause", "emptied", "ended"]) {
            audio.addEventListener(name, () => {
                if (window.sound.isWatched) window.sound.faults.push(name);
            });
        }
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
HEARD = "() => window.sound.audio.paused ? -1 : window.sound.audio.currentTime"


@contextlib.contextmanager
def visitor() -> Iterator[BrowserContext]:
    """A browser of somebody who has never been here."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        context = browser.new_context()
        context.add_init_script(OVERHEAR)
        yield context
        browser.close()


class Sound:
    """What comes out of the speaker of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def clock(self) -> float:
        return float(self.page.evaluate(HEARD))

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
