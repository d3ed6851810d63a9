"""What axe-core finds that would keep people from using a page: nothing, day or night."""

from __future__ import annotations

import hashlib
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Pixels
from playwright.sync_api import sync_playwright
from wagtail.images.models import Image
from wagtail.search import index

from equipment.rendered import ORIGIN, serve
from groundwave.delivery import show_pages
from groundwave.pages.models import HomePage, PlainPage, SectionPage
from groundwave.people.models import Person
from groundwave.programming.actions import plan_slot, set_default_show
from groundwave.programming.models import Episode, Host, Show
from groundwave.stations.actions import open_station
from groundwave.stations.models import Licensee


pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db,
    # Wagtail leaves the file of a fresh rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[1] / "vendor/axe-core/axe.min.js"
FULL = [
    "/",
    "/schedule/",
    "/schedule/week/",
    "/shows/",
    "/shows/morning-light/",
    "/shows/morning-light/frost/",
    "/people/",
    "/people/ida-marsh/",
    "/search/",
    "/search/?q=frost",
    "/about/",
    "/about/who-we-are/",
    "/nowhere/",
]
TEXT = [
    "/text/",
    "/text/schedule/",
    "/text/shows/",
    "/text/shows/morning-light/",
    "/text/people/",
    "/text/people/ida-marsh/",
]
RULES = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
]
RUN = """
    async (rules) => {
        const { violations } = await axe.run(document, {
            runOnly: { type: "tag", values: rules },
        });
        return violations.map(({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`);
    }
"""


def picture():
    file = BytesIO()
    Pixels.new("RGB", (900, 900), "#0a5a6e").save(file, "PNG")
    return Image.objects.create(
        title="A mast", file=ImageFile(BytesIO(file.getvalue()), name="mast.png")
    )


@pytest.fixture
def station(kgnd):
    """A station with one of everything that its public may meet."""
    Licensee.objects.update(
        support_url="https://give.kgnd.example/", support_text="It costs $9 an hour."
    )
    jazz = open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")
    ida = Person.objects.create(
        name="Ida Marsh",
        slug="ida-marsh",
        role_line="Host",
        portrait=picture(),
        biography="<p>Up before the birds.</p>",
    )
    light = Show.objects.create(
        title="Morning Light",
        slug="morning-light",
        tagline="The day begins",
        category="Music",
        about="<p>Songs and frost.</p>",
        image=picture(),
    )
    rest = Show.objects.create(title="The Rest", slug="the-rest", category="Talk")
    Host.objects.create(show=light, person=ida)
    frost = Episode.objects.create(show=light, title="Frost", slug="frost")
    for each in (kgnd, jazz):
        set_default_show(each, rest)
    plan_slot(
        kgnd,
        show=light,
        starts_on=date(2026, 1, 1),
        begins=time(6),
        minutes=240,
        rule="FREQ=DAILY",
        now=timezone.now(),
    )
    about = SectionPage(title="About us", slug="about", show_in_menus=True)
    HomePage.objects.get().add_child(instance=about)
    who = PlainPage(title="Who we are", slug="who-we-are", summary="Neighbors.")
    who.body = [
        ("text", "<h2>History</h2><p>Some <a href='/shows/'>shows</a>.</p>"),
        ("quote", {"quote": "Along the ground.", "who": "Ida Marsh"}),
    ]
    about.add_child(instance=who)
    for each in (ida, light, frost):
        index.insert_or_update_object(each)
    return kgnd


@pytest.fixture
def site(client, station, monkeypatch):
    """Every page, made before a browser runs; Django and its loop do not mix."""
    made = {path: client.get(path) for path in (*FULL, *TEXT)}
    sheets = ("/schedule/grid.css",)
    made |= {path: client.get(path) for path in sheets}

    def fail():
        raise ZeroDivisionError

    monkeypatch.setattr(show_pages, "listed_shows", fail)
    client.raise_request_exception = False
    made["/fault/"] = client.get("/shows/")
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_keeps_anybody_out(site, scheme, width):
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        page = browser.new_page(
            color_scheme=scheme, viewport={"width": width, "height": 900}
        )
        serve(page, site)
        for path in (*FULL, *TEXT, "/fault/"):
            page.goto(ORIGIN + path)
            page.evaluate(AXE.read_text())
            if violations := page.evaluate(RUN, RULES):
                found[path] = violations
        browser.close()

    assert found == {}


def test_axe_is_what_it_says_it_is():
    source = (AXE.parent / "SOURCE.txt").read_text()
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in source
