from __future__ import annotations

import re

import pytest

from groundwave.project.cli.source_key import Unissued, print_new_key
from groundwave.stations.keys import digest_of
from groundwave.stations.models import SourceKey


pytestmark = pytest.mark.django_db

KEY = re.compile(r"^  ([a-z2-9]{5}(?:-[a-z2-9]{5}){6})$", re.MULTILINE)


def printed(capsys, slug="kgnd", *, person="Odetta", role="studio"):
    print_new_key(slug, person=person, role=role)
    return capsys.readouterr().out


def test_the_key_that_is_printed_is_the_key_that_was_issued(kgnd, capsys):
    said = printed(capsys)

    issued = SourceKey.objects.get()
    (key,) = KEY.findall(said)
    assert digest_of(key) == issued.digest
    assert (str(issued.person), issued.role) == ("Odetta", "studio")
    assert "shown this once" in said


def test_every_encoder_s_settings_are_there_to_be_copied(kgnd, capsys):
    said = printed(capsys, role="backup")

    (key,) = KEY.findall(said)
    for program in ("BUTT", "Mixxx", "Liquidsoap", "ffmpeg"):
        assert f"{program}: " in said
    assert said.count(key) == 5
    assert f"icecast://source:{key}@localhost:8000/kgnd" in said


def test_nothing_is_broken_over_two_lines(kgnd, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    said = printed(capsys)

    assert KEY.findall(said)[0] in said.splitlines()[-2 - 1] or "ffmpeg -re -i" in said
    assert re.search(r"icecast://source:\S+@localhost:8000/kgnd$", said, re.MULTILINE)


def test_it_is_said_when_the_key_begins_to_work(
    kgnd, capsys, transmitter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        said = printed(capsys)
    assert "It works from now on." in said or "in a moment" in said


def test_without_a_transmitter_the_key_waits_for_it(kgnd, capsys):
    assert "The transmitter is not running" in printed(capsys)


def test_the_public_address_of_the_air_is_where_encoders_go(kgnd, capsys, settings):
    settings.GROUNDWAVE_AIR_URL = "https://air.kgnd.example"
    assert "@air.kgnd.example:443/kgnd" in printed(capsys)


def test_a_station_that_is_not_there_is_a_sentence_that_names_those_that_are(kgnd):
    with pytest.raises(Unissued, match="there is: kgnd"):
        print_new_key("kgnx", person="Odetta", role="studio")


def test_no_key_is_issued_for_nobody(db):
    with pytest.raises(Unissued, match="none yet"):
        print_new_key("kgnd", person="Odetta", role="studio")
    assert not SourceKey.objects.exists()
