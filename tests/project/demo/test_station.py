from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groundwave.project.demo.station import SLUG, open_demo_station, station_of
from groundwave.stations.actions import revoke_source_key
from groundwave.stations.models import SourceKey, Station


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def test_the_key_lets_the_studio_on_its_own_station():
    key = open_demo_station(NOW)

    station = station_of(key)
    assert station is not None
    assert (station.slug, station.name) == (SLUG, "KGND 89.3")


def test_the_studio_sends_the_main_programme_and_leaves_the_other_places_free():
    open_demo_station(NOW)

    assert [key.role for key in SourceKey.objects.all()] == ["main"]
    assert sorted(Station.objects.get().mounts.values_list("path", flat=True)) == [
        f"/{SLUG}.aac",
        f"/{SLUG}.mp3",
    ]


def test_revoking_the_key_ends_the_demo():
    key = open_demo_station(NOW)
    revoke_source_key(SourceKey.objects.get(), by=None, now=NOW)

    assert station_of(key) is None


def test_a_station_that_moves_takes_its_studio_along():
    key = open_demo_station(NOW)
    Station.objects.update(slug="kmbr")

    station = station_of(key)
    assert station is not None
    assert station.slug == "kmbr"
