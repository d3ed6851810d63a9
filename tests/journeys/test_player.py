"""The player's own choices: stations, tabs, frames, the sleep timer and the data saver."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from playwright.sync_api import Request, expect

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


def test_a_second_tab_does_not_play_over_the_first(visit: Visit):
    visit.play()
    second = Visit(visit.page.context.new_page(), visit.site, visit.air)
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
    expect(visit.part("station")).to_have_text("KGND Jazz")


def test_the_player_works_in_a_frame_on_another_site(visit: Visit):
    visit.page.goto(visit.site.url.replace("127.0.0.1", "localhost") + "/frames/")
    player = visit.page.frame_locator("iframe").locator("groundwave-player")

    player.get_by_role("button", name="Play Live Radio").click()

    expect(player).to_have_attribute("data-state", "playing", timeout=15_000)


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

    expect(visit.part("sleep-left")).to_have_text(re.compile(r"^0:1\d left$"))
    expect(visit.bar).to_have_attribute("data-state", "stopped", timeout=40_000)
    *falling, restored = visit.sound.volumes[1:]
    assert len(falling) > 10  # softly
    assert all(after < before for before, after in pairwise(falling))
    assert falling[-1] < 0.05
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
