"""The player with a real transmitter and a real site: it plays, whatever happens."""

from __future__ import annotations

import contextlib
import re
import time
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import Locator, Page, expect

from equipment.browsers import Sound, visitor
from equipment.encoders import RawEncoder, send_title
from equipment.sites import Site
from equipment.transmitters import (
    Desk,
    Transmitter,
    eventually,
    kgnd as kgnd_line,
    running,
)
from groundwave.patchbay.messages import Announced, Codec, MountLine, Role
from groundwave.programming.actions import pre_empt
from groundwave.programming.models import Show
from groundwave.stations.actions import open_station
from groundwave.stations.models import Station


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(240)]

DENVER = ZoneInfo("America/Denver")
ENOUGH_SEGMENTS = 4
SWITCH_SECONDS = 1.5
BAR = "groundwave-player"


@dataclass
class Visit:
    """A page of the site, open in a browser."""

    page: Page
    site: Site
    transmitter: Transmitter

    @property
    def sound(self) -> Sound:
        return Sound(self.page)

    @property
    def bar(self) -> Locator:
        return self.page.locator(BAR)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.site.url + path)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def play(self) -> None:
        self.page.locator(".play:visible, .player__toggle:visible").first.click()
        self.sound.begins()


def has_tape(transmitter: Transmitter) -> bool:
    with contextlib.suppress(urllib.error.HTTPError):
        playlist = transmitter.get("/kgnd/high/live.m3u8")
        return playlist.count(b".m4s") >= ENOUGH_SEGMENTS
    return False


@pytest.fixture
def on_air(tmp_path: Path, use) -> Iterator[Transmitter]:
    """KGND with an encoder, and its second station with the standby loop."""
    jazz = kgnd_line(
        slug="jazz",
        name="KGND Jazz",
        mounts=(MountLine(path="/jazz.mp3", codec=Codec.MP3),),
    )
    with running(tmp_path, kgnd_line(), jazz) as transmitter:
        use(RawEncoder(transmitter))
        eventually(lambda: transmitter.on_air() == "main")
        send_title(transmitter, Role.MAIN, b"Sine on the Dale")
        eventually(lambda: has_tape(transmitter), seconds=60)
        yield transmitter


@pytest.fixture
def visit(kgnd, settings, on_air, use) -> Iterator[Visit]:
    open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")
    settings.GROUNDWAVE_AIR_URL = on_air.url
    settings.ROOT_URLCONF = "equipment.troubled_urls"
    site = use(Site())
    with visitor() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        visit = Visit(page, site, on_air)
        visit.open()
        yield visit
    assert not [each for each in said if "Content Security Policy" in each]


def test_the_sound_goes_on_whatever_page_comes(visit: Visit):
    visit.play()
    expect(visit.bar).to_have_attribute("data-kind", "hls")
    visit.sound.goes_on()
    visit.page.evaluate("() => (window.isTheSameDocument = true)")
    visit.sound.watch()

    _pages(visit)
    _back_and_forth(visit)
    _a_search(visit)
    _trouble(visit)

    assert visit.page.evaluate("() => window.isTheSameDocument")
    visit.sound.goes_on()
    assert visit.sound.faults == []


def _arrives(visit: Visit, path: str) -> None:
    expect(visit.page).to_have_url(re.compile(re.escape(path) + r"(\?|$)"))
    expect(visit.bar).to_be_visible()
    expect(visit.bar).to_have_attribute("data-state", "playing")
    visit.sound.goes_on(seconds=0.2)


def _pages(visit: Visit) -> None:
    for name, path in [
        ("Schedule", "/schedule/"),
        ("Shows", "/shows/"),
        ("People", "/people/"),
        ("Search", "/search/"),
        ("Listen", "/"),
        ("Schedule", "/schedule/"),
    ]:
        visit.follow(name)
        _arrives(visit, path)


def _back_and_forth(visit: Visit) -> None:
    visit.page.go_back()
    _arrives(visit, "/")
    visit.page.go_back()
    _arrives(visit, "/search/")
    visit.page.go_forward()
    _arrives(visit, "/")


def _a_search(visit: Visit) -> None:
    visit.follow("Search")
    _arrives(visit, "/search/")
    visit.page.get_by_role("searchbox").last.fill("jazz")
    visit.page.get_by_role("searchbox").last.press("Enter")
    _arrives(visit, "/search/")
    assert "jazz" in visit.page.url


def _trouble(visit: Visit) -> None:
    for name, path in [
        ("Nowhere", "/nowhere/at-all/"),
        ("A fault", "/fails/"),
        ("A proxy's page", "/proxy-says-no/"),
        ("A bare page", "/bare/"),
        ("Moved", "/people/"),
    ]:
        visit.page.evaluate("() => Turbo.visit('/signpost/')")
        _arrives(visit, "/signpost/")
        visit.follow(name)
        _arrives(visit, path)
    visit.page.evaluate("() => Turbo.visit('/signpost/')")
    _arrives(visit, "/signpost/")
    visit.page.get_by_label("Letter").fill("Dear station")
    visit.page.get_by_role("button", name="Send").click()
    _arrives(visit, "/shows/")


def test_a_page_that_cannot_be_fetched_does_not_end_the_sound(visit: Visit):
    visit.play()
    visit.sound.watch()
    visit.page.route("**/shows/", lambda route: route.abort())

    visit.follow("Shows")

    expect(visit.bar).to_contain_text("That page could not be fetched")
    visit.sound.goes_on()
    assert visit.sound.faults == []
    assert visit.page.url == visit.site.url + "/"


def test_the_admin_gets_a_document_of_its_own(visit: Visit):
    visit.open("/signpost/")
    visit.page.evaluate("() => (window.isTheSameDocument = true)")

    visit.follow("To the admin")

    expect(visit.page).to_have_url(re.compile("/admin/login/"))
    assert not visit.page.evaluate("() => window.isTheSameDocument")


def test_sound_comes_back_by_itself_when_the_transmitter_was_killed(visit: Visit, use):
    visit.play()
    visit.sound.goes_on()

    visit.transmitter.kill()
    visit.transmitter.start()
    use(RawEncoder(visit.transmitter))

    visit.sound.goes_on(seconds=20, within=40)
    expect(visit.bar).to_have_attribute("data-state", "playing")


def test_sound_comes_back_within_ten_seconds_of_a_long_outage(visit: Visit, use):
    visit.play()
    visit.sound.goes_on()
    visit.transmitter.kill()
    expect(visit.bar).to_have_attribute("data-state", "reconnecting", timeout=60_000)

    visit.transmitter.start()

    expect(visit.bar).to_have_attribute("data-state", "playing", timeout=10_000)
    visit.sound.goes_on()


def entitle(visit: Visit, title: str) -> None:
    send_title(visit.transmitter, Role.MAIN, title.encode())


def title_of(visit: Visit) -> Locator:
    return visit.bar.locator("[data-part=title]")


def test_the_title_is_of_what_is_heard_live_and_rewound(visit: Visit):
    visit.play()
    expect(title_of(visit)).to_have_text("Sine on the Dale", timeout=15_000)
    entitle(visit, "Sawtooth Morning")

    # The page has been told; the ear is a playlist's length behind.
    visit.sound.goes_on(seconds=5)
    expect(title_of(visit)).to_have_text("Sine on the Dale")
    expect(title_of(visit)).to_have_text("Sawtooth Morning", timeout=30_000)

    visit.bar.get_by_role("button", name="Back 30 seconds").click()
    expect(title_of(visit)).to_have_text("Sine on the Dale")
    expect(visit.bar).to_have_attribute("data-behind", re.compile(r"\d+"))
    expect(visit.bar).to_contain_text("behind live")
    visit.sound.goes_on()

    visit.bar.get_by_role("button", name="Go to live").click()
    expect(title_of(visit)).to_have_text("Sawtooth Morning", timeout=15_000)
    expect(visit.bar).not_to_have_attribute("data-behind", re.compile("."))
    visit.sound.goes_on()


def test_a_show_is_heard_from_the_top_and_the_next_one_is_announced(visit: Visit, use):
    visit.play()
    visit.sound.goes_on(seconds=15, within=40)  # there is something to go back to
    began = visit.site.ask(lambda: plan_two_shows(timezone.now()))
    news = Announced(event="schedule", data='{"station": "kgnd"}', station="kgnd")
    use(Desk(visit.transmitter)).send(news)
    expect(visit.bar.locator("[data-part=show]")).to_have_text("Morning Light")
    expect(visit.bar.locator("[data-part=duration]")).to_have_text("30:00")
    mountain = (began + timedelta(minutes=30)).astimezone(DENVER)
    clock = f"{mountain:%I:%M}".lstrip("0")
    announced = visit.bar.locator("[data-part=next]")
    expect(announced).to_contain_text(f"Next Up: Valley News at {clock}")
    expect(announced).to_contain_text("your time")  # the browser's is not Denver's

    visit.bar.get_by_role("button", name="From the top").click()

    expect(visit.bar).to_have_attribute("data-behind", re.compile("."))
    expect(visit.bar.locator("[data-part=elapsed]")).to_have_text(
        re.compile("0:0[0-9]")
    )
    visit.sound.goes_on()


def plan_two_shows(now: datetime) -> datetime:
    """One that began where the tape did, more or less, and one for half an hour later."""
    station = Station.objects.get(slug="kgnd")
    begins = (now - timedelta(seconds=40)).replace(microsecond=0)
    for title in ("Morning Light", "Valley News"):
        show = Show.objects.create(title=title, slug=slugify(title))
        ends = begins + timedelta(minutes=30)
        pre_empt(station, show=show, starts_at=begins, ends_at=ends, now=now)
        begins = ends
    return begins - timedelta(hours=1)


def test_a_pause_keeps_the_place_and_says_how_far_behind_that_is(visit: Visit):
    visit.play()
    visit.sound.goes_on(seconds=1)
    visit.bar.get_by_role("button", name="Pause", exact=True).click()
    expect(visit.bar).to_have_attribute("data-state", "paused")

    expect(visit.bar).to_have_attribute("data-behind", "20", timeout=40_000)
    visit.bar.get_by_role("button", name="Resume").click()

    expect(visit.bar).to_have_attribute("data-state", "playing")
    visit.sound.goes_on()
    expect(visit.bar).to_contain_text("behind live")


def test_a_second_tab_does_not_play_over_the_first(visit: Visit):
    visit.play()
    second = Visit(visit.page.context.new_page(), visit.site, visit.transmitter)
    second.open("/schedule/")

    second.play()

    expect(visit.bar).to_have_attribute("data-state", "elsewhere")
    expect(visit.bar).to_contain_text("Another tab or window plays now.")
    second.sound.goes_on()


def test_a_station_is_switched_to_in_a_moment_and_remembered(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    visit.bar.get_by_text("Stations").click()
    began = time.monotonic()

    visit.bar.get_by_role("button", name="KGND Jazz").click()
    expect(visit.bar).to_have_attribute("data-station", "jazz")
    expect(visit.bar).to_have_attribute("data-state", "playing")
    visit.sound.begins()

    assert time.monotonic() - began < SWITCH_SECONDS
    visit.page.reload()
    expect(visit.bar.locator("[data-part=station]")).to_have_text("KGND Jazz")


def test_the_player_works_in_a_frame_on_another_site(visit: Visit):
    visit.page.goto(visit.site.url.replace("127.0.0.1", "localhost") + "/frames/")
    player = visit.page.frame_locator("iframe").locator(BAR)

    player.get_by_role("button", name="Play Live Radio").click()

    expect(player).to_have_attribute("data-state", "playing", timeout=15_000)
