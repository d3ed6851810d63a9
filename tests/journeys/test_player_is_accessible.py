"""What axe-core finds in the player, whatever it is doing: nothing, day or night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from equipment.axe import violations
from equipment.browsers import visitor
from equipment.on_air import OnAir
from equipment.sites import Site
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

BAR = "groundwave-player"
# Two recordings wait, in the browser's memory.
QUEUE = """
    () => {
        const next = ["The organ tuner", "The bell founder"].map((title) => (
            {id: title, title, show: "Kitchen Table", url: "/none.mp3", seconds: 70}
        ));
        localStorage["groundwave.queue"] = JSON.stringify({heard: null, next});
    }
"""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture(
    params=[("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK)],
    ids=["phone by day", "phone by night", "desk by day", "desk by night"],
)
def visit(request, site: Site, air: OnAir) -> Iterator[Visit]:
    scheme, size = request.param
    with visitor(color_scheme=scheme, viewport=size) as context:
        visit = Visit(context.new_page(), site, air)
        visit.tell_schedule()
        visit.open("/schedule/")
        visit.page.evaluate(QUEUE)
        visit.page.reload()
        expect(visit.part("queue")).to_be_visible()
        yield visit


def in_every_panel(visit: Visit) -> dict[str, list[str]]:
    """What is wrong, with each panel open and with none."""
    found = {"closed": violations(visit.page, BAR)}
    for panel in ("Queue", "Stations", "More"):
        summary = visit.bar.locator("summary", has_text=panel)
        summary.click()
        found[panel] = violations(visit.page, BAR)
        summary.click()
    return {panel: wrong for panel, wrong in found.items() if wrong}


def test_the_player_keeps_nobody_out_whatever_it_does(visit: Visit):
    found = {"stopped": in_every_panel(visit)}
    visit.play()
    visit.is_playing()
    visit.button("Back 30 seconds").click()
    visit.sound.goes_on()
    found["behind"] = in_every_panel(visit)
    visit.button("Pause").click()
    expect(visit.bar).to_have_attribute("data-state", "paused")
    found["paused"] = in_every_panel(visit)
    visit.page.context.set_offline(True)
    visit.button("Go to live").click()
    expect(visit.bar).to_have_attribute("data-state", "reconnecting", timeout=30_000)
    found["reconnecting"] = in_every_panel(visit)

    assert {state: wrong for state, wrong in found.items() if wrong} == {}
