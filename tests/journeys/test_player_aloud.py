"""What a screen reader says of the player by itself, and what it is told when it asks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from equipment.on_air import LIVE, SAW
from equipment.transmitters import eventually
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

LOST = "The connection was lost. Tuning in again…"
BACK = "You are listening live."
COPIED = "Copied. Paste it into your page."
# Notes what is read aloud, unasked: what comes into a place that was there before it.
HEED = """
    () => {
        window.aloud = [];
        const live = '[role="status"], [role="alert"], [aria-live]';
        const isRead = (node) => {
            const place = (node.closest ? node : node.parentElement)?.closest(live);
            return Boolean(place?.checkVisibility());
        };
        new MutationObserver((news) => {
            for (const {target, type, addedNodes} of news) {
                const said = type === "characterData" ? [target] : [...addedNodes];
                if (isRead(target)) window.aloud.push(...said.map((each) => each.textContent));
            }
        }).observe(document, {childList: true, characterData: true, subtree: true});
    }
"""
# It stands still until that is said, and goes on in that moment.
HICCUP = """
    (lost) => new Promise((done) => {
        const {audio} = window.sound;
        const say = document.querySelector("groundwave-player [data-part=say]");
        new MutationObserver((_, observer) => {
            if (say.textContent !== lost) return;
            observer.disconnect();
            audio.defaultPlaybackRate = audio.playbackRate = 1;
            done();
        }).observe(say, {childList: true, characterData: true, subtree: true});
        audio.playbackRate = 0;
    })
"""
# Both in one moment: what is said of the one may not come before the other.
STALL_AND_COPY = """
    () => {
        window.sound.audio.playbackRate = 0;
        document.querySelector("button[data-air=copy]").click();
    }
"""
# It stands still, and so does whatever is tuned in to instead.
LOSE = "() => (window.sound.audio.defaultPlaybackRate = window.sound.audio.playbackRate = 0)"
GO_ON = "() => (window.sound.audio.defaultPlaybackRate = window.sound.audio.playbackRate = 1)"
# Where the scrubber is, in seconds, and what is said of it, in the same moment.
PLACE = """
    (scrubber) => [Number(scrubber.value), scrubber.getAttribute("aria-valuetext")]
"""
# As while a finger moves it.
MOVE = """
    (scrubber) => {
        scrubber.focus();
        scrubber.value -= 120;
        scrubber.dispatchEvent(new InputEvent("input", {bubbles: true}));
    }
"""
FOCUS = "() => document.activeElement.tagName"


def aloud(visit: Visit) -> list[str]:
    return list(visit.page.evaluate("() => window.aloud"))


def of_the_sound(visit: Visit) -> list[str]:
    """What was read of it; a title may come to the ear meanwhile."""
    return [each for each in aloud(visit) if each in {LOST, BACK}]


def listen(visit: Visit) -> None:
    """Until all is read that comes with the first sound."""
    visit.play()
    visit.is_playing()
    eventually(lambda: visit.tone == LIVE.title, seconds=40)
    expect(visit.part("title")).to_have_text(LIVE.title)
    visit.sound.goes_on(seconds=4)


def is_right(place: tuple[int, str]) -> bool:
    seconds, spoken = place
    return spoken.startswith(f"{seconds // 60}:{seconds % 60:02d} of 30:00")


def test_of_all_that_a_page_is_told_only_a_new_title_is_read_aloud(visit: Visit):
    listen(visit)
    visit.page.evaluate(HEED)

    visit.tell_schedule()
    visit.air.play(SAW)
    visit.sound.goes_on(seconds=10)
    visit.tell_schedule()
    visit.sound.goes_on(seconds=10)

    expect(visit.part("title")).to_have_text(SAW.title)
    eventually(lambda: SAW.title in aloud(visit))
    assert aloud(visit) == [SAW.title]


def test_who_does_not_listen_is_read_no_titles(visit: Visit):
    title = visit.page.locator(".air [data-air=title]")
    expect(title).to_have_text(LIVE.title)
    visit.page.evaluate(HEED)

    visit.air.play(SAW)

    expect(title).to_have_text(SAW.title, timeout=15_000)
    visit.page.wait_for_timeout(2_000)  # longer than what is read is waited with
    assert aloud(visit) == []


def test_a_hiccup_is_seen_and_a_loss_is_also_read_aloud(visit: Visit):
    listen(visit)
    visit.page.evaluate(HEED)

    visit.page.evaluate(HICCUP, LOST)
    visit.is_playing()
    visit.sound.goes_on(seconds=7)
    assert of_the_sound(visit) == []

    visit.page.evaluate(LOSE)
    eventually(lambda: of_the_sound(visit) == [LOST], seconds=30)
    visit.page.evaluate(GO_ON)
    visit.is_playing()
    eventually(lambda: of_the_sound(visit) == [LOST, BACK])


def test_what_is_said_twice_is_read_twice_and_goes_by_itself(visit: Visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/embed/kgnd/")
    visit.page.evaluate(HEED)
    visit.page.get_by_text("Put this player on your page").click()
    copy = visit.page.get_by_role("button", name="Copy", exact=True)

    copy.click()
    expect(visit.part("say")).to_have_text(COPIED)
    copy.click()

    eventually(lambda: aloud(visit) == [COPIED, COPIED])
    expect(visit.part("say")).to_be_hidden(timeout=15_000)


def test_what_becomes_of_the_sound_is_not_hidden_by_what_was_said(visit: Visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/embed/kgnd/")
    visit.play()
    visit.is_playing()
    visit.page.get_by_text("Put this player on your page").click()

    visit.page.evaluate(STALL_AND_COPY)
    expect(visit.part("say")).to_have_text(COPIED)

    # Before what was said goes by itself.
    expect(visit.part("say")).to_have_text(LOST, timeout=6_000)


def test_a_page_that_comes_is_told_and_the_keyboard_is_where_it_begins(visit: Visit):
    visit.page.evaluate(HEED)
    visit.page.get_by_role("link", name="Schedule", exact=True).first.press("Enter")
    expect(visit.page).to_have_url(re.compile("/schedule/$"))

    eventually(lambda: aloud(visit) == [visit.page.title()])
    assert visit.page.evaluate(FOCUS) == "MAIN"

    visit.bar.get_by_text("More").focus()
    visit.page.evaluate("() => Turbo.visit('/shows/')")
    expect(visit.page).to_have_url(re.compile("/shows/$"))

    eventually(lambda: aloud(visit)[1:] == [visit.page.title()])
    assert visit.page.evaluate(FOCUS) == "SUMMARY"  # who is in the bar stays there


def test_the_scrubber_says_where_it_is(visit: Visit):
    visit.plan(timezone.now() - timedelta(minutes=10), ("Morning Light", 30))
    visit.play()
    visit.is_playing()
    scrubber = visit.part("scrubber")
    eventually(lambda: is_right(scrubber.evaluate(PLACE)))

    visit.sound.goes_on(seconds=3)
    assert is_right(scrubber.evaluate(PLACE))
    before, _ = scrubber.evaluate(PLACE)
    scrubber.evaluate(MOVE)
    assert is_right(scrubber.evaluate(PLACE))
    after, _ = scrubber.evaluate(PLACE)
    assert 115 < before - after < 125
