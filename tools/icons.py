"""
Draw the icon as the picture that phones keep on their first page.

    .venv/bin/python tools/icons.py

``icon.svg`` becomes ``icon-512.png``, without its round corners: phones cut their own.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright


CHROMIUM = Path("/usr/bin/chromium")
STATIC = Path(__file__).parents[1] / "src/groundwave/delivery/static/groundwave"
PIXELS = 512
ROUND_CORNERS = ' rx="7"'


def main() -> None:
    svg = (STATIC / "icon.svg").read_text()
    if ROUND_CORNERS not in svg:
        raise SystemExit("icon.svg has other corners now; change ROUND_CORNERS here.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": PIXELS, "height": PIXELS})
        page.set_content(
            "<style>body { margin: 0 } svg { display: block }</style>"
            + svg.replace(ROUND_CORNERS, "")
        )
        page.screenshot(path=STATIC / "icon-512.png")
        browser.close()


if __name__ == "__main__":
    main()
