from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW
from groundwave.stations.models import SourceIncident


pytestmark = pytest.mark.django_db

REFUSED = {
    "station": "kgnd",
    "kind": "refused",
    "outcome": "wrong_key",
    "sentence": "The password is not a source key.",
    "address": "192.0.2.7",
}


def test_an_encoder_that_tries_all_night_is_one_line_that_counts():
    for minute in range(5):
        SourceIncident.objects.note(at=NOW + timedelta(minutes=minute), **REFUSED)

    refusal = SourceIncident.objects.get()
    assert refusal.times == 5
    assert refusal.at == NOW + timedelta(minutes=4)


def test_another_encoder_is_another_line():
    SourceIncident.objects.note(at=NOW, **REFUSED)
    SourceIncident.objects.note(at=NOW, **{**REFUSED, "address": "192.0.2.8"})

    assert SourceIncident.objects.count() == 2


def test_what_happens_again_tomorrow_is_told_again():
    SourceIncident.objects.note(at=NOW, **REFUSED)
    SourceIncident.objects.note(at=NOW + timedelta(days=1), **REFUSED)

    assert SourceIncident.objects.count() == 2


def test_connections_are_never_folded_together():
    for _ in range(3):
        SourceIncident.objects.note(
            at=NOW, station="kgnd", kind="connected", role="studio", sentence=""
        )

    assert SourceIncident.objects.count() == 3


def test_the_timeline_is_newest_first_and_can_be_trimmed():
    for minute in range(10):
        SourceIncident.objects.note(
            at=NOW + timedelta(minutes=minute),
            station="kgnd",
            kind="connected",
            sentence=str(minute),
        )

    SourceIncident.objects.trim(keep=3)
    SourceIncident.objects.trim(keep=3)

    assert [each.sentence for each in SourceIncident.objects.all()] == ["9", "8", "7"]


def test_what_a_stranger_sent_is_cut_to_what_is_kept():
    SourceIncident.objects.note(at=NOW, **REFUSED, mount="/" + "x" * 500)
    SourceIncident.objects.note(at=NOW, **REFUSED, mount="/" + "x" * 600)

    refusal = SourceIncident.objects.get()
    assert refusal.mount == "/" + "x" * 119
    assert refusal.times == 2


def test_a_stranger_who_makes_up_a_mount_each_time_is_one_line():
    for number in range(5):
        SourceIncident.objects.note(
            at=NOW,
            station="",
            kind="refused",
            outcome="unknown_mount",
            sentence=f"There is no station at /{number}.",
            mount=f"/{number}",
            address="192.0.2.7",
            agent=f"program {number}",
        )

    assert SourceIncident.objects.get().times == 5


def test_refusals_never_push_out_what_happened():
    SourceIncident.objects.note(at=NOW, station="kgnd", kind="on_air", sentence="")
    for number in range(5):
        refused = {**REFUSED, "address": f"192.0.2.{number}"}
        SourceIncident.objects.note(at=NOW, **refused)

    SourceIncident.objects.refusals().trim(keep=2)
    SourceIncident.objects.of_the_air().trim(keep=1)

    assert SourceIncident.objects.refusals().count() == 2
    assert SourceIncident.objects.of_the_air().get().kind == "on_air"
