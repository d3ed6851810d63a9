"""Networks at the desk: a key that stays unseen, a prefix that stays."""

from __future__ import annotations

import pytest
from django.urls import reverse

from groundwave.syndication.models import Dispatch, Network


pytestmark = pytest.mark.django_db

KEY = "the-secret-of-the-network"
SAID = {
    "name": "Longwave",
    "address": "https://content.far-shore.example",
    "key": KEY,
    "prefix": "kgnd",
    "service": "https://organization.far-shore.example/v4/services/s900",
    "collections": "",
    "is_active": "on",
}


@pytest.fixture
def network():
    return Network.objects.create(**SAID | {"is_active": True})


def test_an_administrator_adds_one_and_its_key_is_never_shown(chief):
    chief.post(reverse("networks:add"), SAID)

    network = Network.objects.get()
    assert network.key == KEY
    edit = reverse("networks:edit", args=[network.pk])
    for url in (reverse("networks:index"), edit):
        assert KEY not in chief.get(url).content.decode()

    chief.post(edit, SAID | {"key": "", "name": "Longwave 2"})
    network.refresh_from_db()
    assert (network.name, network.key) == ("Longwave 2", KEY)


def test_the_prefix_stays_once_something_was_published_under_it(chief, network):
    edit = reverse("networks:edit", args=[network.pk])
    chief.post(edit, SAID | {"prefix": "other"})
    network.refresh_from_db()
    assert network.prefix == "other"

    Dispatch.objects.create(network=network, document_id="other-1")
    assert "would be nobody" in chief.get(edit).content.decode()
    chief.post(edit, SAID | {"prefix": "third"})

    network.refresh_from_db()
    assert network.prefix == "other"


def test_one_that_has_stories_of_ours_is_kept(chief, network):
    Dispatch.objects.create(network=network, document_id="kgnd-1")

    url = reverse("networks:delete", args=[network.pk])
    page = chief.post(url, follow=True).content.decode()

    assert "Untick that you publish there instead." in page
    assert Network.objects.exists()


def test_an_editor_sees_them_and_changes_none(sign_in, network):
    editor = sign_in("Editor")
    assert "Longwave" in editor.get(reverse("networks:index")).content.decode()

    for verb in ("edit", "delete"):
        url = reverse(f"networks:{verb}", args=[network.pk])
        assert editor.post(url, SAID | {"name": "Mine"}).status_code == 302
    network.refresh_from_db()
    assert network.name == "Longwave"


def test_a_host_does_not_see_them(sign_in, network):
    assert sign_in("Host").get(reverse("networks:index")).status_code == 302
