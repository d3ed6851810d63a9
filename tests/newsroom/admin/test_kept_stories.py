"""What readers were told of a story is kept, and the story with it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from groundwave.newsroom.models import ChangeKind, Story, StoryUpdate
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    chief = User.objects.create_superuser("chief@kgnd.example", "along the ground")
    client.force_login(chief)
    return client


@pytest.fixture
def told(story):
    StoryUpdate.objects.create(
        story=story,
        kind=ChangeKind.CORRECTION,
        text="One less.",
        is_significant=True,
        at=timezone.now(),
    )
    return story


@pytest.mark.parametrize("of", ["story", "section"])
def test_it_is_not_deleted_with_its_corrections(desk, told, of):
    page = told if of == "story" else told.get_parent()

    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    said = desk.post(url, follow=True).content.decode()

    assert "Unpublish it or kill it" in said
    assert Story.objects.filter(pk=told.pk).exists()


def test_nor_together_with_others(desk, told):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    said = desk.post(f"{url}?id={told.pk}", follow=True).content.decode()

    assert "Unpublish it or kill it" in said
    assert Story.objects.filter(pk=told.pk).exists()


def test_a_story_of_which_readers_were_told_nothing_may_go(desk, story):
    desk.post(reverse("wagtailadmin_pages:delete", args=[story.pk]))

    assert not Story.objects.filter(pk=story.pk).exists()
