"""
A network's story with everything on it is carried, corrected, and taken back.

Readers ask two processes of the site, both of which have its page in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from equipment.browsers import visitor
from equipment.carrying_on_disk import EDITOR, PASSWORD
from equipment.network import changes
from equipment.network.others import biography
from equipment.network.server import Network
from equipment.network.stories import every_story
from equipment.newsdesk import SLOW_MS, Newsdesk
from equipment.site_processes import SiteProcesses
from equipment.transmitters import eventually


pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

STORY = "/islands/ferry-runs-again-between-the-islands/"
LISTS = ("/", "/islands/", "/sitemap.xml", "/search/?q=ferry", "/text/")
OWN = ("/feed.atom", "/feed.rss", "/feed.json", "/news-sitemap.xml", "/sitemap.xml")
# A round, with everything that it fetches, on a machine that does something else too.
ROUND_SECONDS = 60.0


@pytest.fixture
def network(use) -> Iterator[Network]:
    with Network() as network:
        yield network


@pytest.fixture
def sites(tmp_path: Path, network: Network, use) -> SiteProcesses:
    told = {
        "NETWORK_URL": network.url,
        "NETWORK_TOKEN": network.token,
        "GROUNDWAVE_OUTBOUND_ALLOW": network.url.removeprefix("http://"),
    }
    written = "equipment.carrying_on_disk"
    return use(
        SiteProcesses(tmp_path, count=2, written=written, has_worker=True, told=told)
    )


@pytest.fixture
def desk(sites: SiteProcesses) -> Iterator[Newsdesk]:
    with visitor() as context:
        desk = Newsdesk(context, f"http://127.0.0.1:{sites.ports[0]}")
        desk.sign_in(EDITOR, PASSWORD)
        yield desk


def test_a_carried_story_follows_its_origin_to_the_end(
    sites: SiteProcesses, desk: Newsdesk, network: Network
):
    network.publish(biography(), every_story())
    ask_now(desk, sites)
    everywhere(sites, STORY, "It was eleven.")
    # The darkroom makes what is shown of a picture in a while.
    eventually(
        lambda: bool(pictures_of(sites.answer(sites.ports[0], STORY)[1])),
        seconds=ROUND_SECONDS,
    )
    shows_everything(sites.answer(sites.ports[0], STORY)[1])
    for path in LISTS:
        assert sites.status(sites.ports[1], path) == 200
    not_among_our_own(sites)

    add_a_local_angle(desk, sites)
    everywhere(sites, STORY, "Ida Marsh was on the pier.")

    network.change(
        "far-ferry", changes.with_asset, "text-0", text="<p>It ran on Monday.</p>"
    )
    network.change("far-ferry", changes.corrected, "It was Monday.", timezone.now())
    ask_now(desk, sites)
    everywhere(sites, STORY, "It was Monday.")
    page = sites.answer(sites.ports[1], STORY)[1]
    assert "It ran on Monday." in page
    assert "ran again on Sunday" not in page
    assert "Ida Marsh was on the pier." in page
    assert "It was Monday." in sites.answer(sites.ports[0], "/corrections/")[1]

    pictures = pictures_of(page)
    assert pictures
    network.change("far-ferry", changes.with_restricted, "photo-1")
    ask_now(desk, sites)
    nowhere(sites, STORY, pictures[0])
    for port in sites.ports:
        page = sites.answer(port, STORY)[1]
        assert pictures_of(page) == []
        assert "Ida Marsh was on the pier." in page
        for picture in pictures:
            assert sites.status(port, picture) in (404, 410), picture

    network.delete("far-ferry")
    ask_now(desk, sites)
    for port in sites.ports:
        eventually(
            lambda at=port: sites.status(at, STORY) == 410, seconds=ROUND_SECONDS
        )
        page = sites.answer(port, STORY)[1]
        assert "Far Shore Radio" in page
        assert "Tern Island" not in page
        for path in (*LISTS, *OWN):
            assert "between the islands" not in sites.answer(port, path)[1], path


def ask_now(desk: Newsdesk, sites: SiteProcesses) -> None:
    """Let an editor have the network asked, and wait for nothing."""
    desk.open(f"/admin/connections/show/{sites.said}/")
    desk.press("Ask now")


def add_a_local_angle(desk: Newsdesk, sites: SiteProcesses) -> None:
    """Write a paragraph of ours below theirs, and publish it as no news."""
    desk.open("/admin/carried-stories/")
    desk.page.get_by_role("link", name=re.compile("Ferry runs again")).first.click()
    desk.add_block("text")
    text = desk.page.locator(".Draftail-Editor [contenteditable=true]").last
    text.click()
    desk.page.keyboard.type("Ida Marsh was on the pier.")
    desk.has_typed("Ida Marsh was on the pier.")
    desk.field("change_kind").select_option("typo")
    desk.publish()
    desk.page.wait_for_url(re.compile("/admin/pages/"), timeout=SLOW_MS)


def everywhere(sites: SiteProcesses, path: str, words: str) -> None:
    for port in sites.ports:
        eventually(
            lambda at=port: words in sites.answer(at, path)[1], seconds=ROUND_SECONDS
        )


def nowhere(sites: SiteProcesses, path: str, words: str) -> None:
    for port in sites.ports:
        eventually(
            lambda at=port: words not in sites.answer(at, path)[1],
            seconds=ROUND_SECONDS,
        )


def shows_everything(page: str) -> None:
    for words in (
        "Ferry runs again between the islands",
        "Tern Island has a boat again",  # the dek
        "At least 32 people had been left on the island",
        "council counted 42",
        "Updated",
        "We had flour for one more week.",
        "Teo Brandt",
        "Una Farrow reports on the islands.",
        "An earlier version gave the wrong number of days. It was eleven.",
        "To see more, visit",
        "data-recording=",
    ):
        assert words in page, words
    assert "Updated February 1, 2026 at 4 p.m. ET</em>" not in page  # lifted, told once
    assert re.search(r'<link rel="canonical"\s+href="[^"]*/news/far-ferry/"', page)
    assert re.search(r"Copyright \d{4}", page)
    assert pictures_of(page)


def pictures_of(page: str) -> list[str]:
    """Return the addresses of the pictures that stand in it, as paths."""
    found = re.findall(r'src="([^"]*/media/images/[^"]+)"', page)
    return [urlsplit(url).path for url in found]


def not_among_our_own(sites: SiteProcesses) -> None:
    for path in OWN:
        assert "between-the-islands" not in sites.answer(sites.ports[0], path)[1], path
    feed = json.loads(sites.answer(sites.ports[0], "/feed.json")[1])
    assert feed["items"] == []
