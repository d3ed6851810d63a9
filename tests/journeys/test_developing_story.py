"""A developing story: one editor writes it, another corrects it, and somebody reads it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from equipment.browsers import visitor
from equipment.developing_story import IDA, NOOR, PASSWORD, PHOTO
from equipment.newsdesk import SLOW_MS, Newsdesk
from equipment.outlets import (
    Figures,
    StoryPage,
    changes_fed,
    changes_in_json,
    changes_listed,
    in_atom,
    in_json,
    in_rss,
)
from equipment.site_processes import SiteProcesses
from equipment.transmitters import kgnd_without_standby, running


pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

STORY = "/news/ferry-sinks-off-marrow-bay/"
OUTLETS = (
    STORY,
    "/corrections/",
    "/corrections/feed.atom",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/events/ferry/",
    "/events/ferry/figures.json",
)
WRONG = "At least 32, according to Tamarack County"
RIGHT = "At least 41, according to Tamarack County"
SAID = "We misheard Tamarack County, which counts at least 41 people."

Say = Callable[[str], str]


@pytest.fixture
def sites(tmp_path: Path, stack: ExitStack, use) -> SiteProcesses:
    """Two processes of the site, and the transmitter that tells open pages."""
    air = stack.enter_context(running(tmp_path, kgnd_without_standby()))
    written = "equipment.developing_story"
    return use(SiteProcesses(tmp_path, count=2, written=written, air_port=air.port))


@pytest.fixture
def browser(stack: ExitStack) -> Browser:
    found = stack.enter_context(visitor()).browser
    assert found
    return found


def test_whoever_reads_is_told_of_a_correction_and_every_outlet_says_the_same(
    sites: SiteProcesses, browser: Browser
):
    section, event = sites.said.split()
    here, there = (f"http://127.0.0.1:{port}" for port in sites.ports)
    ida, noor = (Newsdesk(browser.new_context(), url) for url in (here, there))
    ida.sign_in(IDA, PASSWORD)
    write_the_story(ida, section)
    reader = browser.new_context().new_page()
    reader.goto(here + STORY)
    expect(reader.locator("article")).to_contain_text(f"{WRONG} are missing")
    for port in sites.ports:
        for path in OUTLETS:
            assert sites.status(port, path) == 200  # it is in memory from now on

    noor.sign_in(NOOR, PASSWORD)
    take_down_a_newer_figure(noor, event)
    correct_the_story(noor)

    is_told_and_shown_the_new_version(reader)
    for port in sites.ports:

        def say(path: str, port: int = port) -> str:
            return sites.answer(port, path)[1]

        everybody_tells_of_the_same_correction(say, reader)
        everybody_gives_the_same_names_and_times(say, reader)
        everybody_has_the_same_figures(say, reader)


def write_the_story(desk: Newsdesk, section: str) -> None:
    desk.open(f"/admin/pages/add/newsroom/story/{section}/")
    desk.fill("title", "Ferry sinks off Marrow Bay")
    desk.fill("dek", "The search goes on.")
    desk.press("Add Byline")
    desk.choose("Choose a person", "Ida Marsh")
    desk.fill("dateline", "Marrow Bay")
    desk.choose("Choose an image", PHOTO)
    desk.choose("Choose an event", "Ferry sinks")
    desk.add_block("text")
    desk.text.click()
    desk.type_figure("at least 32, according to Tamarack County")
    desk.page.keyboard.type(" are missing.")
    desk.has_typed(f"{WRONG} are missing.")
    desk.add_block("who says what")
    desk.publish()
    desk.is_told("has been published")


def take_down_a_newer_figure(desk: Newsdesk, event: str) -> None:
    desk.open(f"/admin/events/figures/{event}/")
    desk.fill("source", "Tamarack County")
    desk.field("qualifier").select_option("at least")
    desk.fill("number", "41")
    desk.press("Add this figure")
    desk.is_told("at least 41, says Tamarack County. It is added.")


def correct_the_story(desk: Newsdesk) -> None:
    """The editor finds it where the old number stands."""
    desk.page.get_by_role("link", name="See where, and replace").click()
    desk.page.get_by_role("link", name="Open the story").click()
    expect(desk.text).to_contain_text(WRONG, timeout=SLOW_MS)
    desk.text.click()
    desk.page.keyboard.press("Control+Home")
    desk.page.keyboard.press("Delete")  # the figure is one piece
    desk.type_figure("at least 41, according to Tamarack County")
    desk.has_typed(f"{RIGHT} are missing.")
    desk.field("change_kind").select_option("correction")
    desk.fill("change_text", SAID)
    expect(desk.field("change_is_significant")).to_be_checked()
    desk.publish()
    desk.is_told("has been published")


def is_told_and_shown_the_new_version(reader: Page) -> None:
    told = reader.get_by_role("complementary", name="This story has changed")
    expect(told).to_contain_text(f"Correction: {SAID}", timeout=SLOW_MS)
    expect(reader.locator("article")).to_contain_text(f"{WRONG} are missing")
    told.get_by_role("button", name="Show the new version").click()
    told.get_by_role("button", name="Remove the marks").click(timeout=SLOW_MS)
    expect(reader.locator("article")).to_contain_text(f"{RIGHT} are missing")


def everybody_tells_of_the_same_correction(say: Say, reader: Page) -> None:
    page = StoryPage(say(STORY))
    (correction,) = page.changes
    assert (correction.label, correction.text) == ("Correction", SAID)
    assert StoryPage(reader.content()).changes == [correction]
    assert changes_listed(say("/corrections/")) == [correction]
    assert changes_fed(say("/corrections/feed.atom")) == [correction]
    assert changes_in_json(say("/feed.json")) == [correction]
    assert page.data.corrections == [(correction.text, correction.at)]
    named = {
        in_atom(say("/feed.atom")).first,
        in_rss(say("/feed.rss")).first,
        in_json(say("/feed.json")).first,
    }
    assert named == {f"Correction: {SAID}"}
    assert page.facts.updated == correction.at


def everybody_gives_the_same_names_and_times(say: Say, reader: Page) -> None:
    facts = StoryPage(say(STORY)).facts
    assert facts.headline == "Ferry sinks off Marrow Bay"
    assert facts.authors == ("Ida Marsh",)
    assert StoryPage(reader.content()).facts == facts
    assert StoryPage(say(STORY)).data.facts == facts
    assert in_atom(say("/feed.atom")).facts == facts
    assert in_json(say("/feed.json")).facts == facts
    assert in_rss(say("/feed.rss")).facts == replace(facts, updated=None)


def everybody_has_the_same_figures(say: Say, reader: Page) -> None:
    page, figures = StoryPage(say(STORY)), Figures(say("/events/ferry/figures.json"))
    said = {(each.who, each.words) for each in page.counts}
    assert said == {("Tamarack County", "at least 41"), ("Bay Rescue", "at least 42")}
    assert StoryPage(reader.content()).counts == page.counts
    assert StoryPage(say("/events/ferry/")).counts == page.counts
    assert figures.counts == page.counts
    assert page.data.counts == page.counts
    assert in_atom(say("/feed.atom")).counts == page.counts
    assert in_rss(say("/feed.rss")).counts == page.counts
    assert in_json(say("/feed.json")).counts == page.counts
    assert page.data.bounds == figures.bounds
    ((name, words),) = page.pinned.items()
    stands = figures.standing[name]
    assert (
        words.lower() == f"{stands['words']}, according to {stands['source']}".lower()
    )
