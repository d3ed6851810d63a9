"""What axe-core finds that would keep people from using a page: nothing, day or night."""

from __future__ import annotations

import hashlib

import pytest
from django.utils import timezone

from equipment.axe import AXE, violations
from equipment.browsers import visitor
from equipment.rendered import ORIGIN, serve
from equipment.whole_station import PAGES, TEXT_PAGES, populate
from groundwave.delivery import show_pages


pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db,
]

ALL = (*PAGES, *TEXT_PAGES, "/embed/kgnd/")


_kept = {}


@pytest.fixture
def pages(request):
    """Every page, made for whoever looks at them first."""
    if not _kept:
        _kept.update(request.getfixturevalue("made"))
    return _kept


@pytest.fixture
def made(client, kgnd, monkeypatch):
    """Before a browser runs: Django and its loop do not mix."""
    populate(kgnd, now=timezone.now())
    made = {path: client.get(path) for path in (*ALL, "/schedule/grid.css")}

    def fail():
        raise ZeroDivisionError

    monkeypatch.setattr(show_pages, "listed_shows", fail)
    client.raise_request_exception = False
    made["/fault/"] = client.get("/shows/")
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_keeps_anybody_out(pages, scheme, width):
    found = {}
    size = {"width": width, "height": 900}
    with visitor(color_scheme=scheme, viewport=size) as context:
        page = context.new_page()
        serve(page, pages)
        for path in (*ALL, "/fault/"):
            page.goto(ORIGIN + path)
            if wrong := violations(page):
                found[path] = wrong

    assert found == {}


def test_axe_is_what_it_says_it_is():
    source = (AXE.parent / "SOURCE.txt").read_text()
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in source
