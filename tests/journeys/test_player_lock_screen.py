"""The player on a phone's lock screen and under a keyboard's media keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from equipment.browsers import LOCK_SCREEN
from equipment.on_air import LIVE
from equipment.transmitters import eventually
from equipment.visits import Visit
from equipment.whole_station import picture
from groundwave.programming.models import Show


pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db,
    pytest.mark.timeout(180),
]

SHOWN = """
    () => {
        const {metadata, playbackState} = navigator.mediaSession;
        if (!metadata) return {playbackState};
        const {title, artist, artwork} = metadata;
        return {playbackState, title, artist, art: artwork.map(({src}) => src)};
    }
"""


def shown(visit: Visit) -> dict[str, Any]:
    return dict(visit.page.evaluate(SHOWN))


def place(visit: Visit) -> dict[str, float] | None:
    told = visit.page.evaluate("() => window.place")
    return dict(told) if told else None


def press(visit: Visit, key: str, **details: float) -> None:
    visit.page.evaluate(
        "([key, details]) => window.keys[key]({action: key, ...details})",
        [key, details],
    )


@pytest.fixture
def visit(visit: Visit) -> Visit:
    """Somebody hears Morning Light, which began ten minutes ago, with its picture."""
    began = timezone.now() - timedelta(minutes=10)
    visit.site.ask(
        lambda: Show.objects.create(
            title="Morning Light", slug="morning-light", image=picture()
        )
    )
    visit.plan(began, ("Morning Light", 30))
    visit.page.add_init_script(LOCK_SCREEN)
    visit.open()
    visit.play()
    eventually(lambda: shown(visit).get("title") == LIVE.title, seconds=40)
    return visit


def test_it_shows_what_is_heard_with_its_picture_and_place(visit: Visit):
    on_screen = shown(visit)

    assert on_screen["playbackState"] == "playing"
    assert on_screen["artist"] == "Morning Light · KGND"
    assert len(on_screen["art"]) == 1
    assert on_screen["art"][0].startswith(visit.site.url + "/media/")
    now = place(visit)
    assert now
    assert now["duration"] == 1800
    assert 560 < now["position"] < 760


def test_its_keys_pause_resume_and_stop(visit: Visit):
    press(visit, "pause")
    expect(visit.bar).to_have_attribute("data-state", "paused")
    assert shown(visit)["playbackState"] == "paused"

    press(visit, "play")
    visit.is_playing()
    eventually(lambda: shown(visit)["playbackState"] == "playing")

    press(visit, "stop")
    expect(visit.bar).to_have_attribute("data-state", "stopped")
    eventually(lambda: shown(visit) == {"playbackState": "none"})
    assert place(visit) is None


def test_its_keys_rewind_and_return(visit: Visit):
    press(visit, "seekbackward", seekOffset=60)
    eventually(lambda: 50 <= visit.behind < 80)
    press(visit, "seekforward", seekOffset=20)
    eventually(lambda: 30 <= visit.behind < 60)
    visit.sound.goes_on()

    press(visit, "seekto", seekTime=120)
    eventually(lambda: bool(p := place(visit)) and 120 <= p["position"] < 140)
    visit.sound.goes_on()
    eventually(lambda: shown(visit)["title"] == visit.tone)

    press(visit, "previoustrack")  # the top of the show
    eventually(lambda: bool(p := place(visit)) and p["position"] < 20)
    visit.sound.goes_on()
