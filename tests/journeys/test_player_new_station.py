"""The player at a station that has just gone on the air: there is sound, and no tape yet."""

from __future__ import annotations

import contextlib
import re
import urllib.error
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from equipment.on_air import LIVE, SAW, OnAir
from equipment.transmitters import eventually, kgnd_without_standby
from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

# Fifteen seconds are recorded before there is a live playlist.
TAPE_SECONDS = 40
# What is heard live of the tape is some fifteen seconds older than that of a mount.
BEHIND_BOTH = 40


@pytest.fixture
def air(tmp_path: Path) -> Iterator[OnAir]:
    """A station that nobody has heard before."""
    with closing(OnAir(tmp_path, kgnd_without_standby())) as station:
        station.light_up()
        yield station


def has_tape(visit: Visit) -> bool:
    with contextlib.suppress(urllib.error.HTTPError):
        return bool(visit.air.transmitter.get("/kgnd/live.m3u8"))
    return False


def listeners(visit: Visit) -> int:
    return int(visit.air.transmitter.health()["stations"]["kgnd"]["listeners"])


def is_the_first_to_listen(visit: Visit) -> None:
    visit.air.send()
    visit.play()
    visit.is_playing()
    expect(visit.bar).to_have_attribute("data-kind", "mount")
    assert not has_tape(visit)
    expect(visit.part("title")).to_have_text(LIVE.title)


def test_a_pause_keeps_the_place_for_the_tape_to_go_on_from(visit: Visit):
    is_the_first_to_listen(visit)
    assert listeners(visit) == 1

    visit.button("Pause").click()
    eventually(lambda: listeners(visit) == 0)  # nobody is sent what they do not hear
    visit.air.play(SAW)
    eventually(lambda: has_tape(visit), seconds=TAPE_SECONDS)
    eventually(lambda: visit.behind > BEHIND_BOTH, seconds=TAPE_SECONDS + BEHIND_BOTH)
    visit.button("Resume").click()

    visit.is_playing()
    expect(visit.bar).to_have_attribute("data-kind", "hls")
    assert visit.tone == LIVE.title
    expect(visit.part("title")).to_have_text(LIVE.title)
    visit.button("Go to live").click()
    expect(visit.part("title")).to_have_text(SAW.title, timeout=30_000)
    assert visit.tone == SAW.title


def test_the_show_is_heard_from_the_top_once_there_is_a_tape(visit: Visit):
    visit.plan(timezone.now() - timedelta(seconds=5), ("Morning Light", 30))
    is_the_first_to_listen(visit)
    eventually(lambda: has_tape(visit), seconds=TAPE_SECONDS)
    expect(visit.part("elapsed")).to_have_text(
        re.compile(rf"^0:[{BEHIND_BOTH // 10}-5]\d$"), timeout=1000 * TAPE_SECONDS
    )
    visit.air.play(SAW)
    expect(visit.part("title")).to_have_text(SAW.title, timeout=15_000)

    visit.button("From the top").click()

    expect(visit.bar).to_have_attribute("data-kind", "hls")
    expect(visit.bar).to_have_attribute("data-behind", re.compile("."))
    visit.is_playing()
    assert visit.tone == LIVE.title
    expect(visit.part("title")).to_have_text(LIVE.title)
