"""
The player's own choices: stations, tabs, frames, volume, sleep timer, data saver; and
what moves.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Request, expect

from equipment.on_air import JAZZ, LIVE
from equipment.transmitters import eventually
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

SWITCH_SECONDS = 1.5
# Turbo asks before it fetches a page that nobody has gone to.
PREFETCHES = """
    () => addEventListener("turbo:before-prefetch", (event) => {
        window.isPrevented = event.defaultPrevented;
    })
"""
# What moves on the page by itself.
MOVES = """
    () => document.getAnimations()
        .filter(({playState}) => playState === "running")
        .map(({animationName, transitionProperty}) => animationName ?? transitionProperty)
"""


def test_a_second_tab_does_not_play_over_the_first(visit: Visit):
    visit.play()
    second = Visit(visit.page.context.new_page(), visit.site, visit.air)
    second.open("/schedule/")

    second.play()

    expect(visit.bar).to_have_attribute("data-state", "elsewhere")
    expect(visit.bar).to_contain_text("Another tab or window plays now.")
    second.sound.goes_on()
    assert visit.sound.is_silent
    assert not second.sound.is_silent


@pytest.mark.parametrize("sooner", [0, 1], ids=["the first", "the last"])
def test_of_two_tabs_that_come_back_the_one_started_last_is_heard(
    visit: Visit, sooner: int
):
    """Whichever has its connection again sooner; neither silences both."""
    tabs = [visit, Visit(visit.page.context.new_page(), visit.site, visit.air)]
    for tab in tabs:
        tab.open("/schedule/")
        tab.page.route(f"{visit.air.url}/**", lambda route: route.abort())
    for tab in tabs:
        tab.button("Play Live Radio").click()
        expect(tab.bar).to_have_attribute("data-state", "reconnecting", timeout=20_000)

    tabs[sooner].page.unroute(f"{visit.air.url}/**")
    tabs[sooner].is_playing(within=40)
    tabs[1 - sooner].page.unroute(f"{visit.air.url}/**")

    tabs[1].is_playing(within=40)
    expect(tabs[0].bar).to_have_attribute("data-state", "elsewhere")
    assert tabs[0].sound.is_silent


def test_a_station_is_switched_to_in_a_moment_and_remembered(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    assert visit.tone == LIVE.title
    visit.bar.get_by_text("Stations").click()
    visit.sound.listen_for(JAZZ.hertz)

    visit.bar.get_by_role("button", name="KGND Jazz").click()

    assert visit.sound.heard_after < SWITCH_SECONDS
    assert visit.tone == JAZZ.title
    expect(visit.bar).to_have_attribute("data-station", "jazz")
    visit.is_playing()
    visit.page.reload()
    expect(visit.part("station")).to_have_text("KGND Jazz")


def test_the_player_works_in_a_frame_on_another_site(visit: Visit):
    visit.page.goto(visit.site.url.replace("127.0.0.1", "localhost") + "/frames/")
    player = visit.page.frame_locator("iframe").locator("groundwave-player")

    player.get_by_role("button", name="Play Live Radio").click()

    expect(player).to_have_attribute("data-state", "playing", timeout=15_000)


def test_the_code_for_somebody_elses_page_is_copied(visit: Visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/embed/kgnd/")
    visit.page.get_by_text("Put this player on your page").click()

    visit.page.get_by_role("button", name="Copy", exact=True).click()

    expect(visit.bar).to_contain_text("Copied")
    copied = visit.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("<iframe ")
    assert copied == visit.page.locator("#embed-code").input_value()


def test_the_volume_is_that_of_the_sound_and_is_remembered(visit: Visit):
    visit.play()

    visit.bar.get_by_label("Volume").fill("0.3")

    assert visit.sound.volume == 0.3
    visit.page.reload()
    expect(visit.part("volume")).to_have_value("0.3")
    visit.play()
    assert visit.sound.volume == 0.3


def test_nothing_moves_for_whoever_wants_no_motion(visit: Visit):
    visit.play()
    visit.is_playing()
    assert visit.page.evaluate(MOVES)

    visit.page.emulate_media(reduced_motion="reduce")

    assert visit.page.evaluate(MOVES) == []


def sleep_after(visit: Visit, minutes: float) -> None:
    """Choose the shortest time there is; the page, which says how long it is, is late."""
    visit.bar.get_by_text("More").click()
    choice = visit.bar.get_by_label("Stop after")
    choice.locator("option").nth(1).evaluate(
        "(option, minutes) => (option.value = minutes)", str(minutes)
    )
    choice.select_option(index=1)


def test_the_sleep_timer_fades_the_sound_stops_it_and_puts_the_volume_back(
    visit: Visit,
):
    visit.play()
    visit.bar.get_by_label("Volume").fill("0.8")

    sleep_after(visit, 0.25)

    expect(visit.part("sleep-left")).to_have_text(re.compile(r"^0:\d\d left$"))
    expect(visit.bar).to_have_attribute("data-state", "stopped", timeout=40_000)
    *falling, restored = visit.sound.volumes[1:]
    assert len(falling) > 10  # softly
    assert all(after < before for before, after in pairwise(falling))
    assert falling[-1] < 0.2
    assert restored == 0.8
    expect(visit.bar.get_by_label("Stop after")).to_have_value("0")
    visit.button("Play Live Radio").click()
    visit.is_playing()


def test_whoever_is_still_awake_hears_on_at_full_volume(visit: Visit):
    visit.play()
    sleep_after(visit, 0.2)
    eventually(lambda: bool(visit.sound.volumes), seconds=30)

    visit.bar.get_by_label("Stop after").select_option("0")

    eventually(lambda: visit.sound.volumes[-1] == 1)
    expect(visit.part("sleep-left")).to_be_hidden()
    visit.sound.goes_on(seconds=12, within=40)


def test_the_data_saver_fetches_the_low_rendition_and_no_page_ahead_of_time(
    visit: Visit,
):
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def sound_fetched() -> list[str]:
        return [url for url in asked if url.endswith(".m4s")]

    visit.open("/schedule/")  # where the player is there before anybody plays
    visit.page.on("request", note)
    visit.bar.get_by_text("More").click()
    saver = visit.bar.get_by_label("Save data")
    saver.check()
    visit.play()
    visit.sound.goes_on(seconds=2)
    assert sound_fetched()
    assert [url for url in sound_fetched() if "/low/" not in url] == []
    visit.page.evaluate(PREFETCHES)
    visit.page.get_by_role("link", name="Shows", exact=True).first.hover()
    visit.page.wait_for_function("() => window.isPrevented === true")

    with visit.page.expect_request(re.compile(r"/high/.*\.m4s$"), timeout=40_000):
        saver.uncheck()
    with visit.page.expect_request("**/people/"):
        visit.page.get_by_role("link", name="People", exact=True).first.hover()

    assert not [url for url in asked if url.endswith("/shows/")]


def test_the_data_saver_is_remembered(visit: Visit):
    visit.open("/schedule/")
    visit.bar.get_by_text("More").click()
    visit.bar.get_by_label("Save data").check()

    visit.page.reload()

    visit.bar.get_by_text("More").click()
    expect(visit.bar.get_by_label("Save data")).to_be_checked()
