"""The player when something fails: the transmitter, the network, the laptop's battery."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from equipment.browsers import asleep
from equipment.on_air import LIVE, SAW, SPARE
from equipment.transmitters import eventually
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

# Longer than what a player holds in memory.
NAP_SECONDS = 25


def test_sound_comes_back_by_itself_when_the_transmitter_was_killed(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    visit.air.go_dark()

    visit.air.light_up()
    began = time.monotonic()
    visit.air.send()

    # More than was held; so that there was silence for ten seconds at the most.
    visit.sound.goes_on(seconds=25, within=35 - (time.monotonic() - began))
    expect(visit.bar).to_have_attribute("data-state", "playing")


def test_sound_comes_back_within_ten_seconds_of_a_long_outage(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    visit.air.go_dark()
    expect(visit.bar).to_have_attribute("data-state", "reconnecting", timeout=60_000)

    visit.air.light_up()

    visit.is_playing(within=10)


def test_a_source_that_fails_is_not_heard_to_fail(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    visit.air.have_backup()
    visit.sound.watch()

    visit.air.lose_main()

    eventually(lambda: visit.tone == SPARE.title, seconds=40)
    expect(visit.part("title")).to_have_text(SPARE.title)
    visit.sound.goes_on(seconds=5)
    assert visit.sound.faults == []
    assert visit.behind == 0


def test_nor_is_it_on_the_mount(visit: Visit):
    visit.page.route("**/*.m3u8*", lambda route: route.abort())
    visit.play()
    expect(visit.bar).to_have_attribute("data-kind", "mount")
    visit.sound.goes_on()
    visit.air.have_backup()
    visit.sound.watch()

    visit.air.lose_main()

    eventually(lambda: visit.air.transmitter.on_air() == "backup")
    visit.sound.goes_on(seconds=10)
    assert visit.sound.faults == []


def test_a_tunnel_shorter_than_what_is_held_is_not_heard(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    # A station that has just come back has little to give ahead.
    eventually(lambda: visit.sound.held > 4 and not visit.behind, seconds=60)
    visit.sound.watch()

    visit.page.context.set_offline(True)
    length = visit.sound.held - 2
    visit.sound.goes_on(seconds=length, within=length + 10)
    visit.page.context.set_offline(False)

    visit.sound.goes_on(seconds=12, within=40)
    assert visit.sound.faults == []
    expect(visit.bar).to_have_attribute("data-state", "playing")


def test_after_a_long_tunnel_the_sound_is_back_at_once_and_can_be_rewound(
    visit: Visit,
):
    visit.play()
    visit.sound.goes_on()

    with visit.page.expect_event(
        "requestfailed", lambda request: ".mp3" in request.url, timeout=60_000
    ):
        visit.page.context.set_offline(True)  # until it tries everything there is
    expect(visit.bar).to_have_attribute("data-state", "reconnecting")
    visit.page.context.set_offline(False)

    visit.is_playing(within=8)
    expect(visit.bar).to_have_attribute("data-kind", "hls")
    assert visit.behind == 0


def test_a_first_tap_in_a_tunnel_is_heard_as_soon_as_there_is_light(visit: Visit):
    visit.page.context.set_offline(True)
    visit.page.locator(".play:visible").click()
    # Everything has been tried, and none of it could be fetched.
    expect(visit.bar).to_have_attribute("data-state", "reconnecting", timeout=20_000)

    visit.page.context.set_offline(False)

    visit.is_playing(within=20)
    expect(visit.bar).to_have_attribute("data-kind", "hls")
    expect(visit.part("title")).to_have_text(visit.tone)


def test_light_that_comes_before_the_playlist_is_asked_for_again_is_seen_at_once(
    visit: Visit,
):
    busy = {"status": 503, "headers": {"access-control-allow-origin": "*"}}
    visit.page.route("**/*.m3u8*", lambda route: route.fulfill(**busy))
    with visit.page.expect_response("**/*.m3u8*"):
        visit.page.locator(".play:visible").click()
    visit.page.unroute("**/*.m3u8*")  # it is asked for again in a second

    visit.page.evaluate("() => dispatchEvent(new Event('online'))")

    # Sooner than a silence is taken for a loss.
    visit.is_playing(within=8)
    expect(visit.bar).to_have_attribute("data-kind", "hls")


def test_whoever_goes_back_in_a_tunnel_hears_it_as_soon_as_there_is_light(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    began = time.monotonic()
    visit.page.context.set_offline(True)
    for _ in range(10):
        visit.button("Back 30 seconds").click()
    expect(visit.bar).to_have_attribute("data-state", "reconnecting", timeout=30_000)
    visit.page.wait_for_event("requestfailed", lambda asked: "/kgnd/" in asked.url)

    visit.page.context.set_offline(False)

    visit.is_playing(within=10)
    # What was live meanwhile has gone on.
    assert 280 < visit.behind < 320 + time.monotonic() - began
    expect(visit.part("title")).to_have_text(visit.tone)


def test_after_a_laptop_has_slept_live_is_live(visit: Visit):
    visit.play()
    # What is heard live is older than what has just been put right.
    eventually(lambda: visit.tone == LIVE.title, seconds=40)

    with asleep(visit.page.context):
        visit.air.play(SAW)
        time.sleep(NAP_SECONDS)  # nobody tells the passing of time

    eventually(lambda: visit.tone == SAW.title, seconds=10)
    visit.is_playing()
    assert visit.behind == 0
    expect(visit.part("title")).to_have_text(SAW.title)
