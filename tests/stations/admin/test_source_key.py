from __future__ import annotations

import re

import pytest
from django.urls import reverse

from groundwave.stations.models import SourceKey


pytestmark = pytest.mark.django_db

NO_WINDOWS = {
    "windows-TOTAL_FORMS": "0",
    "windows-INITIAL_FORMS": "0",
    "windows-MIN_NUM_FORMS": "0",
    "windows-MAX_NUM_FORMS": "1000",
}


def issue(client, kgnd, odetta, **more):
    form = {"person": odetta.person.pk, "station": kgnd.pk, "role": "studio"}
    return client.post(reverse("source_keys:add"), form | NO_WINDOWS | more)


def key_on(page):
    return re.search(r"(?:[a-z2-9]{5}-){6}[a-z2-9]{5}", page.content.decode()).group()


def test_the_key_is_on_the_page_that_answers_and_on_no_page_after_it(
    engineer, kgnd, odetta
):
    page = issue(engineer, kgnd, odetta)

    key = key_on(page)
    source_key = SourceKey.objects.get()
    assert source_key.issued_by.email == "ines@kgnd.example"
    assert "no-store" in page.headers["Cache-Control"]
    for name, args in (
        ("source_keys:index", []),
        ("source_keys:edit", [source_key.pk]),
        ("source_keys:history", [source_key.pk]),
    ):
        later = engineer.get(reverse(name, args=args))
        assert later.status_code == 200
        assert key not in later.content.decode()


def test_the_key_comes_with_what_to_type_into_each_encoder(engineer, kgnd, odetta):
    page = issue(engineer, kgnd, odetta).content.decode()

    for name in ("BUTT", "Mixxx", "Liquidsoap", "ffmpeg"):
        assert f">{name}</h3>" in page
    assert "icecast://source:" in page
    assert "@testserver:8000/kgnd" in page


def test_a_key_can_be_limited_to_a_show(engineer, kgnd, odetta):
    friday = {
        "windows-TOTAL_FORMS": "1",
        "windows-0-weekday": "4",
        "windows-0-starts_at": "22:00",
        "windows-0-minutes": "150",
    }

    issue(engineer, kgnd, odetta, **friday)

    window = SourceKey.objects.get().windows.get()
    assert (window.weekday, window.minutes) == (4, 150)


def test_an_incomplete_form_issues_nothing(engineer, kgnd, odetta):
    page = issue(engineer, kgnd, odetta, person="")

    assert page.status_code == 200
    assert not SourceKey.objects.exists()


def test_the_engineer_learns_that_the_transmitter_is_away(engineer, kgnd, odetta):
    page = issue(engineer, kgnd, odetta)

    assert "told by itself" in page.content.decode()


def test_or_that_it_has_taken_the_key_in(engineer, transmitter, kgnd, odetta):
    transmitter.edition = 1_000_000

    page = issue(engineer, kgnd, odetta)

    assert "in force now" in page.content.decode()


def test_revoking_asks_first(engineer, odettas_key):
    url = reverse("source_keys:revoke", args=[odettas_key.source_key.pk])

    page = engineer.get(url)

    assert odettas_key.source_key.hint in page.content.decode()
    assert SourceKey.objects.live().exists()

    engineer.post(url)

    assert not SourceKey.objects.live().exists()


def test_revoking_twice_says_so(engineer, odettas_key):
    url = reverse("source_keys:revoke", args=[odettas_key.source_key.pk])
    engineer.post(url)

    page = engineer.post(url, follow=True)

    assert "revoked already" in page.content.decode()


def test_a_key_is_never_deleted(engineer, odettas_key):
    page = engineer.post(f"/admin/source-keys/delete/{odettas_key.source_key.pk}/")

    assert page.status_code == 404
    assert SourceKey.objects.exists()


def test_a_host_can_neither_issue_nor_revoke(client, odetta, kgnd, odettas_key):
    client.force_login(odetta)

    issue(client, kgnd, odetta)
    client.post(reverse("source_keys:revoke", args=[odettas_key.source_key.pk]))

    assert SourceKey.objects.live().count() == 1
