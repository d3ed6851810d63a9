"""A story of somebody else does not become ours by copying it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from groundwave.newsroom.models import Story
from syndication.carried import come, the_original


pytestmark = pytest.mark.django_db


@pytest.fixture
def story(connection) -> Story:
    come(connection)
    return the_original().story


def copied(client, page, **more):
    said = {
        "new_title": "Ours now",
        "new_slug": "ours-now",
        "new_parent_page": page.get_parent().pk,
        **more,
    }
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    return client.post(url, said, follow=True).content.decode()


def test_a_carried_story_is_not_copied(chief, story):
    assert "would stand here as ours" in copied(chief, story)
    assert Story.objects.count() == 1


def test_nor_with_the_section_that_it_is_in(chief, story):
    section = story.get_parent()
    assert "would stand here as ours" in copied(chief, section, copy_subpages="on")
    assert Story.objects.count() == 1


def test_a_section_is_copied_without_it_and_an_alias_is_made(chief, story):
    copied(chief, story, alias="on")
    copied(chief, story.get_parent())
    assert [each.alias_of_id for each in Story.objects.order_by("pk")] == [
        None,
        story.pk,
    ]


def test_what_is_ours_is_copied(chief, connection):
    ours = connection.section.add_child(instance=Story(title="Ours", slug="ours"))
    copied(chief, ours)
    assert Story.objects.count() == 2
