"""What a reader sees on pages that were made a while ago, and without a mouse."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from equipment.browsers import visitor
from equipment.rendered import ORIGIN, serve
from groundwave.programming.actions import plan_slot, set_default_show
from groundwave.programming.models import Show


pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def made(client, kgnd):
    set_default_show(kgnd, Show.objects.create(title="The Rest", slug="the-rest"))
    light = Show.objects.create(title="Morning Light", slug="morning-light")
    plan_slot(
        kgnd,
        show=light,
        starts_on=date(2026, 1, 1),
        begins=time(6),
        minutes=240,
        rule="FREQ=DAILY",
        now=timezone.now(),
    )
    paths = ("/", "/schedule/?date=2030-05-06", "/shows/", "/shows/the-rest/")
    return {path: client.get(path) for path in (*paths, "/schedule/", "/people/")}


@pytest.fixture
def page(made):
    with visitor() as context:
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        serve(page, made)
        yield page
    assert not [each for each in said if "Content Security Policy" in each]


def test_a_page_made_years_ago_marks_what_is_on_by_the_readers_clock(page):
    rows = page.locator(".day__row")
    page.goto(f"{ORIGIN}/schedule/?date=2030-05-06")
    expect(page.locator(".day__row[aria-current]")).to_have_count(0)
    instants = [
        datetime.fromisoformat(each.get_attribute("data-from")) for each in rows.all()
    ]

    page.clock.install(time=instants[1] - timedelta(seconds=20))
    page.goto(f"{ORIGIN}/schedule/?date=2030-05-06")
    expect(page.locator(".day__row[aria-current] h2")).to_have_text("The Rest")

    page.clock.fast_forward("00:30")
    expect(page.locator(".day__row[aria-current] h2")).to_have_text("Morning Light")
    assert rows.nth(0).evaluate("row => row.classList.contains('is-over')")


def test_the_first_key_leads_past_the_navigation(page):
    page.goto(f"{ORIGIN}/schedule/")

    page.keyboard.press("Tab")

    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()


def test_the_schedule_is_reached_and_read_by_keyboard_alone(page):
    page.goto(f"{ORIGIN}/schedule/?date=2030-05-06")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.getAttribute('href') ?? ''")
        reached.add(at)
        if at == "/shows/morning-light/":
            break

    assert {"#content", "/schedule/", "/shows/", "/shows/morning-light/"} <= reached


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_the_screen(page, made, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in made:
        page.goto(ORIGIN + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path


@pytest.mark.parametrize("path", ["/schedule/?date=2030-05-06", "/shows/the-rest/"])
def test_on_paper_there_are_black_words_on_white_and_nothing_to_press(page, path):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(ORIGIN + path)

    for part in (".menu", "groundwave-player", ".footer", ".skip"):
        expect(page.locator(part)).to_be_attached()
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("main h1")).to_be_visible()
    for part in ("body", "main h1", "main"):
        expect(page.locator(part)).to_have_css("color", "rgb(0, 0, 0)")
    for part in ("html", "body", "main"):
        ground = page.locator(part).evaluate("e => getComputedStyle(e).backgroundColor")
        assert ground in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}, part
