"""The bar itself: it keeps its height, and what it says can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Route, expect

from equipment.browsers import visitor
from equipment.old_tape import Piece
from equipment.on_air import OnAir
from equipment.sites import Site
from equipment.transmitters import eventually
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

LONG = Piece("The Ballad of the Last Train out of Glenrio, Part Two", 440, 0)
SHOW = "Evenings at the Grange Hall"
# As the player ends up when a browser does not let it start, or can play nothing.
STOP = """
    async (state) => {
        const { radio } = await import("/static/groundwave/player/radio.js");
        radio.listening.stop(state);
    }
"""
IS_CUT = """
    (part) => part.scrollHeight > part.clientHeight + 1
        || part.scrollWidth > part.clientWidth + 1
"""

# As on devices whose keys alone turn it up and down.
FIXED_VOLUME = """
    Object.defineProperty(HTMLMediaElement.prototype, "volume", {get: () => 1, set() {}});
"""


@pytest.fixture(params=[360, 768, 1280])
def visit(request, site: Site, air: OnAir) -> Iterator[Visit]:
    with visitor(viewport={"width": request.param, "height": 800}) as context:
        visit = Visit(context.new_page(), site, air)
        began = timezone.now() - timedelta(minutes=10)
        visit.plan(began, (SHOW, 60), ("The Valley at Night", 60))
        visit.open("/schedule/")
        yield visit


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["y"]


def is_cut(part: Locator) -> bool:
    return bool(part.evaluate(IS_CUT))


def test_the_bar_keeps_its_height_whatever_happens(visit: Visit):
    heights: dict[str, float] = {}

    def measure(state: str) -> None:
        expect(visit.bar).to_have_attribute("data-state", state, timeout=30_000)
        box = visit.bar.bounding_box()
        assert box
        heights[f"{state}{' behind' if visit.behind else ''}"] = box["height"]

    visit.page.route("**/*.m3u8*", lambda route: None)  # it is never answered
    visit.button("Play Live Radio").click()
    measure("connecting")
    visit.page.unroute_all()
    visit.page.reload()
    visit.play()
    expect(visit.part("next")).to_contain_text("your time")
    visit.is_playing()
    measure("playing")
    visit.button("Back 30 seconds").click()
    eventually(lambda: visit.behind > 0)
    measure("playing")
    visit.button("Pause").click()
    measure("paused")
    visit.page.context.set_offline(True)
    visit.button("Go to live").click()
    measure("reconnecting")
    for state in ("blocked", "unplayable"):
        visit.page.evaluate(STOP, state)
        measure(state)

    assert len(heights) == 7
    assert len(set(heights.values())) == 1, heights


def test_title_show_and_what_is_next_can_be_read(visit: Visit):
    visit.air.play(LONG)
    visit.play()
    expect(visit.part("title")).to_have_text(LONG.title, timeout=40_000)
    expect(visit.part("next")).to_contain_text("your time")
    visit.is_playing()

    assert not is_cut(visit.bar.locator(".player__where"))
    assert not is_cut(visit.part("title"))
    assert not is_cut(visit.part("next"))


def test_a_panel_stands_on_the_bar(visit: Visit):
    visit.button("Play Live Radio").click()
    visit.is_playing()
    for name in ("Stations", "More"):
        visit.bar.locator("summary", has_text=name).click()

        panel = visit.bar.locator(".player__panel:visible")
        expect(panel).to_have_count(1)  # the other one has closed
        box = panel.bounding_box()
        assert box
        assert abs(box["y"] + box["height"] - top(visit.bar)) < 0.5
        assert box["y"] >= 0

    assert visit.page.viewport_size
    low = {**visit.page.viewport_size, "height": 360}
    visit.page.set_viewport_size(low)
    assert top(panel) >= 0


@pytest.mark.parametrize("visit", [1280], indirect=True)
def test_where_the_volume_is_not_ours_there_is_no_slider_for_it(visit: Visit):
    expect(visit.part("volume")).to_be_visible()
    visit.page.add_init_script(FIXED_VOLUME)

    visit.page.reload()

    expect(visit.button("Play Live Radio")).to_be_visible()
    expect(visit.part("volume")).to_be_hidden()


@pytest.mark.parametrize("visit", [1280], indirect=True)
def test_a_bar_that_the_script_does_not_know_is_not_taken(visit: Visit):
    def of_the_next(route: Route) -> None:
        page = route.fetch()
        body = page.text().replace('data-part="how"', 'data-part="renamed"')
        body = body.replace('"is_live"', '"renamed"')
        route.fulfill(response=page, body=body)

    faults: list[str] = []
    visit.page.on("pageerror", lambda fault: faults.append(str(fault)))
    visit.play()
    visit.is_playing()
    visit.page.route(f"{visit.site.url}/**/", of_the_next)

    for path in ("/nowhere/", "/fails/", "/shows/"):
        visit.page.evaluate("(path) => Turbo.visit(path)", path)
        expect(visit.page).to_have_url(visit.site.url + path)
        expect(visit.part("how")).to_have_text("Live")
        visit.is_playing()

    assert faults == []
