from __future__ import annotations

import pytest
from django.urls import reverse

from groundwave.people.models import User
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = User.objects.create_superuser("ada@kgnd.example", "along the ground")
    client.force_login(user)
    return client


@pytest.fixture
def licensee():
    return Licensee.objects.create(name="KGND Community Radio")


def form(**more):
    usual = {
        "name": "KGND Community Radio",
        "timezone": "America/Denver",
        "links-TOTAL_FORMS": "0",
        "links-INITIAL_FORMS": "0",
        "links-MIN_NUM_FORMS": "0",
        "links-MAX_NUM_FORMS": "1000",
    }
    return usual | more


def edit(administrator, licensee, **more):
    url = reverse("licensees:edit", args=[licensee.pk])
    return administrator.post(url, form(**more))


def test_the_licensee_says_how_the_site_looks_and_asks(administrator, licensee):
    response = edit(
        administrator,
        licensee,
        accent="#4a00e0",
        support_url="https://give.kgnd.example/",
        **{
            "links-TOTAL_FORMS": "1",
            "links-0-label": "Mastodon",
            "links-0-url": "https://social.example/@kgnd",
            "links-0-ORDER": "1",
        },
    )

    assert response.status_code == 302
    licensee.refresh_from_db()
    assert licensee.accent == "#4a00e0"
    assert licensee.timezone == "America/Denver"
    assert licensee.links.get().label == "Mastodon"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("accent", "#ffee00", "The nearest that can be read is #"),
        ("accent", "tomato", "Write one such as #b8330f."),
        ("timezone", "Mars/Olympus", "is not a time zone"),
        ("support_url", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    administrator, licensee, field, value, sentence
):
    response = edit(administrator, licensee, **{field: value})

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_new_station_begins_with_the_licensees_zone(administrator):
    Licensee.objects.create(name="KGND", timezone="America/Denver")

    page = administrator.get(reverse("stations:add")).content.decode()

    assert '<option value="America/Denver" selected>' in page
