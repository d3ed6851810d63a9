from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError
from msgspec import structs

from conftest import NOW
from groundwave.patchbay.blocking import open_line
from groundwave.patchbay.messages import (
    Announced,
    Attempt,
    LineupPublished,
    LineupTaken,
    ListeningSession as Session,
    OnAirChanged,
    Role,
    SessionsEnded,
    SessionsKept,
    SourceAttempted,
    SourceConnected,
    SourceDisconnected,
    SourceStatus,
    StationStatus,
    TitleChanged,
)
from groundwave.project import desk as site_desk
from groundwave.project.desk import Desk, run_desk
from groundwave.stations.actions import change_lineup
from groundwave.stations.models import ListeningSession, SourceIncident


pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(transmitter):
    with open_line(transmitter.path, 10, name="worker") as line:
        yield Desk(line)


def batch(number=1, sessions=3):
    ended = NOW + timedelta(minutes=12)
    return SessionsEnded(
        batch=number,
        sessions=tuple(
            Session(
                id=f"{number}-{each}",
                station="kgnd",
                mount="/kgnd.mp3",
                started_at=NOW,
                ended_at=ended,
                bytes_sent=48_000,
            )
            for each in range(sessions)
        ),
    )


def incident():
    return SourceIncident.objects.get()


# --- the line-up ---


def test_the_lineup_is_published_once_for_each_edition(desk, transmitter, kgnd):
    desk.publish_if_changed()
    desk.publish_if_changed()
    change_lineup()
    desk.publish_if_changed()

    first = transmitter.next_heard(LineupPublished)
    second = transmitter.next_heard(LineupPublished)
    assert second.edition == first.edition + 1
    assert first.stations[0].slug == "kgnd"


def test_who_takes_the_lineup_is_told_what_is_on(desk, transmitter, kgnd):
    """A transmitter that was restarted has nothing to tell the pages that open."""
    desk.take(LineupTaken(edition=1))

    news = transmitter.next_heard(Announced)
    assert (news.event, news.station) == ("schedule", "kgnd")


def test_it_is_told_what_breaks_and_what_readers_of_stories_were_told_last(
    desk, transmitter, kgnd, story
):
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.change_kind, draft.change_text = "update", "Ten more are missing."
    draft.save_revision().publish()

    desk.take(LineupTaken(edition=1))

    told = [transmitter.next_heard(Announced) for _ in range(3)]
    assert [each.event for each in told] == ["schedule", "banner", "story"]
    assert "Ten more are missing." in told[2].data


def test_a_transmitter_with_another_lineup_is_told_again(desk, transmitter, kgnd):
    desk.publish_if_changed()
    edition = transmitter.next_heard(LineupPublished).edition

    transmitter.edition = edition - 1  # restored from an old disk, say
    desk.take(transmitter._status())
    desk.publish_if_changed()

    assert transmitter.next_heard(LineupPublished).edition == edition


# --- sessions ---


def test_sessions_are_stored_and_then_acknowledged(desk, transmitter):
    desk.take(batch(7))

    assert ListeningSession.objects.count() == 3
    assert transmitter.next_heard(SessionsKept).batch == 7


def test_a_batch_that_comes_again_changes_nothing_and_is_acknowledged(
    desk, transmitter
):
    desk.take(batch(7))
    desk.take(batch(7))

    assert ListeningSession.objects.count() == 3
    assert transmitter.next_heard(SessionsKept).batch == 7
    assert transmitter.next_heard(SessionsKept).batch == 7


def test_what_could_not_be_stored_is_not_acknowledged(
    desk, transmitter, django_db_blocker
):
    with django_db_blocker.block(), pytest.raises(RuntimeError):
        desk.take(batch(7))

    assert transmitter.heard.empty()


# --- the tape ---


def test_when_the_tape_begins_is_kept_as_the_transmitter_says_it(
    desk, transmitter, kgnd
):
    def hear(begins_at):
        station = StationStatus(
            slug="kgnd",
            on_air=None,
            held=None,
            title="",
            sources=(),
            listeners=0,
            tape_begins_at=begins_at,
        )
        desk.take(structs.replace(transmitter._status(), stations=(station,)))
        kgnd.refresh_from_db()
        return kgnd.tape_begins_at

    hour_ago = NOW - timedelta(hours=1)
    assert hear(hour_ago) == hour_ago
    assert hear(NOW) == NOW
    assert hear(None) is None


# --- incidents ---


def test_a_connection_is_noted_and_its_key_was_used(desk, odettas_key):
    studio = SourceStatus(
        role=Role.STUDIO,
        connected=True,
        on_air=False,
        person="Odetta",
        key_id=odettas_key.source_key.pk,
        agent="butt 0.1.37",
    )

    desk.take(SourceConnected(at=NOW, station="kgnd", source=studio))

    assert (incident().kind, incident().person) == ("connected", "Odetta")
    odettas_key.source_key.refresh_from_db()
    assert odettas_key.source_key.last_used_at == NOW


def test_what_happens_to_the_air_is_noted_in_the_transmitters_words(desk):
    desk.take(
        SourceDisconnected(
            at=NOW, station="kgnd", role=Role.STUDIO, reason="The encoder hung up."
        )
    )
    desk.take(
        OnAirChanged(
            at=NOW, station="kgnd", role=None, reason="Nothing is left to play."
        )
    )

    told = [each.sentence for each in SourceIncident.objects.all()]
    assert told == ["Nothing is left to play.", "The encoder hung up."]


def test_a_refusal_is_noted_and_a_success_is_not_noted_twice(desk):
    usual = {"at": NOW, "address": "192.0.2.7", "mount": "/kgnd"}
    accepted = Attempt(outcome="accepted", sentence="Welcome.", **usual)
    refused = Attempt(outcome="wrong_key", sentence="Copy it again.", **usual)

    desk.take(SourceAttempted(attempt=accepted, station="kgnd"))
    desk.take(SourceAttempted(attempt=refused, station="kgnd"))

    assert (incident().kind, incident().sentence) == ("refused", "Copy it again.")


def told_once_and_again(desk):
    """The transmitter tells its last incidents whenever the desk connects."""
    later = NOW + timedelta(minutes=5)
    refused = Attempt(
        at=later, outcome="wrong_key", sentence="Copy it again.", address="192.0.2.7"
    )
    again = structs.replace(refused, at=later + timedelta(minutes=1))
    studio = SourceStatus(role=Role.STUDIO, connected=True, on_air=False)
    for message in (
        SourceConnected(at=NOW, station="kgnd", source=studio),
        OnAirChanged(at=NOW, station="kgnd", role=Role.STUDIO, reason="Signed on."),
        SourceDisconnected(at=later, station="kgnd", role=Role.STUDIO, reason="Gone."),
        SourceAttempted(attempt=refused, station="kgnd"),
        SourceAttempted(attempt=again, station="kgnd"),
    ):
        desk.take(message)


def test_an_incident_that_is_told_again_is_noted_once(desk):
    told_once_and_again(desk)
    before = list(SourceIncident.objects.values())
    told_once_and_again(desk)

    assert list(SourceIncident.objects.values()) == before
    assert SourceIncident.objects.refusals().get().times == 2
    assert SourceIncident.objects.of_the_air().count() == 3


def test_a_key_was_not_used_earlier_because_that_is_told_again(desk, odettas_key):
    key = odettas_key.source_key
    studio = SourceStatus(role=Role.STUDIO, connected=True, on_air=False, key_id=key.pk)
    for minutes in (0, 7, 0):
        at = NOW + timedelta(minutes=minutes)
        desk.take(SourceConnected(at=at, station="kgnd", source=studio))

    key.refresh_from_db()
    assert key.last_used_at == NOW + timedelta(minutes=7)


def test_strangers_cannot_push_out_what_happened(desk, monkeypatch):
    monkeypatch.setattr(site_desk, "TRIM_EVERY", 1)
    monkeypatch.setattr(site_desk, "KEPT_INCIDENTS", 2)
    monkeypatch.setattr(site_desk, "KEPT_REFUSALS", 3)
    desk.take(OnAirChanged(at=NOW, station="kgnd", role=None, reason="Nothing."))

    for number in range(5):
        attempt = Attempt(
            at=NOW,
            outcome="unknown_mount",
            sentence="There is no such station.",
            address=f"192.0.2.{number}",
        )
        desk.take(SourceAttempted(attempt=attempt))

    assert SourceIncident.objects.of_the_air().get().sentence == "Nothing."
    assert SourceIncident.objects.refusals().count() == 3


@pytest.mark.parametrize("of", ["tape", "trouble"])
def test_trouble_is_noted_when_it_begins_and_not_at_every_look(desk, transmitter, of):
    def station(**trouble):
        return StationStatus(
            slug="kgnd",
            on_air=None,
            held=None,
            title="",
            sources=(),
            listeners=0,
            **trouble,
        )

    for sentence in ("", "The disk is full.", "The disk is full.", "", "It is full."):
        transmitter.stations = (station(**{of: sentence}),)
        desk.take(transmitter._status())

    assert SourceIncident.objects.filter(kind="trouble").count() == 2


def test_what_troubles_a_source_or_the_sessions_is_noted_once_however_it_is_worded(
    desk, transmitter
):
    def status(source: str, sessions: str):
        main = SourceStatus(role=Role.MAIN, connected=True, on_air=True, trouble=source)
        station = StationStatus(
            slug="kgnd", on_air=None, held=None, title="", sources=(main,), listeners=0
        )
        return structs.replace(
            transmitter._status(), stations=(station,), trouble=sessions
        )

    for number in range(3):
        desk.take(status(f"It starts again in {number} s.", f"{number} wait."))
    desk.take(status("", ""))
    desk.take(status("It ended.", ""))

    noted = SourceIncident.objects.order_by("pk").values_list(
        "station", "role", "sentence"
    )
    assert list(noted) == [
        ("", "", "0 wait."),
        ("kgnd", "main", "It starts again in 0 s."),
        ("kgnd", "main", "It ended."),
    ]


def test_a_title_is_for_open_pages_and_leaves_no_incident(desk):
    desk.take(TitleChanged(at=NOW, station="kgnd", title="Ottoline Sine: Café"))

    assert not SourceIncident.objects.exists()


# --- for ever ---


def stop_once(heard):
    """Return a stop signal that is set once *heard* has returned."""
    stop = threading.Event()

    def wait():
        try:
            heard()
        finally:
            stop.set()

    threading.Thread(target=wait).start()
    return stop


def test_the_desk_publishes_as_soon_as_it_connects(transmitter, kgnd):
    heard = []

    run_desk(stop_once(lambda: heard.append(transmitter.next_heard(LineupPublished))))

    assert heard[0].stations[0].slug == "kgnd"


class WaitedOn(threading.Event):
    """A stop signal that tells when it is waited on: the desk has found nobody."""

    def __init__(self):
        super().__init__()
        self.waited = threading.Event()

    def wait(self, timeout=None):
        self.waited.set()
        return super().wait(timeout)


def test_the_desk_waits_for_a_transmitter_that_is_not_there_yet(transmitter, kgnd):
    transmitter._do(transmitter._server.close())
    stop, heard = WaitedOn(), []

    def come_back():
        try:
            assert stop.waited.wait(20)
            transmitter._server = transmitter._do(transmitter_served(transmitter))
            heard.append(transmitter.next_heard(LineupPublished))
        finally:
            stop.set()

    threading.Thread(target=come_back).start()
    run_desk(stop)

    assert heard


def transmitter_served(transmitter):
    from groundwave.patchbay import unix

    return unix.serve(transmitter.path, transmitter._attend)


def test_a_database_that_fails_for_a_moment_does_not_end_the_desk(
    transmitter, kgnd, monkeypatch
):
    real = Desk.publish_if_changed
    failures = iter([DatabaseError("database is locked")])

    def fails_once(self):
        for failure in failures:
            raise failure
        real(self)

    monkeypatch.setattr(Desk, "publish_if_changed", fails_once)

    run_desk(stop_once(lambda: transmitter.next_heard(LineupPublished)))
