from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from equipment.photos import keep_photo
from groundwave.people.models import Person
from groundwave.programming.actions import plan_slot, pre_empt, set_default_show
from groundwave.programming.models import Airing, Episode, Host, Show
from programming.conftest import NOW, utc


pytestmark = pytest.mark.django_db

HOSTILE = "</script><b>\"'&\r\nX: 1\x00\u2028"


@pytest.fixture(autouse=True)
def _it_is_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def jazz(kgnd):
    jazz = Show.objects.create(title="Jazz", slug="jazz")
    Host.objects.create(
        show=jazz, person=Person.objects.create(name="Odetta", slug="odetta")
    )
    plan_slot(
        kgnd,
        show=jazz,
        starts_on=date(2026, 11, 1),
        begins=time(12),
        minutes=120,
        rule="FREQ=DAILY",
        now=NOW,
    )
    return jazz


@pytest.fixture
def ask(client):
    def ask(**asked):
        return client.get("/stations/kgnd/guide.json", asked)

    return ask


def test_it_tells_what_the_stations_clock_reads_on_the_day_it_is_put_forward(ask, jazz):
    day = {"from": "2027-03-14T07:00:00Z", "to": "2027-03-14T21:00:00Z"}

    tiles = ask(**day).json()["tiles"]

    assert [(each["starts_at"], each["local_time"]) for each in tiles] == [
        ("2027-03-14T07:00:00Z", "00:00"),
        ("2027-03-14T18:00:00Z", "12:00"),
        ("2027-03-14T20:00:00Z", "14:00"),
    ]


def test_it_tells_what_is_heard_when_and_by_whom(ask, jazz):
    guide = ask().json()

    assert (guide["station"], guide["timezone"]) == ("kgnd", "America/Denver")
    assert (guide["from"], guide["to"]) == (
        "2026-11-22T18:00:00Z",
        "2026-11-23T07:00:00Z",
    )
    before, on_air, after = guide["tiles"]
    assert on_air == {
        "starts_at": "2026-11-22T19:00:00Z",
        "ends_at": "2026-11-22T21:00:00Z",
        "local_time": "12:00",
        "resumed": False,
        "boundary": "hard",
        "airing": {
            "name": Airing.objects.first().name,
            "starts_at": "2026-11-22T19:00:00Z",
            "ends_at": "2026-11-22T21:00:00Z",
        },
        "show": {
            "id": jazz.pk,
            "title": "Jazz",
            "url": "/shows/jazz/",
            "image": None,
            "hosts": ["Odetta"],
        },
        "episode": None,
    }
    assert before["ends_at"] == on_air["starts_at"]
    assert after["starts_at"] == on_air["ends_at"]
    assert before["airing"] is before["show"] is None


def test_where_nothing_is_planned_the_default_show_is_on(ask, jazz, kgnd):
    music = Show.objects.create(title="Music", slug="music")
    set_default_show(kgnd, music)

    tile = ask().json()["tiles"][0]

    assert (tile["airing"], tile["show"]["title"]) == (None, "Music")


def test_an_episode_is_named_and_an_interrupted_show_says_that_it_goes_on(
    ask, jazz, kgnd
):
    speech = Show.objects.create(title="Speech", slug="speech")
    mayor = Episode.objects.create(show=speech, title="The mayor", slug="the-mayor")
    pre_empt(
        kgnd,
        show=speech,
        episode=mayor,
        starts_at=utc("22 19:30"),
        ends_at=utc("22 20:00"),
        now=NOW,
    )

    _, first, second, third, _ = ask().json()["tiles"]

    assert second["episode"] == {
        "title": "The mayor",
        "url": "/shows/speech/the-mayor/",
    }
    assert [each["resumed"] for each in (first, second, third)] == [False, False, True]


def test_any_span_can_be_asked_for(ask, jazz):
    guide = ask(**{"from": "2027-06-01T00:00:00Z", "to": "2027-06-08T00:00:00+00:00"})

    tiles = guide.json()["tiles"]
    assert len(tiles) == 15
    assert tiles[1]["starts_at"] == "2027-06-01T18:00:00Z"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"from": "yesterday"}, "2026-11-01T18:30:00Z"),
        ({"from": "2026-11-22T10:00:00"}, "2026-11-01T18:30:00Z"),
        ({"from": "2026-02-30T10:00:00Z"}, "2026-11-01T18:30:00Z"),
        ({"to": "0001-01-01T00:00:00Z"}, "2026-11-01T18:30:00Z"),
        ({"to": "9999-12-31T23:59:59-12:00"}, "2026-11-01T18:30:00Z"),
        ({"to": "2026-11-22T10:00:00Z"}, "ends after it begins"),
        ({"to": "2027-11-22T10:00:00Z"}, "31 days"),
    ],
)
def test_a_span_that_cannot_be_is_refused_in_words(ask, jazz, asked, sentence):
    answer = ask(**asked)

    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_a_station_that_does_not_exist_has_no_guide(client, kgnd):
    assert client.get("/stations/other/guide.json").status_code == 404


@pytest.mark.parametrize(
    ("at", "seconds"), [("22 19:00", 60), ("22 20:59:20", 40), ("22 20:59:59", 1)]
)
def test_it_is_kept_until_the_next_boundary_and_a_minute_at_most(
    ask, jazz, time_machine, at, seconds
):
    time_machine.move_to(utc(at), tick=False)

    assert ask()["Cache-Control"] == f"public, max-age={seconds}"


def test_any_page_may_read_it(ask, jazz):
    assert ask()["Access-Control-Allow-Origin"] == "*"


def test_a_hostile_title_arrives_as_it_is_and_harms_nobody(ask, jazz):
    Show.objects.update(title=HOSTILE)

    answer = ask()

    assert answer["Content-Type"] == "application/json"
    assert answer.json()["tiles"][1]["show"]["title"] == HOSTILE


def test_a_picture_whose_file_is_gone_is_left_out(ask, jazz):
    picture = keep_photo("Odetta")
    picture.file.storage.delete(picture.file.name)
    Show.objects.update(image=picture)

    assert ask().json()["tiles"][1]["show"]["image"] is None


def test_a_week_of_it_is_a_handful_of_queries(ask, jazz, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        week = ask(to=(NOW + timedelta(days=7)).isoformat())

    assert week.status_code == 200


def test_who_knows_what_it_says_is_sent_nothing(client, ask, jazz):
    known = ask()["ETag"]

    def again():
        url = "/stations/kgnd/guide.json"
        return client.get(url, headers={"If-None-Match": known})

    assert (again().status_code, again().content) == (304, b"")
    Show.objects.update(title="Swing")
    assert again().status_code == 200
