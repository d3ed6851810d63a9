"""
Let Lighthouse judge the pages of a running station, and hold them against the line.

    .venv/bin/groundwave up                    # in another terminal
    .venv/bin/python tools/lighthouse.py

Home, its first story, the schedule, the first show, on a phone and on a desk. A page is
judged three times, because the machine has other things to do as well, and the run in
the middle counts. Ends with status 1 if a page is below the line in performance or
accessibility. Needs Node and Chromium; npm fetches Lighthouse. ``--site`` says where the
site is if not at port 8080, ``--keep`` names a folder for the whole reports.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any


LIGHTHOUSE = "lighthouse@13.5.0"
CHROMIUM = "/usr/bin/chromium"
FLAGS = "--headless=new --no-sandbox --disable-background-networking"
PRESETS = {"phone": [], "desk": ["--preset=desktop"]}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DEFENDED = ("performance", "accessibility")
LINE = 95
RUNS = 3


def main() -> int:
    wanted = arguments()
    below = 0
    for path in ("/", first_story(wanted.site), "/schedule/", first_show(wanted.site)):
        for name, preset in PRESETS.items():
            report = judged(wanted.site + path, preset)
            if wanted.keep:
                keep(report, wanted.keep, path, name)
            scores = scores_of(report)
            below += any(scores[each] < LINE for each in DEFENDED)
            print(f"{path} on a {name}: {words_of(scores)}")
            for fault in faults_of(report):
                print(f"    {fault}")
    return 1 if below else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", default="http://localhost:8080")
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def first_story(site: str) -> str:
    return first(r'story-card__title"[^>]*>\s*<a href="([^"]+)"', site, "/")


def first_show(site: str) -> str:
    return first(r'show-card__title">\s*<a href="([^"]+)"', site, "/shows/")


def first(pattern: str, site: str, path: str) -> str:
    """Return the first address on a page that the pattern finds."""
    with urllib.request.urlopen(site + path) as answer:
        page = answer.read().decode()
    found = re.search(pattern, page)
    if found is None:
        raise SystemExit(
            f"{site}{path} links to none to look at; start the demo with a new folder."
        )
    return found[1]


def judged(url: str, preset: list[str]) -> dict[str, Any]:
    """Return the report whose performance is in the middle."""
    reports = [judge(url, preset) for _ in range(RUNS)]
    reports.sort(key=lambda report: scores_of(report)["performance"])
    return reports[RUNS // 2]


def judge(url: str, preset: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            "npx",
            "--yes",
            "--loglevel=error",
            LIGHTHOUSE,
            url,
            *preset,
            "--quiet",
        ]
        command += ["--output=json", f"--output-path={report}"]
        command += [f"--chrome-flags={FLAGS}"]
        environment = {"CHROME_PATH": CHROMIUM, **os.environ}
        # Now and then a trace has no beginning, and it asks to be run again.
        if subprocess.run(command, check=False, env=environment).returncode:
            subprocess.run(command, check=True, env=environment)
        told: dict[str, Any] = json.loads(report.read_text())
    return told


def scores_of(report: dict[str, Any]) -> dict[str, int]:
    categories = report["categories"]
    return {each: round(100 * (categories[each]["score"] or 0)) for each in CATEGORIES}


def words_of(scores: dict[str, int]) -> str:
    return ", ".join(
        f"{name} {score}{' (below the line)' * (name in DEFENDED and score < LINE)}"
        for name, score in scores.items()
    )


def faults_of(report: dict[str, Any]) -> list[str]:
    """What cost something, by its title, and what was measured."""
    return [
        " ".join(filter(None, (audit["title"], audit.get("displayValue"))))
        for audit in report["audits"].values()
        if audit["score"] is not None
        and audit["score"] < 0.9
        and audit["scoreDisplayMode"] not in ("informative", "manual")
    ]


def keep(report: dict[str, Any], folder: Path, path: str, preset: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = path.strip("/").replace("/", "-") or "home"
    (folder / f"{name}-{preset}.json").write_text(json.dumps(report))


if __name__ == "__main__":
    sys.exit(main())
