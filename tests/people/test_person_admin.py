from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from groundwave.people.models import Person, User
from groundwave.programming.models import Host, Show


pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = User.objects.create_superuser("ada@kgnd.example", "along the ground")
    client.force_login(user)
    return client


def test_the_form_asks_for_a_name_with_a_label_that_is_seen(administrator):
    page = administrator.get(reverse("people:add")).content.decode()

    assert "w-panel title" not in page
    assert 'data-w-sync-target-value="#id_slug"' in page


def test_a_person_is_introduced_to_the_public(administrator):
    ida = Person.objects.create(name="Ida Marsh", slug="ida-marsh")

    response = administrator.post(
        reverse("people:edit", args=[ida.pk]),
        {
            "name": "Ida Marsh",
            "slug": "ida-marsh",
            "role_line": "Reporter",
            "biography": '{"entityMap": {}, "blocks": [{"key": "a", "text": "Up early.",'
            ' "type": "unstyled", "depth": 0, "inlineStyleRanges": [],'
            ' "entityRanges": []}]}',
        },
    )

    assert response.status_code == 302
    page = administrator.get("/people/ida-marsh/").content.decode()
    assert "Reporter" in page
    assert "Up early." in page


def test_somebody_whom_nothing_names_is_deleted(administrator):
    ida = Person.objects.create(name="Ida Marsh", slug="ida-marsh")

    administrator.post(reverse("people:delete", args=[ida.pk]))

    assert not Person.objects.filter(pk=ida.pk).exists()


def test_who_hosts_a_show_and_has_a_key_stays_and_the_administrator_reads_why(
    administrator, odetta, odettas_key
):
    show = Show.objects.create(title="Morning Light", slug="morning-light")
    Host.objects.create(show=show, person=odetta.person)

    url = reverse("people:delete", args=[odetta.person.pk])
    page = administrator.post(url, follow=True).content.decode()

    sentence = (
        "Odetta cannot be deleted, because there is still a host and a source key"
    )
    assert sentence in unescape(page)
    assert Person.objects.filter(pk=odetta.person.pk).exists()
