from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from conftest import NOW
from groundwave.patchbay.messages import (
    Attempt,
    LineupPublished,
    Role,
    SourceHeld,
    SourceKicked,
    SourceStatus,
    StationStatus,
)
from groundwave.stations.keys import digest_of
from groundwave.stations.models import SourceIncident, Transmission


pytestmark = pytest.mark.django_db


@pytest.fixture
def on_air(transmitter):
    """Odetta is in the studio; the backup waits."""
    studio = SourceStatus(
        role=Role.STUDIO, connected=True, on_air=True, person="Odetta", healthy=True
    )
    backup = SourceStatus(role=Role.BACKUP, connected=True, on_air=False, healthy=True)
    transmitter.stations = (
        StationStatus(
            slug="kgnd",
            on_air=Role.STUDIO,
            held=None,
            title="Ottoline Sine: Café",
            sources=(studio, backup),
            listeners=7,
        ),
    )
    return transmitter


def page_of(client, name="air:index", *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_who_is_on_the_air(engineer, kgnd, on_air):
    page = page_of(engineer)

    for said in ("On air: Studio", "Odetta", "Ottoline Sine: Café", "7 listeners"):
        assert said in page


def test_it_shows_what_of_a_stations_settings_is_not_in_force(
    engineer, kgnd, transmitter
):
    transmitter.stations = (
        StationStatus(
            slug="kgnd",
            on_air=None,
            held=None,
            title="",
            sources=(),
            listeners=0,
            trouble="Choose another standby sound.",
        ),
    )

    assert "Choose another standby sound." in page_of(engineer)


def test_it_says_so_when_the_transmitter_does_not_answer(engineer, kgnd):
    SourceIncident.objects.note(
        at=NOW, station="kgnd", kind="refused", sentence="The key is wrong."
    )

    page = page_of(engineer)

    assert "The transmitter does not answer." in page
    assert "groundwave up" in page
    assert "Not known" in page
    assert "The key is wrong." in page


def test_it_shows_why_an_encoder_could_not_connect(engineer, kgnd, transmitter):
    transmitter.attempts = (
        Attempt(
            at=NOW,
            address="192.0.2.7",
            outcome="wrong_key",
            sentence="Copy the whole key again.",
        ),
    )

    assert "Copy the whole key again." in page_of(engineer)


def test_all_times_are_in_one_zone_that_is_named(engineer, kgnd, transmitter):
    transmitter.attempts = (
        Attempt(at=NOW, address="192.0.2.7", outcome="wrong_key", sentence="Again."),
    )
    kgnd.licensee.timezone = "Asia/Tokyo"
    kgnd.licensee.save()

    page = page_of(engineer)

    assert "When (Asia/Tokyo)" in page
    assert f"{NOW.astimezone(ZoneInfo('Asia/Tokyo')):%H:%M:%S}" in page
    assert "(Asia/Tokyo). Transmitter" in page
    assert "UTC" not in page


def test_without_the_licensees_zone_times_are_in_the_first_stations(engineer, kgnd):
    kgnd.licensee.timezone = "UTC"
    kgnd.licensee.save()

    assert f"What happened last ({kgnd.timezone})" in page_of(engineer)


def test_what_an_encoder_says_cannot_become_a_script(engineer, kgnd, transmitter):
    transmitter.attempts = (
        Attempt(
            at=NOW,
            address="192.0.2.7",
            outcome="bad_request",
            sentence="What?",
            agent="<script>alert(1)</script>",
        ),
    )

    assert "<script>alert(1)" not in page_of(engineer)


def test_a_kick_is_confirmed_first(engineer, kgnd, on_air):
    url = reverse("air:kick", args=["kgnd", "studio"])

    assert "Yes, kick it" in engineer.get(url).content.decode()
    engineer.post(url)

    assert on_air.next_heard(SourceKicked).by == "Ines"


def test_a_source_is_put_on_air_by_hand_and_the_air_given_back(engineer, kgnd, on_air):
    engineer.post(reverse("air:hold", args=["kgnd", "backup"]))
    engineer.post(reverse("air:hold", args=["kgnd", "automatic"]))

    assert on_air.next_heard(SourceHeld).role is Role.BACKUP
    assert on_air.next_heard(SourceHeld).role is None


def test_a_refusal_is_shown_in_the_transmitters_words(engineer, kgnd, on_air):
    on_air.refusal = "There is no studio source; it has gone already."

    page = engineer.post(reverse("air:kick", args=["kgnd", "studio"]), follow=True)

    assert "it has gone already" in page.content.decode()


def test_there_is_no_such_role_or_station(engineer, kgnd):
    assert engineer.get(reverse("air:kick", args=["kgnd", "jester"])).status_code == 404
    assert engineer.get(reverse("air:kick", args=["kxyz", "main"])).status_code == 404


def test_a_host_sees_the_air_but_cannot_work_it(client, odetta, kgnd, on_air):
    client.force_login(odetta)

    page = page_of(client)

    assert "On air: Studio" in page
    assert reverse("air:kick", args=["kgnd", "studio"]) not in page
    client.post(reverse("air:kick", args=["kgnd", "studio"]))
    assert not any(isinstance(each, SourceKicked) for each in on_air.heard.queue)


def test_a_visitor_sees_nothing(client, kgnd):
    response = client.get(reverse("air:index"))

    assert response.status_code == 302
    assert "login" in response.headers["Location"]


# --- transmission settings ---


def test_privacy_is_set_without_undoing_a_newer_edition(post, kgnd, transmitter):
    before = Transmission.objects.edition()

    kept = {"address_privacy": "none", "session_days": "365"}
    post(reverse("air:transmission"), kept)

    assert Transmission.objects.current().address_privacy == "none"
    assert Transmission.objects.edition() == before + 1
    assert transmitter.next_heard(LineupPublished).address_privacy == "none"


def test_how_long_sessions_are_kept_is_set_there(post, kgnd):
    url, kept = reverse("air:transmission"), {"address_privacy": "full"}

    assert post(url, kept | {"session_days": "0"}).status_code == 200
    assert post(url, kept | {"session_days": "90"}).status_code == 302
    assert Transmission.objects.current().session_days == 90


def test_a_monitoring_password_is_shown_once(engineer, kgnd):
    response = engineer.post(reverse("air:transmission"), {"issue_password": "1"})

    password = response.context["password"]
    assert password in response.content.decode()
    assert Transmission.objects.current().monitor_digest == digest_of(password)
    assert password not in page_of(engineer, "air:transmission")
