"""The schedule on pages that are open, or old: told to them all, and asked by none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, TestCase
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import BrowserContext, Locator, Page, expect

from equipment.browsers import visitor
from equipment.old_urls import KEPT
from equipment.sites import Site
from equipment.transmitters import kgnd_without_standby
from groundwave.delivery.schedule_news import tell_open_pages
from groundwave.patchbay.messages import StationLine
from groundwave.programming.actions import pre_empt, set_default_show
from groundwave.programming.models import Boundary, Show
from groundwave.stations.models import Station


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(120)]

Made = TypeVar("Made")
HOUR = timedelta(hours=1)
# At once, also where the machine has much to do.
SOON_MS = 4_000
# Looks every few milliseconds, and keeps when it was so.
WATCH = """([selector, words]) => {
    (window.seenAt ??= {})[selector] = new Promise((seen) => {
        const look = () => {
            const found = document.querySelector(selector)?.textContent.includes(words);
            if (found) seen(Date.now()); else setTimeout(look, 10);
        };
        look();
    });
}"""


@dataclass
class Visit:
    """Somebody's browser with some pages open, and everything they ask the site."""

    context: BrowserContext
    site: Site
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self._note(request.url))
        page.goto(self.site.url + path)
        return page

    def _note(self, url: str) -> None:
        path = url.removeprefix(self.site.url)
        # Files are the same for ever, and kept wherever they pass.
        if path != url and not path.startswith("/static/"):
            self.asked.append(path)

    def change(self, act: Callable[[], Made]) -> Made:
        """Do something to the schedule, as a person does in the admin."""

        def committed() -> Made:
            with TestCase.captureOnCommitCallbacks(execute=True):
                return act()

        return self.site.ask(committed)


@pytest.fixture
def line() -> StationLine:
    return kgnd_without_standby()


@pytest.fixture
def visit(kgnd, settings, transmitter, use) -> Iterator[Visit]:
    settings.GROUNDWAVE_AIR_URL = transmitter.url
    settings.ROOT_URLCONF = "equipment.old_urls"
    site = use(Site())
    with visitor() as context:
        yield Visit(context, site)


def put(title: str, starts_at: datetime, ends_at: datetime, **facts: object) -> None:
    show, _ = Show.objects.get_or_create(title=title, slug=slugify(title))
    # What has begun by now was planned before it did.
    planned_at = min(timezone.now(), starts_at)
    pre_empt(
        Station.objects.get(slug="kgnd"),
        show=show,
        starts_at=starts_at.replace(microsecond=0),
        ends_at=ends_at.replace(microsecond=0),
        now=planned_at,
        **facts,
    )


def two_shows(turn: datetime, **facts: object) -> None:
    """Morning Light until then, and Valley News for an hour from then on."""
    station = Station.objects.get(slug="kgnd")
    music = Show.objects.create(title="Music", slug="music")
    set_default_show(station, music)
    put("Morning Light", turn - 2 * HOUR, turn)
    put("Valley News", turn, turn + HOUR, **facts)


def on_now(page: Page) -> Locator:
    return page.locator("[data-from][aria-current=time]")


def test_what_interrupts_a_show_is_on_open_pages_at_once_and_nobody_asks(visit: Visit):
    now = timezone.now()
    visit.change(lambda: two_shows(now + 30 * timedelta(minutes=1)))
    home, day = visit.open("/"), visit.open("/schedule/")
    for page in (home, day):
        expect(on_now(page)).to_contain_text("Morning Light")
        expect(page.locator("groundwave-player")).to_have_attribute(
            "data-station", "kgnd"
        )
    expect(home.locator("[data-air=next]")).to_contain_text("Next Up: Valley News")
    visit.asked.clear()

    visit.change(lambda: put("The Mayor Speaks", now, now + timedelta(minutes=10)))

    expect(home.locator("[data-air=show]")).to_have_text(
        "The Mayor Speaks", timeout=SOON_MS
    )
    expect(on_now(home)).to_contain_text("The Mayor Speaks", timeout=SOON_MS)
    expect(on_now(day)).to_contain_text("The Mayor Speaks", timeout=SOON_MS)
    expect(home.locator("[data-air=next]")).to_contain_text("Next Up: Morning Light")
    expect(day.locator(".day__row", has_text="continued")).to_contain_text(
        "Morning Light"
    )
    expect(day.locator("[data-outdated]")).to_be_hidden()
    assert visit.asked == []


def test_at_the_boundary_every_page_shows_what_begins_then(visit: Visit):
    boundary = (timezone.now() + timedelta(seconds=20)).replace(microsecond=0)
    visit.change(lambda: two_shows(boundary))
    home, day = visit.open("/"), visit.open("/schedule/")
    watched = [
        (home, "[data-air=show]"),
        (home, ".strip [aria-current=time]"),
        (day, ".day__row[aria-current=time]"),
    ]
    expect(on_now(day)).to_contain_text("Morning Light")
    visit.asked.clear()

    for page, selector in watched:
        page.evaluate(WATCH, [selector, "Valley News"])
    for page, selector in watched:
        seen_at = page.evaluate("(selector) => window.seenAt[selector]", selector)
        late = seen_at / 1000 - boundary.timestamp()
        assert 0 < late < 2

    assert visit.asked == []


def test_a_page_that_was_made_an_hour_ago_shows_what_is_on_now(visit: Visit):
    now = timezone.now()
    visit.change(lambda: two_shows(now - timedelta(minutes=20)))

    def an_hour_ago() -> None:
        with time_machine.travel(now - HOUR, tick=False):
            page = Client().get("/").content
            cache.set(KEPT, page, timeout=None)

    visit.site.ask(an_hour_ago)

    home = visit.open("/kept/")

    expect(home.locator("[data-air=show]")).to_have_text("Valley News")
    expect(on_now(home)).to_contain_text("Valley News")
    expect(home.locator("[data-air=next]")).to_contain_text("Next Up: Music")
    expect(home.locator(".strip")).not_to_contain_text("Morning Light")
    assert visit.asked == ["/kept/"]


def test_a_page_of_another_day_says_that_it_is_out_of_date(
    visit: Visit, zone: ZoneInfo
):
    now = timezone.now()
    visit.change(lambda: two_shows(now + HOUR))
    noon = (now.astimezone(zone) + timedelta(days=3)).replace(hour=12, minute=0)
    page = visit.open(f"/schedule/?date={noon.date().isoformat()}")
    note = page.locator("[data-outdated]")
    expect(note).to_be_hidden()
    visit.asked.clear()

    visit.change(lambda: put("The Mayor Speaks", noon, noon + HOUR))

    expect(note).to_contain_text("The schedule has changed", timeout=SOON_MS)
    assert visit.asked == []
    note.get_by_role("link").click()
    expect(page.locator(".day")).to_contain_text("The Mayor Speaks")
    expect(note).to_be_hidden()


def test_times_read_the_same_wherever_they_stand(visit: Visit, zone: ZoneInfo):
    hour = timezone.now().astimezone(zone).replace(minute=0, second=0) + 2 * HOUR
    visit.change(lambda: two_shows(hour, boundary=Boundary.SOFT))
    home = visit.open("/")
    said = home.locator(".strip__row", has_text="Valley News").locator("time")
    words = (said.text_content() or "").strip()

    assert words.startswith("about ")
    expect(home.locator("groundwave-player [data-part=next]")).to_contain_text(
        f"Next Up: Valley News at {words} ("
    )
    expect(home.locator("[data-air=next]")).to_contain_text("your time)")


def test_without_the_news_a_page_asks_the_site(visit: Visit):
    visit.change(lambda: two_shows(timezone.now() + HOUR))
    visit.context.route("**/events**", lambda route: route.abort())

    home = visit.open("/")

    expect(home.locator("groundwave-player [data-part=show]")).to_have_text(
        "Morning Light"
    )
    assert [path.partition("?")[0] for path in visit.asked] == [
        "/",
        "/stations/kgnd/guide.json",
    ]


def test_what_a_restarted_transmitter_is_told_reaches_the_page_that_opens_next(
    visit: Visit, transmitter
):
    visit.change(lambda: two_shows(timezone.now() + HOUR))
    home = visit.open("/")
    expect(home.locator("[data-air=next]")).to_contain_text("Valley News")
    transmitter.kill()
    transmitter.start()
    visit.site.ask(lambda: tell_open_pages(Station.objects.all()))
    visit.asked.clear()

    late = visit.open("/schedule/")

    expect(late.locator("groundwave-player [data-part=show]")).to_have_text(
        "Morning Light"
    )
    assert visit.asked == ["/schedule/"]
