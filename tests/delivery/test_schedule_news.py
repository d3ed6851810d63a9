from __future__ import annotations

import json
import re
import socket
from datetime import datetime, timedelta
from html import unescape
from itertools import pairwise

import pytest

from delivery.conftest import NOW
from groundwave.delivery.schedule_news import (
    AHEAD,
    MOST_TILE_BYTES,
    schedule_news,
    tell_open_pages,
)
from groundwave.patchbay.messages import Announced
from groundwave.programming.actions import pre_empt, set_default_show
from groundwave.programming.models import Slot
from groundwave.stations import air
from groundwave.stations.actions import open_station


pytestmark = pytest.mark.django_db

MOST_BYTES = 16_384  # the transmitter keeps no more
HOUR = timedelta(hours=1)


def told(station, now=NOW):
    return json.loads(schedule_news(station, now=now).data)


def instant(text):
    return datetime.fromisoformat(text)


def test_what_pages_are_told_is_the_guide_itself(client, week, kgnd):
    news = told(kgnd)
    guide = client.get(
        "/stations/kgnd/guide.json", {"from": news["from"], "to": news["to"]}
    ).json()

    assert news["tiles"] == guide["tiles"]
    assert (news["station"], news["timezone"]) == ("kgnd", "America/Denver")
    assert news["at"] == "2026-11-01T18:30:00.000Z"


def test_it_reaches_an_hour_back_and_the_day_ahead_in_whole_tiles(week, kgnd):
    news = told(kgnd)
    tiles = news["tiles"]

    assert instant(tiles[0]["starts_at"]) <= NOW - HOUR
    assert instant(news["to"]) >= NOW + AHEAD
    assert all(one["ends_at"] == two["starts_at"] for one, two in pairwise(tiles))
    on_air = next(each for each in tiles if instant(each["ends_at"]) > NOW)
    assert on_air["show"]["title"] == "Noon Edition"
    whole = on_air["airing"]
    assert (on_air["starts_at"], on_air["ends_at"]) == (
        whole["starts_at"],
        whole["ends_at"],
    )


def test_of_the_busiest_day_it_says_what_fits_and_always_what_is_on(
    kgnd, now, show, plan
):
    name = "\U0001f3b7" * 118
    for quarter in range(96):
        begins = f"{quarter // 4:02}:{quarter % 4 * 15:02}"
        plan(show(f"{name}{quarter}", slug=f"show-{quarter}"), begins, 15)

    news = schedule_news(kgnd, now=NOW)

    assert MOST_TILE_BYTES / 2 < len(news.data.encode()) < MOST_BYTES
    assert instant(json.loads(news.data)["to"]) > NOW + HOUR


def test_a_station_without_a_schedule_has_news_all_the_same(kgnd, now):
    (tile,) = told(kgnd)["tiles"]

    assert instant(tile["starts_at"]) < NOW < instant(tile["ends_at"])
    assert tile["show"] is None


def states(page):
    """Which days a page shows, and in which state."""
    shown = re.findall(r'data-days="([^"]+)"', page.content.decode())
    return {
        day: state
        for each in shown
        for day, state in json.loads(unescape(each)).items()
    }


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/schedule/",
        "/schedule/?date=2026-11-04",
        "/schedule/week/?date=2026-11-04",
    ],
)
def test_a_page_knows_that_it_shows_what_the_news_says(client, week, kgnd, path):
    shown = states(client.get(path))

    news = told(kgnd, NOW + 3 * HOUR)["days"]
    assert shown
    assert shown == {day: news[day] for day in shown}


def test_a_page_of_another_day_knows_that_it_is_out_of_date(
    client, week, kgnd, show, now
):
    shown = states(client.get("/schedule/week/?date=2026-11-04"))
    starts_at = NOW + timedelta(days=4)
    pre_empt(
        kgnd,
        show=show("Special"),
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        now=NOW,
    )

    news = told(kgnd)["days"]

    assert [day for day in shown if shown[day] != news[day]] == ["2026-11-05"]


def test_a_change_is_told_once_it_is_true(
    kgnd, show, now, transmitter, django_capture_on_commit_callbacks
):
    two = open_station(kgnd.licensee, slug="two", name="Two", timezone="UTC")
    with django_capture_on_commit_callbacks(execute=True):
        set_default_show(two, show("Jazz"))

    news = transmitter.next_heard(Announced)

    assert (news.event, news.station) == ("schedule", "two")
    assert json.loads(news.data)["tiles"][0]["show"]["title"] == "Jazz"


def test_with_the_transmitter_away_a_change_is_made_all_the_same(
    kgnd, show, now, django_capture_on_commit_callbacks
):
    jazz = show("Jazz")
    with django_capture_on_commit_callbacks(execute=True):
        set_default_show(kgnd, jazz)

    assert kgnd.default_show.show == jazz


def test_it_asks_the_database_a_handful_of_questions(
    week, kgnd, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        schedule_news(kgnd, now=NOW)


@pytest.fixture
def valley(week, kgnd):
    """A second station, which is told of after the first."""
    return open_station(
        kgnd.licensee, slug="valley", name="The Valley", timezone="America/Denver"
    )


def test_what_is_wrong_with_one_station_is_kept_from_no_other(
    transmitter, kgnd, valley
):
    Slot.objects.update(timezone="Mars/Olympus")

    tell_open_pages([kgnd, valley])

    assert transmitter.next_heard(Announced).station == "valley"


@pytest.fixture
def silence(settings, monkeypatch):
    """A transmitter that is there and hangs."""
    monkeypatch.setattr(air, "PATIENCE_SECONDS", 0.2)
    settings.GROUNDWAVE.patchbay_socket.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(settings.GROUNDWAVE.patchbay_socket))
        hanging.listen()
        hanging.setblocking(False)
        yield hanging


def test_a_transmitter_that_hangs_is_waited_for_once(silence, kgnd, valley):
    tell_open_pages([kgnd, valley])

    silence.accept()[0].close()
    with pytest.raises(BlockingIOError):
        silence.accept()
