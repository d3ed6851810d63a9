"""What the desk refuses is not done by asking Wagtail's API for it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet

from groundwave.newsroom.models import Story
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("ines@kgnd.example", "x"))
    return client


def test_it_does_nothing_with_pages(chief, story):
    for action in PagesAdminAPIViewSet.actions:
        url = reverse("wagtailadmin_api:pages:action", args=[story.pk, action])
        assert chief.post(url, {}).status_code == 404, action

    assert list(Story.objects.values_list("pk", "live")) == [(story.pk, True)]


def test_it_answers(chief, story):
    url = reverse("wagtailadmin_api:pages:detail", args=[story.pk])

    assert chief.get(url).json()["title"] == story.title
