"""
Take the pictures of the site that the documentation shows.

    .venv/bin/groundwave up                    # in another terminal
    .venv/bin/python tools/screenshots.py

Home, the newest story, who says what of its event, the schedule of a day and of a week,
a show, and the player while it plays with one of its panels open; on a phone and on a
desk, by day and by night; into ``docs/images``. ``--site`` says where the site is if not
at port 8080, ``--to`` where the pictures go.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright


CHROMIUM = Path("/usr/bin/chromium")
IMAGES = Path(__file__).parents[1] / "docs/images"
SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 860},
    "phone": {"width": 390, "height": 844},
}
SCHEMES = ("light", "dark")
# "Stations" is there where there are several of them, "More" always.
PANELS = "groundwave-player details summary:visible"


def main() -> None:
    wanted = arguments()
    wanted.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        for size in SIZES:
            for scheme in SCHEMES:
                with page_of(browser, size, scheme) as page:
                    for name in take(page, wanted.site):
                        file = wanted.to / f"{name}-{size}-{scheme}.png"
                        page.screenshot(path=file)
                        print(file)
        browser.close()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", default="http://localhost:8080")
    parser.add_argument("--to", type=Path, default=IMAGES)
    return parser.parse_args()


@contextmanager
def page_of(browser: Browser, size: str, scheme: str) -> Iterator[Page]:
    page = browser.new_page(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    yield page
    page.close()


def take(page: Page, site: str) -> Iterator[str]:
    """Open one page after the other; yield the name of what is to be seen."""
    open_page(page, site)
    page.locator("html[data-on-air=yes]").wait_for()
    yield "home"
    if story := first_link(page, ".story-card a"):
        open_page(page, f"{site}{story}")
        yield "story"
    if event := first_link(page, ".figures h2 a"):
        open_page(page, f"{site}{event}")
        yield "event"
    open_page(page, f"{site}/schedule/")
    yield "schedule"
    open_page(page, f"{site}/schedule/week/")
    yield "week"
    open_page(page, f"{site}/shows/")
    if show := first_link(page, ".show-card a"):
        open_page(page, f"{site}{show}")
        yield "show"
    open_page(page, site)
    play(page)
    page.locator(PANELS).first.click()
    yield "player"


def first_link(page: Page, selector: str) -> str | None:
    """Return where the first such link leads, if there is one."""
    found = page.locator(selector).first
    return found.get_attribute("href") if found.count() else None


def play(page: Page) -> None:
    page.get_by_role("button", name="Play Live Radio").first.click()
    page.locator("html[data-playing=playing]").wait_for()
    # What is on is shown once the tape has said so.
    page.locator("[data-part=show]:visible").wait_for()


def open_page(page: Page, url: str) -> None:
    page.goto(url, wait_until="load")
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    main()
