from __future__ import annotations

import pytest
from django.urls import reverse

from groundwave.people.models import Person, User


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
