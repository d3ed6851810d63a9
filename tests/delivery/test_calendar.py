from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from groundwave.programming.actions import (
    cancel_airing,
    override_airing,
    plan_slot,
    pre_empt,
)
from groundwave.programming.models import Airing, Episode, Show
from groundwave.stations.actions import open_station
from programming.conftest import NOW, utc


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _it_is_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def jazz(kgnd):
    jazz = Show.objects.create(title="Jazz", slug="jazz", tagline="Small bands")
    plan_slot(
        kgnd,
        show=jazz,
        starts_on=date(2026, 11, 24),
        begins=time(10),
        minutes=120,
        rule="FREQ=WEEKLY;BYDAY=TU",
        now=NOW,
    )
    return jazz


@pytest.fixture
def events(client, kgnd):
    def events():
        calendar = Calendar.from_ical(client.get("/stations/kgnd/schedule.ics").content)
        return calendar.walk("VEVENT")

    return events


def test_every_airing_is_an_event_in_utc(events, jazz):
    first, *_ = found = events()

    assert len(found) == 6
    assert (first["SUMMARY"], first["DESCRIPTION"]) == ("Jazz", "Small bands")
    assert first["URL"] == "http://testserver/shows/jazz/"
    assert first.decoded("DTSTART") == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert first.decoded("DTEND") - first.decoded("DTSTART") == timedelta(hours=2)
    assert b"DTSTART:20261124T170000Z" in first.to_ical()


def test_it_is_a_calendar_that_programs_take(client, kgnd, jazz):
    answer = client.get("/stations/kgnd/schedule.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert {b"VERSION:2.0", b"X-WR-CALNAME:KGND", b"X-WR-TIMEZONE:America/Denver"} < {
        *lines
    }
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert max(len(line) for line in lines) <= 75


def test_what_is_moved_keeps_its_uid(events, jazz):
    before = events()[0]["UID"]
    airing = Airing.objects.first()

    override_airing(airing, starts_at=utc("25 17:00"), ends_at=utc("25 18:00"), now=NOW)

    assert events()[0]["UID"] == before
    assert events()[0].decoded("DTSTART").day == 25


def test_what_was_cancelled_or_is_not_heard_at_all_is_no_event(events, kgnd, jazz):
    first, second, *_ = Airing.objects.all()
    cancel_airing(first, now=NOW)
    speech = Show.objects.create(title="Speech", slug="speech")
    mayor = Episode.objects.create(show=speech, title="The mayor", slug="mayor")
    pre_empt(
        kgnd,
        show=speech,
        episode=mayor,
        starts_at=second.starts_at,
        ends_at=second.ends_at,
        now=NOW,
    )

    titles = [event["SUMMARY"] for event in events()]
    assert titles == ["Speech: The mayor", "Jazz", "Jazz", "Jazz", "Jazz"]
    assert events()[0]["URL"].endswith("/shows/speech/mayor/")


def test_what_is_interrupted_is_one_event(events, kgnd, jazz):
    speech = Show.objects.create(title="Speech", slug="speech")
    pre_empt(
        kgnd, show=speech, starts_at=utc("24 17:30"), ends_at=utc("24 18:00"), now=NOW
    )

    assert [event["SUMMARY"] for event in events()][:3] == ["Jazz", "Speech", "Jazz"]


@pytest.mark.parametrize(
    "title",
    [
        "Jazz\r\nBEGIN:VEVENT\r\nSUMMARY:Mine",
        "A; B, C\\D: E",
        '"quoted" \u2028 and \x00 none \x1b',
        "long " * 24,
        "\U0001f3b7" * 60,
    ],
)
def test_a_hostile_title_stays_in_its_place(events, jazz, title):
    Show.objects.update(title=title)

    found = events()

    assert len(found) == 6
    kept = "".join(each if each.isprintable() else " " for each in title)
    assert found[0]["SUMMARY"] == " ".join(kept.split())


def test_a_station_that_does_not_exist_has_no_calendar(client, kgnd):
    assert client.get("/stations/other/schedule.ics").status_code == 404


def test_a_station_that_moves_takes_its_events_along(client, kgnd, jazz, events):
    before = [event["UID"] for event in events()]
    kgnd.slug = "valley"
    kgnd.save()

    moved = Calendar.from_ical(client.get("/stations/valley/schedule.ics").content)

    assert [event["UID"] for event in moved.walk("VEVENT")] == before


def test_what_two_stations_air_together_is_two_events(client, kgnd, events):
    other = open_station(
        kgnd.licensee, slug="other", name="Other", timezone="America/Denver"
    )
    plan_slot(
        kgnd,
        also_on=[other],
        show=Show.objects.create(title="Jazz", slug="jazz"),
        starts_on=date(2026, 11, 24),
        begins=time(10),
        minutes=120,
        now=NOW,
    )

    theirs = Calendar.from_ical(client.get("/stations/other/schedule.ics").content)

    (ours,), (their,) = events(), theirs.walk("VEVENT")
    assert ours["UID"] != their["UID"]


def test_it_goes_by_the_name_that_the_public_knows(events, jazz, settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"

    assert events()[0]["URL"] == "https://kgnd.example/shows/jazz/"


def test_who_knows_what_it_says_is_sent_nothing(client, kgnd, jazz, time_machine):
    def ask():
        return client.get(
            "/stations/kgnd/schedule.ics", headers={"If-None-Match": known["ETag"]}
        )

    known = client.get("/stations/kgnd/schedule.ics")
    time_machine.move_to(NOW + timedelta(hours=1), tick=False)
    assert (ask().status_code, ask().content) == (304, b"")

    Show.objects.update(tagline="Large bands")
    assert ask().status_code == 200
