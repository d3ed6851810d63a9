from __future__ import annotations

from datetime import time

import msgspec
import pytest
from django.core.files.base import ContentFile

from conftest import NOW
from groundwave.patchbay.messages import (
    AddressPrivacy,
    Codec,
    LineupPublished,
    MountLine,
    Role,
    StationLine,
    Window,
)
from groundwave.stations.actions import (
    current_lineup,
    issue_monitor_password,
    issue_source_key,
    revoke_source_key,
)
from groundwave.stations.keys import digest_of
from groundwave.stations.models import KeyWindow, Transmission


pytestmark = pytest.mark.django_db


def test_a_new_station_is_as_the_transmitter_expects_it(kgnd):
    (line,) = current_lineup().stations

    assert line == StationLine(
        slug="kgnd",
        name="KGND",
        timezone="America/Denver",
        mounts=(
            MountLine(path="/kgnd.mp3", codec=Codec.MP3),
            MountLine(path="/kgnd.aac", codec=Codec.AAC),
        ),
    )


def test_what_the_engineer_set_arrives(kgnd):
    kgnd.grace_seconds, kgnd.silence_dbfs, kgnd.tape_hours = 5, -40, 24
    kgnd.relays = "http://one.example/live\n\n  http://two.example/live \n"
    kgnd.standby.save("tone.mp3", ContentFile(b"sound"))
    kgnd.charset = "cp1252"
    kgnd.save()

    (line,) = current_lineup().stations

    assert (line.grace_seconds, line.silence_dbfs, line.tape_hours) == (5, -40, 24)
    assert line.relays == ("http://one.example/live", "http://two.example/live")
    assert line.standby.startswith("/")
    assert line.standby.endswith("tone.mp3")
    assert line.charset == "cp1252"


def test_a_key_arrives_as_its_digest_with_person_role_and_windows(kgnd, odetta, ines):
    friday = KeyWindow(weekday=4, starts_at=time(22, 0), minutes=150)
    issued = issue_source_key(
        kgnd, person=odetta.person, role="studio", by=ines, now=NOW, windows=[friday]
    )

    (key,) = current_lineup().stations[0].keys

    assert key.id == issued.source_key.pk
    assert (key.person, key.role) == ("Odetta", Role.STUDIO)
    assert key.digest == digest_of(issued.key)
    assert key.windows == (Window(weekday=4, starts_at="22:00", minutes=150),)


def test_a_revoked_key_is_not_in_the_lineup(odettas_key, ines):
    revoke_source_key(odettas_key.source_key, by=ines, now=NOW)

    assert current_lineup().stations[0].keys == ()


def test_what_all_stations_share_arrives(kgnd):
    password = issue_monitor_password()
    Transmission.objects.update(address_privacy="none")

    lineup = current_lineup()

    assert lineup.admin_digest == digest_of(password)
    assert lineup.address_privacy is AddressPrivacy.NONE
    assert lineup.edition == Transmission.objects.edition()


def test_a_lineup_survives_the_wire(odettas_key):
    lineup = current_lineup()

    assert (
        msgspec.msgpack.decode(msgspec.msgpack.encode(lineup), type=LineupPublished)
        == lineup
    )


def test_a_lineup_costs_as_many_queries_for_ten_keys_as_for_one(
    odettas_key, kgnd, odetta, ines, django_assert_num_queries
):
    for _ in range(9):
        issue_source_key(kgnd, person=odetta.person, role="main", by=ines, now=NOW)

    with django_assert_num_queries(8):  # a savepoint's two, six of its own
        current_lineup()
