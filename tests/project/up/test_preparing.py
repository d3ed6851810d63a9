from __future__ import annotations

import stat

import pytest

from groundwave.pages.models import Recording
from groundwave.patchbay.lineup import load_lineup, save_lineup
from groundwave.patchbay.messages import LineupPublished
from groundwave.programming.models import Episode
from groundwave.project.demo.key import kept_key, key_file
from groundwave.project.up.preparing import (
    demo_station,
    keep_lineup,
    record_demo,
    site_ready,
)
from groundwave.stations.models import SourceKey, Station


pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings):
    return settings.GROUNDWAVE


def test_a_new_installation_gets_a_demo_station_and_a_key_that_fits(here):
    assert demo_station(here, wanted=True) == "kgnd"

    station = Station.objects.get()
    assert str(station) == "KGND 89.3"
    assert [mount.path for mount in station.mounts.all()] == ["/kgnd.mp3", "/kgnd.aac"]
    assert stat.S_IMODE(key_file(here).stat().st_mode) == 0o600
    assert kept_key(here)


def test_the_demo_station_is_opened_once(here):
    demo_station(here, wanted=True)
    key = kept_key(here)

    assert demo_station(here, wanted=True) == "kgnd"
    assert Station.objects.count() == 1
    assert kept_key(here) == key


def test_without_the_demo_there_is_neither_station_nor_studio(here):
    assert demo_station(here, wanted=False) == ""
    assert not Station.objects.exists()


def test_a_station_of_somebody_s_own_is_left_alone(here, kgnd):
    assert demo_station(here, wanted=True) == ""
    assert list(Station.objects.all()) == [kgnd]


def test_the_studio_stays_off_when_its_key_was_revoked(here):
    from django.utils import timezone

    demo_station(here, wanted=True)
    SourceKey.objects.update(revoked_at=timezone.now())

    assert demo_station(here, wanted=True) == ""


def test_a_transmitter_that_has_no_lineup_is_given_one(here, kgnd):
    keep_lineup(here)

    lineup = load_lineup(here.lineup_file)
    assert [station.slug for station in lineup.stations] == ["kgnd"]


def test_a_lineup_that_the_transmitter_has_is_its_own(here, kgnd):
    theirs = LineupPublished(edition=7, stations=())
    save_lineup(here.lineup_file, theirs)

    keep_lineup(here)

    assert load_lineup(here.lineup_file) == theirs


def test_a_damaged_lineup_is_replaced(here, kgnd):
    here.lineup_file.parent.mkdir(parents=True)
    here.lineup_file.write_text("{")

    keep_lineup(here)

    assert load_lineup(here.lineup_file).stations


def test_who_starts_it_first_is_given_the_administrator_s_link(client, kgnd):
    ready = site_ready()

    assert [(station.slug, station.name) for station in ready.stations] == [
        ("kgnd", "KGND")
    ]
    assert client.get(ready.welcome).status_code == 200


def test_where_there_is_an_administrator_no_link_is_made(django_user_model):
    django_user_model.objects.create_superuser("ines@kgnd.example", "along the ground")

    assert site_ready().welcome == ""


def test_the_demos_episode_is_recorded_once_and_after_the_air_is_ready(here):
    demo_station(here, wanted=True)
    assert not Recording.objects.exists()

    record_demo(here)
    assert Episode.objects.get(audio__isnull=False).audio == Recording.objects.get()

    Episode.objects.all().delete()
    record_demo(here)
    assert not Episode.objects.exists()


def test_a_machine_too_slow_to_measure_it_starts_without_it(here, monkeypatch, capsys):
    monkeypatch.setattr("groundwave.audio.measuring.MOST_SECONDS", 0.001)
    demo_station(here, wanted=True)

    record_demo(here)

    assert not Recording.objects.exists()
    assert "The demo goes without an episode" in capsys.readouterr().err


def test_a_week_of_somebody_s_own_gets_no_episode(here, kgnd):
    record_demo(here)

    assert not Recording.objects.exists()
