from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from groundwave.patchbay.messages import LineupPublished
from groundwave.programming.actions import pre_empt
from groundwave.programming.models import Show
from groundwave.stations.models import Licensee, Station
from groundwave.transmitter.standby import BUILT_IN


pytestmark = pytest.mark.django_db


def form(licensee, **more):
    usual = {
        "name": "KGND",
        "slug": "kgnd",
        "licensee": licensee.pk,
        "timezone": "America/Denver",
        "position": "0",
        "grace_seconds": "2",
        "silence_seconds": "15",
        "silence_dbfs": "-50",
        "return_seconds": "3",
        "burst_seconds": "4",
        "tape_hours": "336",
        "max_listeners": "0",
        "mounts-TOTAL_FORMS": "0",
        "mounts-INITIAL_FORMS": "0",
        "mounts-MIN_NUM_FORMS": "0",
        "mounts-MAX_NUM_FORMS": "1000",
    }
    return usual | more


def test_a_station_is_opened_with_mounts_and_the_transmitter_told(post, transmitter):
    licensee = Licensee.objects.create(name="KGND Community Radio")

    response = post(reverse("stations:add"), form(licensee))

    assert response.status_code == 302
    station = Station.objects.get()
    assert [mount.path for mount in station.mounts.all()] == ["/kgnd.mp3", "/kgnd.aac"]
    assert transmitter.next_heard(LineupPublished).stations[0].slug == "kgnd"


def test_a_change_reaches_the_transmitter(post, transmitter, kgnd):
    first, second = kgnd.mounts.all()
    mounts = {"mounts-TOTAL_FORMS": "2", "mounts-INITIAL_FORMS": "2"}
    for number, mount in enumerate((first, second)):
        mounts |= {
            f"mounts-{number}-id": mount.pk,
            f"mounts-{number}-path": mount.path,
            f"mounts-{number}-codec": mount.codec,
            f"mounts-{number}-bitrate_kbps": 192,
            f"mounts-{number}-sample_rate": mount.sample_rate,
            f"mounts-{number}-channels": mount.channels,
        }

    url = reverse("stations:edit", args=[kgnd.pk])
    response = post(url, form(kgnd.licensee, name="KGND 89.3", **mounts))

    assert response.status_code == 302
    (line,) = transmitter.next_heard(LineupPublished).stations
    assert line.name == "KGND 89.3"
    assert {mount.bitrate_kbps for mount in line.mounts} == {192}


def test_a_station_that_is_deleted_goes_off_the_air(post, transmitter, kgnd, ines):
    ines.groups.set([Group.objects.get(name="Administrator")])

    post(reverse("stations:delete", args=[kgnd.pk]))

    assert transmitter.next_heard(LineupPublished).stations == ()


def test_a_station_that_aired_something_is_kept_and_that_is_said(post, kgnd, ines):
    ines.groups.set([Group.objects.get(name="Administrator")])
    now = timezone.now()
    jazz = Show.objects.create(title="Jazz", slug="jazz")
    pre_empt(kgnd, show=jazz, starts_at=now, ends_at=now + timedelta(hours=1), now=now)

    page = post(reverse("stations:delete", args=[kgnd.pk]), follow=True)

    assert "what was heard stays known. End its slots" in page.content.decode()
    assert Station.objects.get() == kgnd


def test_the_dashboard_leads_the_first_engineer_to_the_air(engineer, kgnd, odettas_key):
    page = engineer.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("air:index") in page
    assert "See what is on the air" in page


def test_a_mount_that_no_encoder_makes_is_refused_in_words(post, kgnd):
    mounts = {"mounts-TOTAL_FORMS": "2", "mounts-INITIAL_FORMS": "2"}
    for number, mount in enumerate(kgnd.mounts.all()):
        mounts |= {
            f"mounts-{number}-id": mount.pk,
            f"mounts-{number}-path": mount.path,
            f"mounts-{number}-codec": mount.codec,
            f"mounts-{number}-bitrate_kbps": 320,
            f"mounts-{number}-sample_rate": mount.sample_rate,
            f"mounts-{number}-channels": 1,
        }

    response = post(
        reverse("stations:edit", args=[kgnd.pk]), form(kgnd.licensee, **mounts)
    )

    assert "Choose 256 kbit/s or less." in response.content.decode()
    assert {mount.channels for mount in Station.objects.get().mounts.all()} == {2}


@pytest.mark.parametrize("slug", ["Harbour FM", "Harbour", "-harbour"])
def test_an_address_that_cannot_be_is_refused_in_our_words(post, slug):
    licensee = Licensee.objects.create(name="KGND Community Radio")

    page = post(reverse("stations:add"), form(licensee, slug=slug)).content.decode()

    assert page.count("letters, digits and hyphens only, such as harbour-fm.") == 1
    assert "Enter a valid" not in page


def test_the_name_writes_the_address_of_a_new_station_only(engineer, kgnd):
    new = engineer.get(reverse("stations:add")).content.decode()
    old = engineer.get(reverse("stations:edit", args=[kgnd.pk])).content.decode()

    assert "w-sync#apply" in new
    assert "w-sync#apply" not in old


# --- the standby sound ---


def standby(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>Not found</title>" * 50, "a web page"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 4000, "a PNG picture"),
        (b"RIFF\x24\0\0\0WAVEfmt nonsense" * 40, "No sound could be made out"),
    ],
)
def test_a_standby_sound_that_cannot_be_heard_is_refused_on_the_form(
    post, content, why
):
    licensee = Licensee.objects.create(name="KGND Community Radio")
    facts = form(licensee, standby=standby("standby.mp3", content))

    page = unescape(post(reverse("stations:add"), facts).content.decode())

    assert why in page
    assert not Station.objects.exists()


def test_a_standby_sound_that_sounds_is_kept(post):
    licensee = Licensee.objects.create(name="KGND Community Radio")
    sound = BUILT_IN.read_bytes()

    response = post(
        reverse("stations:add"), form(licensee, standby=standby("rest.mp3", sound))
    )

    assert response.status_code == 302
    with Station.objects.get().standby.open() as kept:
        assert kept.read() == sound
