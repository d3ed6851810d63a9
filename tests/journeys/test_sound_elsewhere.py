"""A sound of somebody else, heard in our player from their server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from equipment.carried import carry, connect
from equipment.sound_origin import SoundOrigin
from equipment.transmitters import eventually
from equipment.visits import Visit
from groundwave.pages.models import SectionPage
from groundwave.wire.http.host import Host


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(240)]

TITLE = "Sound of a ferry"


@pytest.fixture
def origin(settings) -> Iterator[SoundOrigin]:
    with SoundOrigin(seconds=120, hertz=330) as origin:
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([Host("127.0.0.1", origin.port)])
        yield origin


@pytest.fixture
def reader(origin: SoundOrigin, news: SectionPage, visit: Visit) -> Visit:
    """Somebody who came to the story from another page, by a link."""
    said = {"title": TITLE, "url": origin.url, "seconds": 120}
    visit.site.ask(lambda: carry(connect(news), body=[("sound_elsewhere", said)]))
    visit.open("/news/")
    visit.follow("A dam far away")
    expect(listen(visit)).to_be_visible()
    return visit


def listen(visit: Visit, what: str = "Listen") -> Locator:
    return visit.page.get_by_role("button", name=f"{what}: {TITLE}", exact=True)


def place(visit: Visit) -> float:
    """Seconds into what is heard, as the bar says."""
    minutes, seconds = (visit.part("elapsed").text_content() or "0:00").split(":")
    return 60 * int(minutes) + int(seconds)


def seek(visit: Visit, seconds: int) -> None:
    visit.part("scrubber").fill(str(seconds))
    eventually(lambda: place(visit) > seconds)


def test_nothing_is_asked_of_the_origin_before_somebody_presses_listen(
    reader: Visit, origin: SoundOrigin
):
    visit = reader
    visit.page.wait_for_load_state("networkidle")
    assert origin.asked == []

    listen(visit).click()

    visit.is_playing()
    visit.sound.goes_on()
    expect(visit.part("title")).to_have_text(TITLE)
    expect(visit.part("show")).to_have_text("Longwave Network")
    expect(visit.part("duration")).to_have_text("2:00")
    assert origin.asked


def test_the_place_in_it_is_kept_and_nothing_fetched_until_it_is_gone_on_with(
    reader: Visit, origin: SoundOrigin
):
    visit = reader
    listen(visit).click()
    visit.is_playing()
    seek(visit, 60)
    visit.follow("Schedule")
    visit.sound.goes_on()
    visit.page.go_back()

    visit.page.reload()
    expect(visit.part("title")).to_have_text(TITLE)
    visit.page.wait_for_load_state("networkidle")
    asked = len(origin.asked)
    assert place(visit) >= 60
    listen(visit, "Resume").click()

    visit.is_playing()
    assert place(visit) >= 60
    assert len(origin.asked) > asked


def test_it_waits_in_the_queue_without_being_fetched(
    reader: Visit, origin: SoundOrigin
):
    visit = reader

    listen(visit, "Add to queue").click()

    expect(visit.bar.locator(".player__queued")).to_contain_text(TITLE)
    assert origin.asked == []


def test_an_origin_that_is_away_for_a_moment_is_waited_for(
    reader: Visit, origin: SoundOrigin
):
    visit = reader
    origin.is_away = True
    listen(visit).click()
    expect(visit.bar).to_have_attribute("data-state", "reconnecting", timeout=30_000)

    origin.is_away = False

    visit.is_playing(within=30)


def test_one_that_is_gone_is_said_to_be(reader: Visit, origin: SoundOrigin):
    visit = reader
    origin.is_away = True

    listen(visit).click()

    expect(visit.part("say")).to_contain_text(
        "That recording is not here any more", timeout=60_000
    )
    expect(visit.bar).to_have_attribute("data-state", "stopped")
