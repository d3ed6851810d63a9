"""
Visits of people who come for the first time and press Play, in a real browser.

Each has an empty cache. What is heard is known from the audio element itself: its
place moves on after it began, and the browser has decoded some of the sound.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from groundwave.project.bench.errors import Unmeasurable


if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Request


PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # As a visitor's browser is: no sound before a tap.
    "--autoplay-policy=user-gesture-required",
)
PLAY = ".play:visible"
PATIENCE_MS = 20_000
NO_PLAYWRIGHT = (
    "There is no Playwright to press Play with; install it "
    "(.venv/bin/pip install playwright) and run this again."
)
NO_BROWSER = (
    "There is no Chromium to press Play in; install it (Debian: apt install chromium) "
    "and run this again."
)

# Ours makes its audio element itself and keeps it out of the page; the plain page's is
# in it. A jump to another place is not sound; a place that moves on is.
LISTEN = """
    window.heard = {};
    addEventListener("pointerdown", ({ timeStamp }) => {
      window.heard.tapped ??= timeStamp;
    }, true);
    const listen = (audio) => audio.addEventListener("playing", () => {
      let begun = audio.currentTime;
      const look = setInterval(() => {
        const moved = audio.currentTime - begun;
        if (audio.seeking || moved < 0 || moved > 1) begun = audio.currentTime;
        else if (moved > 0 && audio.webkitAudioDecodedByteCount > 0) {
          window.heard.sounded ??= performance.now();
          clearInterval(look);
        }
      }, 5);
    });
    const Real = window.Audio;
    window.Audio = function (...facts) {
      const audio = new Real(...facts);
      listen(audio);
      return audio;
    };
    addEventListener("DOMContentLoaded", () => {
      for (const audio of document.querySelectorAll("audio")) listen(audio);
    });
"""
SOUNDED = "() => window.heard.sounded !== undefined"
TAPPED = "() => performance.timeOrigin + (window.heard.tapped ?? Infinity)"
WAITED = "() => (window.heard.sounded - window.heard.tapped) / 1000"


class Visit(msgspec.Struct, frozen=True):
    """
    One page load and one tap.

    Attributes:
        seconds: from the tap to the first sound; None if there was none in time.
        scripts_before: bytes of JavaScript fetched before the tap, as they travel.
        scripts_after: those fetched from the tap to the first sound.
    """

    seconds: float | None
    scripts_before: int
    scripts_after: int


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """
    Start a browser.

    Raises:
        Unmeasurable: there is none, or nothing to steer it with.
    """
    try:
        from playwright.async_api import async_playwright
    except ModuleNotFoundError:
        raise Unmeasurable(NO_PLAYWRIGHT) from None
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Unmeasurable(NO_BROWSER)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=program, args=list(QUIETLY)
        )
        try:
            yield started
        finally:
            await started.close()


async def visit(visitors: Browser, url: str) -> Visit:
    """Open *url* with an empty cache, press Play, and wait for the first sound."""
    context = await visitors.new_context()
    try:
        await context.add_init_script(LISTEN)
        page = await context.new_page()
        scripts = Scripts(page)
        await page.goto(url)
        seconds = await _first_sound(page)
        tapped: float = await page.evaluate(TAPPED)
        return Visit(seconds, await scripts.before(tapped), await scripts.since(tapped))
    finally:
        await context.close()


async def _first_sound(page: Page) -> float | None:
    from playwright.async_api import TimeoutError as TookTooLong

    try:
        await page.locator(PLAY).first.click(timeout=PATIENCE_MS)
        await page.wait_for_function(SOUNDED, timeout=PATIENCE_MS, polling=20)
    except TookTooLong:
        return None
    waited: float = await page.evaluate(WAITED)
    return waited


class Scripts:
    """The scripts that a page fetches; a moment is in Unix milliseconds."""

    def __init__(self, page: Page) -> None:
        self._fetched: list[Request] = []
        page.on("requestfinished", self._note)

    async def before(self, moment: float) -> int:
        """Return the bytes of those asked for before *moment*, as they came."""
        return await _bytes(each for each in self._fetched if _asked(each) < moment)

    async def since(self, moment: float) -> int:
        """Return the bytes of those asked for since."""
        return await _bytes(each for each in self._fetched if _asked(each) >= moment)

    def _note(self, request: Request) -> None:
        # By name: a module that is needed later may be fetched before it is imported.
        if urlsplit(request.url).path.endswith(".js"):
            self._fetched.append(request)


def _asked(request: Request) -> float:
    return request.timing["startTime"]


async def _bytes(requests: Iterable[Request]) -> int:
    sizes = [await request.sizes() for request in requests]
    # What comes out of the browser's own cache has a head and no bytes: less than none.
    return sum(max(0, size["responseBodySize"]) for size in sizes)
