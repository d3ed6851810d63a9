"""What was played, as the transmitter says it, in Spinitron's shape."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from groundwave.delivery.spins import LONGEST_SPAN, split
from groundwave.patchbay.messages import HeardTitle, TitlesAsked
from groundwave.programming.actions import plan_slot, pre_empt
from groundwave.programming.models import Airing, Show
from groundwave.stations.actions import open_station
from programming.conftest import NOW, utc


pytestmark = pytest.mark.django_db

JAZZ_BEGAN = utc("22 17:00")


@pytest.fixture(autouse=True)
def _it_is_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def jazz(kgnd) -> Airing:
    """On from 10 to 12 in Denver, and over now."""
    plan_slot(
        kgnd,
        show=Show.objects.create(title="Jazz", slug="jazz"),
        starts_on=date(2026, 11, 22),
        begins=time(10),
        minutes=120,
        rule="",
        now=NOW - timedelta(days=7),
    )
    return Airing.objects.get()


@pytest.fixture
def played(transmitter, jazz):
    """Three songs and a silence, of which the first began before the show."""
    transmitter.titles = tuple(
        HeardTitle(at=JAZZ_BEGAN + timedelta(minutes=minutes), title=title)
        for minutes, title in [
            (-1, "Odetta Reyes - Before"),
            (2, "The Ground Waves - Along the ground - live"),
            (5, ""),
            (10, "News at ten"),
            (119, "Odetta Reyes - Last"),
        ]
    )
    return transmitter


@pytest.fixture
def ask(client, kgnd):
    return lambda what, **asked: client.get(f"/api/spinitron/{what}", asked)


def told(answer) -> list[tuple[str, str]]:
    assert answer.status_code == 200
    return [(each["artist"], each["song"]) for each in answer.json()["items"]]


def test_a_playlists_spins_are_what_began_in_it_the_latest_first(ask, played, jazz):
    answer = ask("spins", playlist_id=jazz.pk)

    assert told(answer) == [
        ("Odetta Reyes", "Last"),
        ("", "News at ten"),
        ("The Ground Waves", "Along the ground - live"),
    ]
    asked = played.next_heard(TitlesAsked)
    assert (asked.station, asked.since) == ("kgnd", JAZZ_BEGAN)


def test_a_spin_says_when_it_was_heard_and_in_what(ask, played, jazz):
    spin = ask("spins", playlist_id=jazz.pk).json()["items"][2]

    url = "http://testserver/api/spinitron"
    number = round((JAZZ_BEGAN + timedelta(minutes=2)).timestamp() * 1000)
    assert spin == {
        "id": number,
        "playlist_id": jazz.pk,
        "start": "2026-11-22T17:02:00+0000",
        "end": "2026-11-22T17:05:00+0000",
        "duration": 180,
        "timezone": "America/Denver",
        "artist": "The Ground Waves",
        "song": "Along the ground - live",
        "_links": {
            "self": {"href": f"{url}/spins/{number}"},
            "playlist": {"href": f"{url}/playlists/{jazz.pk}"},
        },
    }


def test_every_spin_is_found_at_its_own_address(client, ask, played):
    for spin in ask("spins").json()["items"]:
        assert client.get(spin["_links"]["self"]["href"]).json() == spin


@pytest.mark.parametrize("number", [0, 1, 1_795_366_800_001, 9_000_000_000_000_000])
def test_there_is_no_spin_where_none_began(ask, played, number):
    assert ask(f"spins/{number}").status_code == 404


def test_when_the_last_one_ends_is_not_made_up(ask, played):
    last = ask("spins").json()["items"][0]

    assert (last["song"], last["end"], last["duration"]) == ("Last", None, None)


def test_what_goes_on_for_hours_is_not_followed_to_its_end(ask, played):
    _, news, song, _ = ask("spins").json()["items"]

    assert (news["song"], news["end"]) == ("News at ten", None)
    assert song["duration"] == 180


def test_any_span_can_be_asked_for(ask, played):
    span = {"start": "2026-11-22T16:00:00Z", "end": "2026-11-22T17:03:00Z"}

    assert told(ask("spins", **span)) == [
        ("The Ground Waves", "Along the ground - live"),
        ("Odetta Reyes", "Before"),
    ]
    assert ask("spins", **span).json()["items"][1]["playlist_id"] is None
    assert ask("spins", start="2027-01-01T00:00:00Z").json()["items"] == []


def test_the_transmitter_is_never_asked_for_much(ask, played):
    ask("spins", start="2020-01-01T00:00:00Z")

    asked = played.next_heard(TitlesAsked)
    assert asked.since == NOW - LONGEST_SPAN
    assert asked.until == NOW


def test_what_was_played_in_what_lay_over_a_show_is_not_the_shows(
    ask, played, kgnd, jazz
):
    special = Show.objects.create(title="Special", slug="special")
    pre_empt(
        kgnd,
        show=special,
        starts_at=JAZZ_BEGAN + timedelta(minutes=60),
        ends_at=jazz.ends_at,
        now=NOW - timedelta(days=1),
    )

    assert ("Odetta Reyes", "Last") not in told(ask("spins", playlist_id=jazz.pk))
    over = Airing.objects.get(show=special)
    assert told(ask("spins", playlist_id=over.pk)) == [("Odetta Reyes", "Last")]


def test_spins_come_along_with_one_playlist(ask, played, jazz):
    found = ask(f"playlists/{jazz.pk}", expand="spins").json()

    assert found["spins"] == ask("spins", playlist_id=jazz.pk).json()["items"]
    assert "spins" not in ask("playlists", expand="spins").json()["items"][0]


def test_spins_of_another_station_lead_to_that_station(client, ask, played, kgnd):
    open_station(kgnd.licensee, slug="two", name="Two")

    first = ask("spins", station="two").json()["items"][0]

    assert played.next_heard(TitlesAsked).station == "two"
    assert client.get(first["_links"]["self"]["href"]).json() == first


def test_while_the_transmitter_is_away_nothing_is_told_that_was_played(ask, jazz):
    answer = ask("spins", playlist_id=jazz.pk)

    assert told(answer) == []
    assert answer.json()["_meta"]["totalCount"] == 0
    assert ask("spins/1795366800000").status_code == 404


def test_a_transmitter_that_will_not_say_leaves_nothing_to_tell(ask, played, jazz):
    played.refusal = "The tape cannot be read; check its disk."

    assert told(ask("spins", playlist_id=jazz.pk)) == []


def test_a_playlist_that_is_not_there_has_no_spins(ask, played):
    assert ask("spins", playlist_id=999).status_code == 404


@pytest.mark.parametrize(
    ("title", "artist", "song"),
    [
        ("Odetta Reyes - Rain", "Odetta Reyes", "Rain"),
        ("AC-DC", "", "AC-DC"),
        ("A - B - C", "A", "B - C"),
        (" - Rain", "", "Rain"),
        ("Odetta Reyes - ", "Odetta Reyes", ""),
    ],
)
def test_a_title_is_split_where_it_says_so(title, artist, song):
    assert split(title) == (artist, song)


def test_an_instant_survives_its_number():
    """A spin is named by its milliseconds, which a float holds exactly enough."""
    for millisecond in range(0, 1000, 7):
        at = NOW + timedelta(milliseconds=millisecond)
        number = round(at.timestamp() * 1000)
        assert datetime.fromtimestamp(number / 1000, at.tzinfo) == at
