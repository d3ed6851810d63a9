"""Recordings in the player's bar, with a real station beside them."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Locator, expect

from equipment.recordings import keep_recording
from equipment.transmitters import eventually
from equipment.visits import NEAR_HERTZ, Visit
from groundwave.pages.models import Recording
from groundwave.programming.models import Episode, Show
from groundwave.stations.models import Station


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(240)]

# No tone of the station's is near to these.
TUNER, FOUNDER = 330, 1500
SHOW = "/shows/kitchen-table/"


def give_episode(title: str, seconds: float, hertz: int) -> None:
    show, _ = Show.objects.get_or_create(title="Kitchen Table", slug="kitchen-table")
    slug = title.lower().replace(" ", "-")
    audio = keep_recording(title, seconds, hertz)
    Episode.objects.create(show=show, title=title, slug=slug, audio=audio)


@pytest.fixture
def episodes(visit: Visit) -> Visit:
    """Two of them: the organ tuner's is longer than one answer of the site."""
    visit.site.ask(lambda: give_episode("The organ tuner", 70, TUNER))
    visit.site.ask(lambda: give_episode("The bell founder", 8, FOUNDER))
    visit.open(SHOW)
    return visit


def press(visit: Visit, what: str, title: str) -> None:
    visit.page.get_by_role("button", name=f"{what}: {title}", exact=True).click()


def hears(visit: Visit, hertz: int, *, within: float = 15) -> None:
    eventually(lambda: abs(tone_of(visit) - hertz) < NEAR_HERTZ, seconds=within)


def tone_of(visit: Visit) -> float:
    # Between two recordings there is nothing to listen to.
    with contextlib.suppress(Error):
        return visit.sound.hertz
    return 0.0


def place(visit: Visit) -> float:
    """Seconds into what is heard, as the bar says."""
    minutes, seconds = (visit.part("elapsed").text_content() or "0:00").split(":")
    return 60 * int(minutes) + int(seconds)


def queue(visit: Visit) -> Locator:
    return visit.bar.locator(".player__queued")


def tape_is_said_to_begin(visit: Visit, began: datetime) -> None:
    """As the transmitter tells a site that has found it."""
    visit.site.ask(lambda: Station.objects.note_tape("kgnd", begins_at=began))


def seek(visit: Visit, seconds: int) -> None:
    visit.part("scrubber").fill(str(seconds))


def test_a_recording_takes_the_place_of_live_and_gives_it_back(episodes: Visit):
    visit = episodes
    visit.play()
    visit.is_playing()
    expect(visit.part("station")).to_have_text("KGND")

    press(visit, "Listen", "The bell founder")

    hears(visit, FOUNDER)
    expect(visit.part("station")).to_have_text("Recording")
    expect(visit.part("title")).to_have_text("The bell founder")
    expect(visit.part("show")).to_have_text("Kitchen Table")
    expect(visit.part("duration")).to_have_text("0:08")
    expect(visit.bar).to_have_attribute("data-kind", "file")
    assert not visit.behind
    # It ends, and live was interrupted.
    expect(visit.part("station")).to_have_text("KGND", timeout=20_000)
    visit.is_playing()
    hears(visit, 440)


def test_one_press_returns_to_live_and_keeps_the_place(episodes: Visit):
    visit = episodes
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)
    seek(visit, 40)
    eventually(lambda: place(visit) >= 41)

    visit.button("Go to live").click()

    expect(visit.part("station")).to_have_text("KGND")
    visit.is_playing()
    hears(visit, 440)
    expect(queue(visit)).to_have_count(1)
    press(visit, "Resume", "The organ tuner")
    hears(visit, TUNER)
    eventually(lambda: place(visit) >= 41)


def test_what_stands_in_the_page_stays_that_of_the_air(episodes: Visit):
    visit = episodes
    visit.open()
    visit.play()
    visit.is_playing()
    visit.page.goto(visit.site.url + SHOW)
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)

    visit.follow("Listen")

    expect(visit.page.locator(".play [data-air=label]")).to_have_text("Play Live Radio")
    visit.page.locator(".play").click()
    expect(visit.part("station")).to_have_text("KGND")
    hears(visit, 440)


def test_the_queue_plays_through_and_stops_where_nothing_was_interrupted(
    episodes: Visit,
):
    visit = episodes
    press(visit, "Add to queue", "The bell founder")
    expect(queue(visit)).to_have_count(1)
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)
    expect(visit.part("next")).to_have_text("Next in the queue: The bell founder")

    seek(visit, 67)

    hears(visit, FOUNDER)
    expect(visit.part("title")).to_have_text("The bell founder")
    expect(queue(visit)).to_have_count(0)
    expect(visit.bar).to_have_attribute("data-state", "stopped", timeout=20_000)
    expect(visit.button("Play Live Radio")).to_be_visible()


def test_back_and_forward_move_by_thirty_seconds(episodes: Visit):
    visit = episodes
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)

    visit.button("Forward 30 seconds").click()
    eventually(lambda: 30 <= place(visit) < 40)
    visit.sound.goes_on()
    visit.button("Back 30 seconds").click()
    eventually(lambda: place(visit) < 12)


def test_a_tap_begins_it_at_once_also_on_a_page_that_came_later(episodes: Visit):
    """Some browsers let sound begin in the tap itself and at no other time."""
    visit = episodes
    visit.open()
    visit.follow("Shows")
    visit.follow("Kitchen Table")
    offer = visit.page.locator("[data-recording]").first
    expect(offer).to_have_attribute("data-heard", "")  # what plays it is there

    has_begun = offer.locator("[data-air=listen]").evaluate(
        "(button) => { button.click(); return window.sound.audio.hasAttribute('src'); }"
    )

    assert has_begun


def test_a_tap_that_comes_to_nothing_is_said_and_the_next_one_plays(episodes: Visit):
    visit = episodes
    visit.page.route("**/player/recordings.js", lambda route: route.abort())
    visit.page.reload()
    press(visit, "Listen", "The organ tuner")
    expect(visit.part("say")).to_have_text(
        "That could not be fetched. Check the connection and try again."
    )

    visit.page.unroute("**/player/recordings.js")
    press(visit, "Listen", "The organ tuner")

    hears(visit, TUNER)


def test_a_tab_that_only_shows_a_recording_takes_nobodys_place(episodes: Visit):
    visit = episodes
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)
    seek(visit, 20)
    eventually(lambda: place(visit) >= 21)
    press(visit, "Pause", "The organ tuner")
    other = Visit(visit.page.context.new_page(), visit.site, visit.air)
    other.open(SHOW)
    expect(other.part("title")).to_have_text("The organ tuner")
    # Storage events are what a tab that sleeps does not hear.
    other.page.evaluate(
        "addEventListener('storage', (event) => event.stopImmediatePropagation(), true)"
    )

    seek(visit, 50)
    eventually(lambda: place(visit) >= 51)
    press(visit, "Pause", "The organ tuner")
    other.page.reload()

    eventually(lambda: place(other) >= 50)


def test_pause_keeps_the_place(episodes: Visit):
    visit = episodes
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)
    seek(visit, 30)
    eventually(lambda: place(visit) >= 31)

    press(visit, "Pause", "The organ tuner")
    expect(visit.bar).to_have_attribute("data-state", "paused")
    press(visit, "Resume", "The organ tuner")

    visit.is_playing()
    assert 30 <= place(visit) < 45


def test_a_reload_keeps_the_queue_and_the_place(episodes: Visit):
    visit = episodes
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)
    press(visit, "Add to queue", "The bell founder")
    seek(visit, 40)
    eventually(lambda: place(visit) >= 41)

    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.reload()

    expect(visit.part("title")).to_have_text("The organ tuner")
    expect(queue(visit)).to_have_count(1)
    assert 40 <= place(visit) < 60
    assert not [each for each in asked if "/media/recordings/" in each]
    visit.button("Resume").click()
    hears(visit, TUNER)
    assert 40 <= place(visit) < 60


def test_pages_come_and_go_and_it_plays_on(episodes: Visit):
    visit = episodes
    press(visit, "Listen", "The organ tuner")
    hears(visit, TUNER)
    visit.sound.watch()

    visit.follow("Schedule")
    visit.sound.goes_on()
    visit.follow("People")
    visit.sound.goes_on()
    visit.page.go_back()
    visit.sound.goes_on()

    assert visit.sound.faults == []
    expect(visit.part("title")).to_have_text("The organ tuner")


def test_one_that_is_gone_is_said_to_be_and_the_next_one_plays(episodes: Visit):
    visit = episodes
    press(visit, "Add to queue", "The bell founder")
    visit.site.ask(
        lambda: Path(Recording.objects.get(title="The organ tuner").file.path).unlink()
    )

    press(visit, "Listen", "The organ tuner")

    expect(visit.part("say")).to_have_text(
        "That recording is not here any more; the next one plays."
    )
    hears(visit, FOUNDER)


def test_a_lost_connection_is_waited_for_and_it_goes_on_where_it_was(episodes: Visit):
    visit = episodes
    visit.site.ask(lambda: give_episode("A whole afternoon", 1800, TUNER))
    visit.open(SHOW)
    press(visit, "Listen", "A whole afternoon")
    hears(visit, TUNER)
    visit.page.route("**/media/recordings/**", lambda route: route.abort())
    seek(visit, 1500)  # far beyond what was fetched ahead
    expect(visit.bar).to_have_attribute("data-state", "reconnecting", timeout=30_000)

    visit.page.unroute("**/media/recordings/**")

    visit.is_playing(within=40)
    assert place(visit) >= 1500


def test_the_queue_is_kept_in_order_by_the_keyboard_alone(episodes: Visit):
    visit = episodes
    press(visit, "Add to queue", "The organ tuner")
    press(visit, "Add to queue", "The bell founder")
    expect(queue(visit)).to_have_count(2)  # the panel is there for the keyboard
    visit.bar.locator("summary", has_text="Queue").press("Enter")

    visit.button("Move up: The bell founder").press("Enter")

    expect(queue(visit).first).to_contain_text("The bell founder")
    expect(visit.button("Remove from queue: The bell founder")).to_be_visible()
    visit.button("Remove from queue: The bell founder").press("Enter")
    expect(queue(visit)).to_have_count(1)
    expect(visit.button("Remove from queue: The organ tuner")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.part("queue")).to_be_hidden()


def test_junk_in_the_browsers_memory_does_no_harm(episodes: Visit):
    visit = episodes
    for junk in (
        "{",
        '{"next":[{"id":1},null,{"id":"x","title":"y","url":"javascript:1"}]}',
    ):
        visit.page.evaluate(
            "(junk) => { localStorage['groundwave.queue'] = junk;"
            " localStorage['groundwave.places'] = junk; }",
            junk,
        )
        visit.page.reload()

        press(visit, "Listen", "The bell founder")

        hears(visit, FOUNDER)


def test_an_airing_is_heard_again_from_its_start_to_its_end(visit: Visit):
    now = timezone.now()
    # What "Two Owls" and "Ferry Song" are on the tape with: the tones that were heard.
    visit.plan(now - timedelta(minutes=8), ("Kitchen Table", 1), ("Other Things", 6))
    tape_is_said_to_begin(visit, now - timedelta(minutes=30))
    visit.open(SHOW)
    visit.play()
    visit.is_playing()

    visit.page.get_by_role("button", name="Listen again").first.click()

    expect(visit.part("duration")).to_have_text("1:00")
    visit.is_playing()
    assert place(visit) < 10
    heard_first = visit.tone
    assert heard_first not in {"Sine on the Dale"}
    seek(visit, 57)
    # It ends with the airing, and not with the tape.
    hears(visit, 440, within=30)
    expect(visit.part("station")).to_have_text("KGND")


def test_what_the_tape_has_lost_is_said_to_be_gone(visit: Visit):
    now = timezone.now()
    visit.plan(now - timedelta(days=3), ("Kitchen Table", 60))
    tape_is_said_to_begin(visit, now - timedelta(days=4))
    visit.open(SHOW)

    visit.page.get_by_role("button", name="Listen again").first.click()

    expect(visit.part("say")).to_have_text(
        "That recording is not here any more. Choose another one, or play live."
    )
