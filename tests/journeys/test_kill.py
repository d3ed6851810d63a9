"""From the click to nowhere: a story is killed while three processes have it in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from equipment.browsers import visitor
from equipment.newsdesk import Newsdesk
from equipment.site_processes import SiteProcesses
from equipment.story_on_disk import EDITOR, PASSWORD
from equipment.transmitters import eventually


pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

SOON_SECONDS = 5.0
PAGES = (
    "/news/ferry-sinks/",
    "/news/ferry-sinks/?utm_source=mail",
    "/news/ferry-sinks/?page=2",
    "/text/pages/news/ferry-sinks/",
    "/ferry/",
)
MOVED = "/old/ferry-sinks/"
LISTS = (
    "/",
    "/news/",
    "/topics/bay/",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/sitemap.xml",
    "/search/?q=ferry",
)


@pytest.fixture
def sites(tmp_path: Path, use) -> SiteProcesses:
    return use(SiteProcesses(tmp_path, count=3, written="equipment.story_on_disk"))


@pytest.fixture
def desk(sites: SiteProcesses) -> Iterator[Newsdesk]:
    with visitor() as context:
        yield Newsdesk(context, f"http://127.0.0.1:{sites.ports[0]}")


def test_a_killed_story_is_gone_everywhere_within_seconds(
    sites: SiteProcesses, desk: Newsdesk
):
    for port in sites.ports:
        for path in PAGES:
            for _ in range(2):  # the second comes from memory
                assert sites.status(port, path) == 200, path
        assert sites.status(port, MOVED) == 301
        for path in LISTS:
            assert "ferry" in sites.answer(port, path)[1].lower(), path
    desk.sign_in(EDITOR, PASSWORD)
    desk.open(f"/admin/killed-stories/{sites.said}/kill/")
    desk.fill("reason", "The court forbids it.")
    desk.fill("public_note", "It was wrong.")

    clicked = time.monotonic()
    desk.press("Yes, kill it")
    for port in sites.ports:
        for path in PAGES:
            eventually(lambda at=(port, path): sites.status(*at) == 410)
    took = time.monotonic() - clicked

    assert took < SOON_SECONDS
    for port in sites.ports:
        for path in PAGES:
            page = sites.answer(port, path)[1]
            assert "It was wrong." in page
            assert "Marrow Bay" not in page
        for path in LISTS:
            assert "Marrow Bay" not in sites.answer(port, path)[1], path
            assert "/ferry" not in sites.answer(port, path)[1], path
