"""The player on the tape: whatever is shown belongs to what is heard, live or not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from equipment.browsers import clock_is_off
from equipment.on_air import LIVE, PAST, SAW
from equipment.transmitters import eventually
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

TEN_MINUTES = 600
STEPS_BACK = 21  # of thirty seconds: ten minutes and a half
OLD = {piece.title for piece in PAST} - {LIVE.title}


def ago(minutes: float):
    return timezone.now() - timedelta(minutes=minutes)


def seconds(text: str | None) -> int:
    """What 1:03:20 is."""
    total = 0
    for part in (text or "").split(":"):
        total = total * 60 + int(part)
    return total


def elapsed(visit: Visit) -> int:
    return seconds(visit.part("elapsed").text_content())


def the_title_is_the_one_that_is_heard(visit: Visit) -> None:
    expect(visit.part("title")).to_have_text(visit.tone, timeout=3_000)


def test_a_title_changes_when_its_sound_is_heard(visit: Visit):
    visit.play()
    title = visit.part("title")
    expect(title).to_have_text(LIVE.title, timeout=40_000)
    visit.air.play(SAW)

    # The page has been told; the ear is a playlist's length behind.
    visit.sound.goes_on(seconds=5)
    expect(title).to_have_text(LIVE.title)
    assert visit.tone == LIVE.title
    expect(title).to_have_text(SAW.title, timeout=40_000)
    eventually(lambda: visit.tone == SAW.title, seconds=10)

    visit.button("Back 30 seconds").click()
    visit.sound.goes_on()
    the_title_is_the_one_that_is_heard(visit)
    expect(title).not_to_have_text(SAW.title)
    expect(visit.bar).to_contain_text("behind live")

    visit.button("Go to live").click()
    expect(title).to_have_text(SAW.title, timeout=15_000)
    visit.is_playing()
    assert visit.tone == SAW.title
    expect(visit.bar).not_to_have_attribute("data-behind", re.compile("."))


def test_ten_minutes_ago_the_title_and_the_sound_are_those_of_then(visit: Visit):
    visit.plan(ago(12), ("Morning Light", 60))
    visit.play()
    expect(visit.part("show")).to_have_text("Morning Light")
    eventually(lambda: 660 < elapsed(visit) <= 780)
    was_elapsed = elapsed(visit)

    for _ in range(STEPS_BACK):
        visit.button("Back 30 seconds").click()

    assert visit.behind >= TEN_MINUTES
    expect(visit.part("how")).to_have_text(re.compile(r"^1\d:\d\d behind live$"))
    visit.sound.goes_on(seconds=2)
    then = visit.tone
    assert then in OLD
    expect(visit.part("title")).to_have_text(then)
    assert was_elapsed - 630 <= elapsed(visit) < was_elapsed - 540
    expect(visit.part("duration")).to_have_text("1:00:00")


def test_the_scrubber_goes_anywhere_on_the_tape_and_live_is_a_press_away(visit: Visit):
    visit.plan(ago(12), ("Morning Light", 60))
    visit.play()
    visit.sound.goes_on()
    heard = []
    for place in (90, 240, 400):
        visit.part("scrubber").fill(str(place))

        visit.sound.goes_on(seconds=1)
        heard.append(visit.tone)
        expect(visit.part("title")).to_have_text(heard[-1])
        assert place <= elapsed(visit) < place + 60

    assert set(heard) <= OLD
    assert len(set(heard)) > 1
    visit.button("Go to live").click()
    visit.is_playing()
    assert visit.behind == 0
    expect(visit.part("title")).to_have_text(LIVE.title, timeout=20_000)
    assert visit.tone == LIVE.title


def test_what_played_while_nobody_told_the_page_is_known_where_the_ear_gets_there(
    visit: Visit,
):
    visit.play()
    visit.sound.goes_on()
    visit.page.context.set_offline(True)
    visit.air.play(SAW)
    visit.sound.goes_on(seconds=6, within=20)
    visit.air.play(LIVE)
    visit.page.context.set_offline(False)

    eventually(lambda: visit.tone == SAW.title, seconds=40)
    expect(visit.part("title")).to_have_text(SAW.title)


def test_a_show_is_heard_from_the_top_and_the_next_one_is_announced(visit: Visit):
    visit.play()
    visit.plan(ago(0.7), ("Morning Light", 30), ("Valley News", 30))
    expect(visit.part("show")).to_have_text("Morning Light")
    expect(visit.part("duration")).to_have_text("30:00")
    expect(visit.part("next")).to_contain_text("Next Up: Valley News at ")
    # The browser's clock is not the station's.
    expect(visit.part("next")).to_contain_text("your time")

    visit.button("From the top").click()

    expect(visit.bar).to_have_attribute("data-behind", re.compile("."))
    expect(visit.part("elapsed")).to_have_text(re.compile(r"^0:\d\d$"))
    assert elapsed(visit) < 15
    visit.sound.goes_on()


def test_a_pause_keeps_the_place_and_says_how_far_behind_that_is(visit: Visit):
    visit.play()
    visit.sound.goes_on(seconds=1)
    visit.button("Pause").click()
    expect(visit.bar).to_have_attribute("data-state", "paused")

    assert visit.sound.is_silent
    expect(visit.bar).to_have_attribute(
        "data-behind", re.compile(r"^1\d$"), timeout=40_000
    )
    visit.button("Resume").click()

    visit.is_playing()
    expect(visit.bar).to_contain_text("behind live")


def test_the_arrow_keys_rewind_and_return(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    visit.button("Pause").focus()

    for _ in range(3):
        visit.page.keyboard.press("ArrowLeft")
    eventually(lambda: 80 <= visit.behind < 110)
    visit.page.keyboard.press("ArrowRight")
    eventually(lambda: 50 <= visit.behind < 80)
    visit.sound.goes_on()

    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("ArrowRight")

    expect(visit.bar).not_to_have_attribute("data-behind", re.compile("."))
    visit.is_playing()


@pytest.mark.parametrize("minutes", [-7, 7])
def test_a_clock_that_is_wrong_changes_nothing_of_what_is_shown(
    visit: Visit, minutes: int
):
    visit.plan(ago(30), ("Before", 27), ("Right Now", 6), ("After", 30))
    clock_is_off(visit.page, minutes=minutes)
    visit.open()
    # It has heard from the station by now, and begun to write what it knows.
    expect(visit.part("next")).to_contain_text("Next Up: After")
    expect(visit.part("show")).to_have_text("Right Now")
    expect(visit.page.locator(".air__show")).to_have_text("Right Now")

    visit.play()

    visit.is_playing()
    expect(visit.part("show")).to_have_text("Right Now")
    assert 120 < elapsed(visit) < 240
    assert visit.behind == 0
    visit.button("Back 30 seconds").click()
    expect(visit.bar).to_have_attribute("data-behind", re.compile(r"^[234]\d$"))
