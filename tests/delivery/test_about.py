"""A show that begins when what is before it has ended: about then, wherever it is told."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar

from groundwave.programming.actions import pre_empt
from groundwave.programming.models import Boundary


pytestmark = pytest.mark.django_db


@pytest.fixture
def soft(now, kgnd, show, plan):
    """A talk until noon, and after it, about then, jazz; in Denver it is 11:30."""
    plan(show("Talk"), "11:00", 60)
    plan(show("Jazz"), "12:00", 60, boundary=Boundary.SOFT)
    plan(show("News"), "13:00", 60)


def text_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Next Up: Jazz at about noon"),
        ("/", "about noon Jazz"),
        ("/schedule/?date=2026-11-02", "about noon J On now Jazz"),
        ("/schedule/week/?date=2026-11-02", "about noon Jazz"),
        ("/shows/jazz/", "Sunday, November 1, about noon"),
        ("/text/", "Jazz , about noon MST"),
        ("/text/schedule/?date=2026-11-02", "about noon Jazz"),
        ("/text/shows/jazz/", "Sunday, November 1, about noon"),
    ],
)
def test_pages_say_about_when(client, soft, path, words):
    said = text_of(client.get(path))

    assert words in said
    assert "about 1 p.m." not in said


def test_the_guide_says_how_each_tile_begins(client, soft):
    tiles = client.get("/stations/kgnd/guide.json").json()["tiles"]

    told = {tile["show"]["title"]: tile["boundary"] for tile in tiles if tile["show"]}
    assert told == {"Talk": "hard", "Jazz": "soft", "News": "hard"}


def test_the_calendar_says_it_in_words(client, soft):
    calendar = Calendar.from_ical(client.get("/stations/kgnd/schedule.ics").content)

    said = {str(e["SUMMARY"]): e.get("DESCRIPTION") for e in calendar.walk("VEVENT")}
    assert said == {
        "Talk": None,
        "Jazz": "It begins when what is on before it has ended.",
        "News": None,
    }


def test_what_goes_on_after_an_interruption_goes_on_at_that_time(
    client, soft, kgnd, show, now
):
    tiles = client.get("/stations/kgnd/guide.json").json()["tiles"]
    jazz = next(each for each in tiles if each["boundary"] == "soft")
    starts_at = now.replace(hour=19, minute=10)
    pre_empt(
        kgnd,
        show=show("Speech"),
        starts_at=starts_at,
        ends_at=starts_at.replace(minute=20),
        now=now,
    )

    tiles = client.get("/stations/kgnd/guide.json").json()["tiles"]
    told = [
        (tile["boundary"], tile["resumed"])
        for tile in tiles
        if tile["show"] and tile["show"]["title"] == jazz["show"]["title"]
    ]
    assert told == [("soft", False), ("hard", True)]
