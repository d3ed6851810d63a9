from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from conftest import NOW
from groundwave.stations.models import KeyWindow, Mount, SourceKey, Transmission
from groundwave.stations.models.station import BITRATES, Codec


pytestmark = pytest.mark.django_db


def test_the_database_knows_what_a_mount_is(kgnd):
    with pytest.raises(IntegrityError, match="mount_path_starts_with_a_slash"):
        Mount.objects.create(station=kgnd, path="kgnd.ogg", codec="mp3")


def test_a_mount_is_mono_or_stereo(kgnd):
    with pytest.raises(IntegrityError, match="mount_is_mono_or_stereo"):
        Mount.objects.create(station=kgnd, path="/five.mp3", codec="mp3", channels=5)


@pytest.mark.parametrize(
    ("facts", "most"),
    [
        ({"codec": "aac", "channels": 1, "bitrate_kbps": 320}, "mono at 44.1 kHz"),
        (
            {
                "codec": "aac",
                "channels": 1,
                "bitrate_kbps": 320,
                "sample_rate": 48000,
            },
            "Choose 256 kbit/s or less.",
        ),
    ],
)
def test_a_mount_that_no_encoder_makes_is_refused_with_a_sentence(kgnd, facts, most):
    with pytest.raises(ValidationError) as refused:
        Mount(station=kgnd, path="/three.aac", **facts).full_clean()

    (sentence,) = refused.value.message_dict["bitrate_kbps"]
    assert most in sentence


def test_every_other_mount_that_can_be_chosen_can_be_made(kgnd):
    facts = itertools.product(Codec, BITRATES, (44100, 48000), (1, 2))
    for codec, bitrate_kbps, sample_rate, channels in facts:
        if (codec, bitrate_kbps, channels) != (Codec.AAC, 320, 1):
            Mount(
                station=kgnd,
                path=f"/three.{codec}",
                codec=codec,
                bitrate_kbps=bitrate_kbps,
                sample_rate=sample_rate,
                channels=channels,
            ).full_clean()


@pytest.mark.parametrize(
    ("path", "codec", "sentence"),
    [
        (
            "/harbour.mp3",
            "aac",
            "/harbour.mp3 says MP3; end it with .aac or choose MP3.",
        ),
        (
            "/harbour.aac",
            "mp3",
            "/harbour.aac says AAC; end it with .mp3 or choose AAC.",
        ),
    ],
)
def test_a_mount_s_path_and_codec_say_the_same(kgnd, path, codec, sentence):
    with pytest.raises(ValidationError) as refused:
        Mount(station=kgnd, path=path, codec=codec).full_clean()

    assert refused.value.message_dict == {"path": [sentence]}


def test_a_mount_without_a_sample_rate_complains_of_that_alone(kgnd):
    with pytest.raises(ValidationError) as refused:
        Mount(
            station=kgnd, path="/three.aac", codec="aac", sample_rate=None
        ).full_clean()

    assert set(refused.value.message_dict) == {"sample_rate"}


def test_sessions_are_kept_for_at_least_a_day():
    with pytest.raises(IntegrityError, match="sessions_are_kept_for_at_least_a_day"):
        Transmission.objects.create(pk=1, session_days=0)


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
        ("relays", "http://[bad/x"),
        ("relays", "http://one.example:99999/live"),
        ("charset", "rot13"),
        ("charset", "klingon"),
        ("charset", "mac_roman"),  # which titles are never read by
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
