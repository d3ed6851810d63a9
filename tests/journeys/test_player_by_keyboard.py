"""The player and the schedule by the keyboard alone: every stop is seen, none is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from equipment.on_air import LIVE
from equipment.transmitters import eventually
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

MOST_STOPS = 120
# What has the focus: what it is called, and whether it shows that it has it.
FOCUS = """
    () => {
        const at = document.activeElement;
        const {outlineStyle, outlineWidth} = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        const over = document.elementFromPoint(
            box.x + box.width / 2, box.y + box.height / 2);
        return {
            // Where a page that has come puts the keyboard: no stop, and the next is the first.
            isPage: at === document.body || at.tabIndex < 0,
            name: (at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent
                ?? at.textContent).trim().replace(/\\s+/g, " "),
            // The button in a date's field has a ring of its own, where we cannot look.
            isRinged: at.type === "date"
                || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2),
            isInView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
            isCovered: Boolean(over?.closest(".player")) && !at.closest(".player"),
            isInBar: at.closest(".player") !== null,
        };
    }
"""


def focus(visit: Visit) -> dict[str, str | bool]:
    return dict(visit.page.evaluate(FOCUS))


def tab_to(visit: Visit, name: str, *, key: str = "Tab") -> None:
    """Go on from stop to stop until the one called *name*."""
    passed = []
    for _ in range(MOST_STOPS):
        visit.page.keyboard.press(key)
        at = focus(visit)
        if at["isPage"]:
            continue  # past the last stop, and on to the first
        assert at["isRinged"], at
        assert at["isInView"], at
        assert not at["isCovered"], at
        passed.append(at["name"])
        if re.fullmatch(name, str(at["name"])):
            return
    raise AssertionError(f"no {name} among {passed}")


def press(visit: Visit, *keys: str) -> None:
    for key in keys:
        visit.page.keyboard.press(key)


def test_the_player_needs_no_mouse(visit: Visit):
    tab_to(visit, "Skip to the content")
    press(visit, "Enter")
    tab_to(visit, "Play Live Radio")
    press(visit, "Enter")
    visit.sound.begins()
    visit.is_playing()

    tab_to(visit, "Pause")
    press(visit, "Enter")
    expect(visit.bar).to_have_attribute("data-state", "paused")
    press(visit, "Space")
    visit.is_playing()
    assert focus(visit)["isInBar"]

    tab_to(visit, "Place in .*")
    press(visit, "PageDown")
    eventually(lambda: 300 < visit.behind < 420)
    visit.sound.goes_on()
    press(visit, "End")
    eventually(lambda: visit.behind == 0)
    visit.is_playing()
    assert "Place in" in str(focus(visit)["name"])

    tab_to(visit, "Back 30 seconds", key="Shift+Tab")
    press(visit, "Enter", "Enter")
    eventually(lambda: 50 <= visit.behind < 80)
    tab_to(visit, "Go to live")
    press(visit, "Enter")
    eventually(lambda: visit.behind == 0)
    visit.is_playing()
    assert focus(visit)["isInBar"]


def test_panels_open_close_and_give_the_focus_back(visit: Visit):
    visit.open("/schedule/")
    tab_to(visit, "Stations")
    press(visit, "Enter")
    expect(visit.part("choose").first).to_contain_text(LIVE.title)  # what is on there
    tab_to(visit, "KGND Jazz.*")
    press(visit, "Escape")
    assert focus(visit)["name"] == "Stations"
    expect(visit.part("stations")).not_to_have_attribute("open", "")

    press(visit, "Space")
    tab_to(visit, "KGND Jazz.*")
    press(visit, "Enter")
    expect(visit.bar).to_have_attribute("data-station", "jazz")
    press(visit, "Escape")

    tab_to(visit, "More")
    press(visit, "Enter")
    tab_to(visit, "Stop after.*")
    press(visit, "ArrowDown")
    expect(visit.part("sleep-left")).to_have_text(re.compile(r"^1[45]:\d\d left$"))
    tab_to(visit, "Save data.*")
    press(visit, "Space")
    expect(visit.bar.get_by_label("Save data")).to_be_checked()
    press(visit, "Escape")
    assert focus(visit)["name"] == "More"
    expect(visit.bar.get_by_label("Save data")).to_be_hidden()


def test_the_schedule_needs_no_mouse_and_the_sound_goes_on(visit: Visit):
    began = timezone.now() - timedelta(minutes=10)
    visit.plan(began, ("Morning Light", 30))
    visit.open()
    tab_to(visit, "Play Live Radio")
    press(visit, "Enter")
    visit.sound.begins()
    visit.is_playing()
    visit.sound.watch()

    tab_to(visit, "Schedule", key="Shift+Tab")
    press(visit, "Enter")
    expect(visit.page).to_have_url(re.compile("/schedule/$"))
    tab_to(visit, ".*the day after")
    press(visit, "Enter")
    expect(visit.page).to_have_url(re.compile("date="))
    tab_to(visit, "Week")
    press(visit, "Enter")
    expect(visit.page).to_have_url(re.compile("/schedule/week/"))
    tab_to(visit, "This week")
    press(visit, "Enter")
    tab_to(visit, "Morning Light")
    press(visit, "Enter")

    expect(visit.page).to_have_url(re.compile("/shows/morning-light/"))
    visit.is_playing()
    assert visit.sound.faults == []
