from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import NOW
from groundwave.patchbay.messages import (
    Attempt,
    LineupPublished,
    Role,
    SourceHeld,
    SourceKicked,
    SourceStatus,
    StationStatus,
    StatusAsked,
)
from groundwave.stations.keys import digest_of
from groundwave.stations.models import (
    ListeningSession,
    SourceIncident,
    Transmission,
)


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
    assert "by the clock of Asia/Tokyo" in page
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


# --- while somebody watches ---


def live(client):
    response = client.get(reverse("air:live"))
    assert response.status_code == 200
    return response.json()


def test_an_open_page_is_told_how_it_is_now(engineer, kgnd, on_air):
    assert live(engineer)["stations"]["kgnd"]["facts"]["headline"] == "On air: Studio"
    assert "no-store" in engineer.get(reverse("air:live")).headers["Cache-Control"]


def test_ten_who_watch_cost_one_question(engineer, kgnd, on_air):
    for _ in range(10):
        live(engineer)

    asked = [each for each in on_air.heard.queue if isinstance(each, StatusAsked)]
    assert len(asked) == 1


def test_an_open_page_is_told_that_the_transmitter_is_away(engineer, kgnd):
    said = live(engineer)

    assert "The transmitter does not answer." in said["trouble"]
    assert said["stations"]["kgnd"]["lamp"] == "unknown"


def test_that_something_happened_is_told_and_a_repeated_refusal_is_too(
    engineer, kgnd, on_air
):
    refused = {"station": "kgnd", "kind": "refused", "sentence": "The key is wrong."}
    told = [live(engineer)["newest"]]
    for minute in range(2):
        SourceIncident.objects.note(at=NOW + timedelta(minutes=minute), **refused)
        told.append(live(engineer)["newest"])

    assert SourceIncident.objects.count() == 1
    assert len(set(told)) == 3


def test_who_was_not_told_to_watch_is_told_nothing(client, kgnd, on_air):
    assert client.get(reverse("air:live")).status_code == 302


def test_a_question_alone_is_for_the_pages_script(engineer, kgnd, on_air):
    url = reverse("air:kick", args=["kgnd", "studio"])
    asked = engineer.get(url, headers={"X-Groundwave-Part": "form"}).content.decode()

    assert "Yes, kick it" in asked
    assert "csrfmiddlewaretoken" in asked
    assert "<html" not in asked


def test_its_script_is_answered_with_what_came_of_it(engineer, kgnd, on_air):
    script = {"X-Groundwave-Part": "form"}
    url = reverse("air:hold", args=["kgnd", "studio"])
    assert engineer.post(url, headers=script).json() == {
        "sentence": "KGND stays on Studio until you give the air back."
    }

    url = reverse("air:hold", args=["kgnd", "backup"])
    assert (
        "brings no sound now" in engineer.post(url, headers=script).json()["sentence"]
    )

    on_air.refusal = "There is no studio source; it has gone already."
    url = reverse("air:kick", args=["kgnd", "studio"])
    refused = engineer.post(url, headers=script)
    assert refused.status_code == 409
    assert refused.json() == {"sentence": on_air.refusal}


def test_nothing_is_done_by_following_a_link(engineer, kgnd, on_air):
    for name, role in [("kick", "studio"), ("hold", "backup"), ("hold", "automatic")]:
        engineer.get(reverse(f"air:{name}", args=["kgnd", role]))

    kinds = {type(each) for each in on_air.heard.queue}
    assert kinds <= {LineupPublished, StatusAsked}


def test_no_other_sites_page_can_switch_the_air(ines, kgnd, on_air):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ines)
    for name, role in [("kick", "studio"), ("hold", "backup"), ("hold", "automatic")]:
        url = reverse(f"air:{name}", args=["kgnd", role])
        assert strict.post(url).status_code == 403
    assert strict.post(reverse("air:transmission")).status_code == 403

    kinds = {type(each) for each in on_air.heard.queue}
    assert not kinds & {SourceHeld, SourceKicked}


HOSTILE = "\"'><script>alert(1)</script>"


def test_whatever_an_encoder_calls_itself_is_only_a_name(engineer, kgnd, transmitter):
    source = SourceStatus(
        role=Role.MAIN,
        connected=True,
        on_air=True,
        person=HOSTILE,
        agent=HOSTILE,
        address=HOSTILE,
        description=HOSTILE,
        trouble=HOSTILE,
    )
    transmitter.stations = (
        StationStatus(
            slug="kgnd",
            on_air=Role.MAIN,
            held=None,
            title=HOSTILE,
            sources=(source,),
            listeners=0,
            tape=HOSTILE,
            trouble=HOSTILE,
        ),
    )
    for kind in ("on_air", "refused", "connected"):
        SourceIncident.objects.note(
            at=NOW,
            station="kgnd",
            kind=kind,
            sentence=HOSTILE,
            person=HOSTILE,
            agent=HOSTILE,
        )
    kgnd.name = HOSTILE
    kgnd.save()

    for name in ("air:index", "air:past"):
        page = page_of(engineer, name)
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
    answer = engineer.get(reverse("air:live"))
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# --- listeners ---


def test_listeners_are_drawn_and_said(engineer, kgnd, on_air):
    page = page_of(engineer)

    assert "7 listen now." in page
    day = timezone.now().astimezone(ZoneInfo(kgnd.timezone))
    assert f"Most at once on {day:%A}, {day.day} {day:%B}: 7" in page
    assert "<svg" in page
    assert "Listeners of KGND on" in page


def test_a_day_on_which_nobody_has_listened_says_so(engineer, kgnd, transmitter):
    page = page_of(engineer)

    assert "nobody has listened yet." in page
    assert "Most at once" not in page


def test_of_listeners_nothing_is_shown_but_how_many(engineer, kgnd, on_air):
    now = timezone.now()
    ListeningSession.objects.create(
        id="1",
        station="kgnd",
        mount="/kgnd.mp3",
        started_at=now - timedelta(minutes=20),
        ended_at=now,
        bytes_sent=1,
        address="192.0.2.99",
        agent="A telling name",
    )
    page = page_of(engineer)

    assert "192.0.2.99" not in page
    assert "A telling name" not in page


# --- what happened ---


def happened(number, **facts):
    for each in range(number):
        SourceIncident.objects.note(
            at=NOW + timedelta(minutes=each),
            **{
                "station": "kgnd",
                "kind": "connected",
                "sentence": f"Number {each}.",
                **facts,
            },
        )


def test_what_happened_is_there_page_by_page_newest_first(engineer, kgnd):
    happened(70)
    url = reverse("air:past")

    def listed(**asked):
        page = engineer.get(url, asked).content.decode()
        return page.partition('class="gw-incidents"')[2]

    assert listed().index("Number 69.") < listed().index("Number 10.")
    assert "Number 9." not in listed()
    assert "Number 9." in listed(page=2)
    for nonsense in ("0", "99", "x"):
        assert engineer.get(url, {"page": nonsense}).status_code == 200


def test_what_happened_can_be_one_stations(engineer, kgnd):
    happened(1, sentence="Here.")
    SourceIncident.objects.note(
        at=NOW, station="jazz", kind="trouble", sentence="Elsewhere."
    )
    url = reverse("air:past")

    assert "Elsewhere." in engineer.get(url).content.decode()
    assert "Elsewhere." not in engineer.get(url, {"station": "kgnd"}).content.decode()
    assert "Elsewhere." in engineer.get(url, {"station": "nowhere"}).content.decode()


def test_before_anything_has_happened_the_next_step_is_named(engineer, kgnd):
    assert "Connect an encoder" in page_of(engineer, "air:past")


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
