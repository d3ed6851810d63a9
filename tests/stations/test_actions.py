from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from conftest import NOW
from groundwave.patchbay.errors import AskRefused, NotServed
from groundwave.patchbay.messages import (
    LineupPublished,
    Role,
    SourceHeld,
    SourceKicked,
)
from groundwave.stations.actions import (
    change_lineup,
    hold_source,
    issue_monitor_password,
    issue_source_key,
    kick_source,
    open_station,
    publish_lineup,
    revoke_source_key,
)
from groundwave.stations.errors import AlreadyRevoked
from groundwave.stations.keys import digest_of
from groundwave.stations.models import (
    KeyWindow,
    Licensee,
    Mount,
    SourceKey,
    Station,
    Transmission,
)


pytestmark = pytest.mark.django_db


# --- opening ---


def test_a_station_opens_with_an_mp3_and_an_aac_mount(kgnd):
    assert [mount.path for mount in kgnd.mounts.all()] == ["/kgnd.mp3", "/kgnd.aac"]


@pytest.mark.parametrize(
    "slug", ["admin", "events", "metrics", "KGND", "kgnd/live", "-k"]
)
def test_a_station_cannot_take_an_address_that_would_not_work(kgnd, slug):
    with pytest.raises(ValidationError):
        open_station(kgnd.licensee, slug=slug, name="Another")

    assert Station.objects.count() == 1


def test_a_station_keeps_the_wall_clock_of_a_real_place(kgnd):
    with pytest.raises(ValidationError, match="America/Denver"):
        open_station(kgnd.licensee, slug="two", name="Two", timezone="Mars/Olympus")


def test_a_path_that_another_station_took_stays_with_it(kgnd):
    Mount.objects.create(station=kgnd, path="/jazz.mp3", codec="mp3")

    jazz = open_station(kgnd.licensee, slug="jazz", name="Jazz")

    assert [mount.path for mount in jazz.mounts.all()] == ["/jazz.aac"]


# --- keys ---


def test_the_key_itself_is_nowhere_in_the_database(odettas_key):
    stored = SourceKey.objects.values().get()

    assert odettas_key.key not in str(stored)
    assert stored["digest"] == digest_of(odettas_key.key)
    assert odettas_key.key.endswith(stored["hint"])


def test_a_key_can_be_good_for_a_show_only(kgnd, odetta, ines):
    friday = KeyWindow(weekday=4, starts_at=time(22, 0), minutes=150)

    issued = issue_source_key(
        kgnd, person=odetta.person, role="studio", by=ines, now=NOW, windows=[friday]
    )

    assert issued.source_key.windows.get().minutes == 150


def test_a_revoked_key_says_who_revoked_it_and_when(odettas_key, ines):
    revoke_source_key(odettas_key.source_key, by=ines, now=NOW)

    stored = SourceKey.objects.get()
    assert (stored.revoked_by, stored.revoked_at) == (ines, NOW)
    assert not SourceKey.objects.live().exists()


def test_a_key_is_revoked_once(odettas_key, ines):
    revoke_source_key(odettas_key.source_key, by=ines, now=NOW)

    with pytest.raises(AlreadyRevoked):
        revoke_source_key(odettas_key.source_key, by=ines, now=NOW)


# --- telling the transmitter ---


def test_every_change_makes_another_edition(kgnd, odetta, ines):
    editions = [Transmission.objects.edition()]
    issued = issue_source_key(kgnd, person=odetta.person, role="main", by=ines, now=NOW)
    editions.append(Transmission.objects.edition())
    revoke_source_key(issued.source_key, by=ines, now=NOW)
    editions.append(Transmission.objects.edition())
    issue_monitor_password()
    editions.append(Transmission.objects.edition())

    assert editions == sorted(set(editions))


def test_the_transmitter_hears_of_a_change_once_it_is_committed(
    transmitter, kgnd, odetta, ines, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        issue_source_key(kgnd, person=odetta.person, role="main", by=ines, now=NOW)
        assert transmitter.heard.empty()

    told = transmitter.next_heard(LineupPublished)
    assert [key.person for key in told.stations[0].keys] == ["Odetta"]


def test_a_change_stands_while_the_transmitter_is_away(
    db, django_capture_on_commit_callbacks
):
    licensee = Licensee.objects.create(name="KGND")

    with django_capture_on_commit_callbacks(execute=True):
        open_station(licensee, slug="kgnd", name="KGND")

    assert Station.objects.exists()


def test_who_publishes_by_hand_learns_that_the_transmitter_is_away(kgnd):
    with pytest.raises(NotServed, match="not running"):
        publish_lineup()


def test_the_first_change_of_all_makes_the_first_edition(db):
    assert Transmission.objects.edition() == 0
    change_lineup()
    assert Transmission.objects.edition() == 1


# --- working the air ---


def test_a_kick_names_who_kicked(transmitter, kgnd, ines):
    kick_source(kgnd, Role.STUDIO, by=ines)

    assert transmitter.next_heard(SourceKicked) == SourceKicked(
        station="kgnd", role=Role.STUDIO, by="Ines"
    )


def test_the_air_can_be_held_and_given_back(transmitter, kgnd, ines):
    hold_source(kgnd, Role.BACKUP, by=ines)
    hold_source(kgnd, None, by=ines)

    assert transmitter.next_heard(SourceHeld).role is Role.BACKUP
    assert transmitter.next_heard(SourceHeld).role is None


def test_what_the_transmitter_refuses_is_said_in_its_own_words(transmitter, kgnd, ines):
    transmitter.refusal = "There is no studio source to kick; it has gone already."

    with pytest.raises(AskRefused, match="gone already"):
        kick_source(kgnd, Role.STUDIO, by=ines)
