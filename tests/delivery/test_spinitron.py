from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from equipment.whole_station import picture
from groundwave.people.models import Person
from groundwave.programming.actions import (
    cancel_airing,
    give_episode,
    plan_slot,
    pre_empt,
    remove_slot,
)
from groundwave.programming.models import Airing, Episode, Host, Show, Slot
from groundwave.stations.actions import open_station
from programming.conftest import NOW, utc


pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _it_is_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def odetta(db):
    return Person.objects.create(
        name="Odetta", slug="odetta", biography="<p>Hosts.</p>"
    )


@pytest.fixture
def jazz(kgnd, odetta):
    jazz = Show.objects.create(
        title="Jazz", slug="jazz", category="Jazz", tagline="Small bands"
    )
    Host.objects.create(show=jazz, person=odetta)
    plan_slot(
        kgnd,
        show=jazz,
        starts_on=date(2026, 11, 1),
        begins=time(10),
        minutes=120,
        rule="FREQ=DAILY",
        now=NOW - WEEK,
    )
    return jazz


@pytest.fixture
def ask(client, kgnd):
    def ask(what, **asked):
        return client.get(f"/api/spinitron/{what}", asked)

    return ask


def test_a_show_is_told_each_time_that_it_is_on(ask, jazz, odetta):
    found = ask("shows").json()

    assert found["_meta"] == {
        "totalCount": 7,
        "pageCount": 1,
        "currentPage": 1,
        "perPage": 20,
    }
    url = "http://testserver/api/spinitron"
    assert found["items"][0] == {
        "id": jazz.pk,
        "start": "2026-11-23T17:00:00+0000",
        "end": "2026-11-23T19:00:00+0000",
        "duration": 7200,
        "timezone": "America/Denver",
        "one_off": False,
        "category": "Jazz",
        "title": "Jazz",
        "description": "Small bands",
        "since": None,
        "url": "http://testserver/shows/jazz/",
        "hide_dj": 0,
        "image": None,
        "_links": {
            "self": {"href": f"{url}/shows/{jazz.pk}"},
            "personas": [{"href": f"{url}/personas/{odetta.pk}"}],
            "playlists": {"href": f"{url}/playlists?show_id={jazz.pk}"},
        },
    }


def test_what_is_on_now_comes_first(ask, kgnd, jazz):
    pre_empt(kgnd, show=jazz, starts_at=NOW, ends_at=NOW + timedelta(hours=1), now=NOW)

    found = ask("shows").json()["items"][0]

    assert (found["one_off"], found["start"]) == (True, "2026-11-22T19:00:00+0000")


def test_any_span_can_be_asked_for(ask, jazz):
    span = {"start": "2026-12-01T00:00:00+0000", "end": "2026-12-03T00:00:00+0000"}

    assert ask("shows", **span).json()["_meta"]["totalCount"] == 2


def test_playlists_are_what_was_on_the_latest_first(ask, jazz, odetta):
    latest = Airing.objects.filter(starts_at__lte=NOW).last()
    bebop = Episode.objects.create(show=jazz, title="Bebop", slug="bebop", about="<p/>")
    give_episode(latest, bebop)

    found = ask("playlists").json()["items"]

    assert len(found) == 7
    first = found[0]
    assert (first["id"], first["start"]) == (latest.pk, "2026-11-22T17:00:00+0000")
    assert (first["episode_name"], first["episode_description"]) == ("Bebop", "<p/>")
    assert (first["persona_id"], first["show_id"]) == (odetta.pk, jazz.pk)
    assert set(first["_links"]) == {"self", "show", "spins", "persona"}
    assert ask(f"playlists/{latest.pk}").json() == first


def test_playlists_can_be_narrowed_down(ask, kgnd, jazz, odetta):
    other = Show.objects.create(title="Other", slug="other")
    pre_empt(
        kgnd,
        show=other,
        starts_at=utc("20 10:00"),
        ends_at=utc("20 11:00"),
        now=utc("20 10:00"),
    )

    def count(**asked):
        return ask("playlists", **asked).json()["_meta"]["totalCount"]

    assert count() == 8
    assert count(show_id=other.pk) == 1
    assert count(persona_id=odetta.pk) == 7
    assert count(start="2026-11-22T00:00:00Z") == 1
    assert count(end="2026-11-16T00:00:00Z") == 0


def test_what_was_cancelled_was_not_on(ask, jazz):
    cancel_airing(Airing.objects.first(), now=NOW - WEEK)

    assert ask("playlists").json()["_meta"]["totalCount"] == 6


def test_personas_are_whoever_hosts_a_show(ask, jazz, odetta):
    Person.objects.create(name="Sam", slug="sam")

    (found,) = ask("personas").json()["items"]

    assert (found["id"], found["name"], found["bio"]) == (
        odetta.pk,
        "Odetta",
        "<p>Hosts.</p>",
    )
    assert found["email"] == ""
    assert found["_links"]["shows"] == [
        {"href": f"http://testserver/api/spinitron/shows/{jazz.pk}"}
    ]
    assert ask(f"personas/{odetta.pk}").json() == found
    assert ask("personas", name="sam").json()["items"] == []


def test_pages_lead_to_each_other(client, ask, jazz):
    found = ask("playlists", count=3, page=2, show_id=jazz.pk).json()

    assert found["_meta"] == {
        "totalCount": 7,
        "pageCount": 3,
        "currentPage": 2,
        "perPage": 3,
    }
    links = {name: link["href"] for name, link in found["_links"].items()}
    numbers = {name: client.get(url).json()["_meta"] for name, url in links.items()}
    assert {name: meta["currentPage"] for name, meta in numbers.items()} == {
        "self": 2,
        "first": 1,
        "prev": 1,
        "next": 3,
        "last": 3,
    }
    assert {meta["totalCount"] for meta in numbers.values()} == {7}


def test_only_some_fields_can_be_asked_for(ask, jazz):
    found = ask("shows", fields="id,title").json()["items"][0]

    assert set(found) == {"id", "title", "_links"}


def test_a_show_that_is_not_on_has_no_time(ask, jazz):
    other = Show.objects.create(title="Other", slug="other")

    found = ask(f"shows/{other.pk}").json()

    assert (found["title"], found["start"], found["duration"]) == ("Other", None, None)
    assert ask(f"shows/{jazz.pk}").json()["start"] == "2026-11-23T17:00:00+0000"


def test_another_station_is_asked_for_by_its_address(ask, kgnd, jazz):
    open_station(kgnd.licensee, slug="two", name="Two")

    assert ask("shows", station="two").json()["items"] == []
    assert ask("shows", station="three").status_code == 404


@pytest.mark.parametrize(
    ("what", "asked", "status"),
    [
        ("shows", {"start": "now"}, 400),
        ("playlists", {"show_id": "jazz"}, 400),
        ("playlists", {"show_id": "9" * 40}, 400),
        ("shows", {"count": "-1"}, 400),
        ("shows/99", {}, 404),
        ("playlists/99", {}, 404),
        ("personas/99", {}, 404),
    ],
)
def test_what_cannot_be_answered_is_refused_in_spinitrons_shape(
    ask, jazz, what, asked, status
):
    refused = ask(what, **asked)

    assert refused.status_code == status
    assert refused.json()["status"] == status
    assert refused.json()["message"].endswith(".")


def test_any_page_may_ask_and_keep_the_answer_for_a_minute(ask, jazz):
    answer = ask("shows")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("what", ["shows", "playlists", "personas"])
def test_a_page_of_answers_is_a_handful_of_queries(
    ask, jazz, what, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        assert ask(what, count=200).status_code == 200


# --- expand ---


def test_what_belongs_to_an_item_comes_with_it_where_that_is_asked_for(
    ask, jazz, odetta
):
    show = ask("shows", expand="personas").json()["items"][0]
    playlist = ask("playlists", expand="show,persona").json()["items"][0]
    persona = ask("personas", expand="shows").json()["items"][0]

    assert [each["name"] for each in show["personas"]] == ["Odetta"]
    assert playlist["show"]["title"] == "Jazz"
    assert playlist["show"]["start"] == playlist["start"]
    assert playlist["persona"]["id"] == odetta.pk
    assert [each["title"] for each in persona["shows"]] == ["Jazz"]


def test_within_what_came_along_nothing_more_comes_along(ask, jazz):
    (persona,) = ask(f"shows/{jazz.pk}", expand="personas,shows").json()["personas"]

    assert persona["name"] == "Odetta"
    assert "shows" not in persona


def test_what_is_asked_to_come_along_comes_with_few_fields_too(ask, jazz):
    (show, *_) = ask("shows", fields="id", expand="personas").json()["items"]

    assert set(show) == {"id", "personas", "_links"}


@pytest.mark.parametrize("expand", ["", "nonsense", "_links,__class__"])
def test_what_does_not_exist_does_not_come_along(ask, jazz, expand):
    plain, asked = ask("shows").json(), ask("shows", expand=expand).json()

    assert asked["items"] == plain["items"]


@pytest.fixture
def many(kgnd, jazz):
    """More shows a day, each with a picture, a host of its own, and their portrait."""
    for hour in range(6):
        host = Person.objects.create(
            name=f"Host {hour}", slug=f"host-{hour}", portrait=picture(pixels=480)
        )
        show = Show.objects.create(
            title=f"Show {hour}", slug=f"show-{hour}", image=picture(pixels=480)
        )
        Host.objects.create(show=show, person=host)
        plan_slot(
            kgnd,
            show=show,
            starts_on=date(2026, 11, 1),
            begins=time(hour),
            minutes=60,
            rule="FREQ=DAILY",
            now=NOW - WEEK,
        )


@pytest.mark.parametrize(
    ("what", "expand"),
    [("shows", "personas"), ("playlists", "show,persona"), ("personas", "shows")],
)
def test_what_comes_along_takes_no_query_for_each(
    ask, many, what, expand, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        answer = ask(what, count=200, expand=expand).json()

    assert answer["_meta"]["totalCount"] >= 7


def test_what_a_slot_said_is_no_one_off_after_the_slot_is_gone(ask, jazz):
    remove_slot(Slot.objects.get(), now=NOW)

    heard = ask("shows", start="2026-11-20T00:00:00Z").json()["items"]

    assert heard
    assert not any(each["one_off"] for each in heard)


def test_it_goes_by_the_name_that_the_public_knows(ask, jazz, settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"

    found = ask("shows").json()

    ours = "https://kgnd.example"
    assert found["items"][0]["url"] == f"{ours}/shows/jazz/"
    assert found["_links"]["self"]["href"].startswith(f"{ours}/api/spinitron/shows?")
