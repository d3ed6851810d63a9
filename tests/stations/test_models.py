from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from conftest import NOW
from groundwave.stations.models import KeyWindow, Mount, SourceKey, Transmission


pytestmark = pytest.mark.django_db


def test_the_database_knows_what_a_mount_is(kgnd):
    with pytest.raises(IntegrityError, match="mount_path_starts_with_a_slash"):
        Mount.objects.create(station=kgnd, path="kgnd.ogg", codec="mp3")


def test_a_mount_is_mono_or_stereo(kgnd):
    with pytest.raises(IntegrityError, match="mount_is_mono_or_stereo"):
        Mount.objects.create(station=kgnd, path="/five.mp3", codec="mp3", channels=5)


def test_a_key_is_revoked_after_it_is_issued(odettas_key):
    with pytest.raises(
        IntegrityError, match="source_key_is_revoked_after_it_is_issued"
    ):
        SourceKey.objects.update(revoked_at=NOW - timedelta(days=1))


def test_a_window_lasts_at_most_a_week(odettas_key):
    with pytest.raises(IntegrityError, match="window_lasts_at_most_a_week"):
        KeyWindow.objects.create(
            key=odettas_key.source_key, weekday=0, starts_at="00:00", minutes=10081
        )


def test_there_is_one_transmission():
    Transmission.objects.current()

    with pytest.raises(IntegrityError, match="there_is_one_transmission"):
        Transmission.objects.create(pk=2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("relays", "file:///etc/passwd"),
        ("relays", "not an address"),
        ("charset", "rot13"),
        ("charset", "klingon"),
        ("grace_seconds", -1),
        ("burst_seconds", 3600),
        ("tape_hours", 0),
        ("timezone", "../../etc/passwd"),
        ("timezone", ""),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(kgnd, field, value):
    setattr(kgnd, field, value)

    with pytest.raises(ValidationError) as refused:
        kgnd.full_clean()

    assert field in refused.value.message_dict


def test_a_person_with_keys_cannot_be_deleted(odettas_key, odetta):
    with pytest.raises(IntegrityError):
        odetta.person.delete()
