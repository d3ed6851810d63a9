"""A story of somebody else does not become ours by copying it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from groundwave.delivery.stories import own_stories
from groundwave.newsroom.models import Story
from groundwave.syndication.models import Connection
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


@pytest.fixture
def alias(story) -> Story:
    return story.create_alias(parent=story.get_parent(), update_slug="alias")


def test_an_alias_of_it_becomes_no_story_of_ours(sign_in, story, alias):
    client = sign_in("Editor")
    convert = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])

    said = client.post(convert, follow=True).content.decode()

    assert "would stand here as ours" in said
    assert Story.objects.get(pk=alias.pk).alias_of_id == story.pk


@pytest.mark.parametrize("way", [{}, {"alias": "on"}])
def test_an_alias_of_it_is_not_copied_nor_shown_by_another(sign_in, alias, way):
    client = sign_in("Editor")

    copied(client, alias, **way)
    copied(client, alias.get_parent(), copy_subpages="on", **way)

    assert Story.objects.count() == 2
    assert not own_stories().exists()


def test_an_alias_goes_when_the_story_is_deleted(chief, story, alias):
    chief.post(reverse("wagtailadmin_pages:delete", args=[story.pk]))

    assert not Story.objects.exists()


def test_so_does_one_that_stands_in_the_same_section(story, alias):
    section = story.get_parent()
    Connection.objects.update(section=section.get_parent())

    section.delete()

    assert not Story.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_alias_of_ours_becomes_a_story_of_its_own(chief, connection):
    ours = connection.section.add_child(instance=Story(title="Ours", slug="ours"))
    alias = ours.create_alias(parent=ours.get_parent(), update_slug="alias")

    chief.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    ours.delete()

    assert Story.objects.get().alias_of_id is None


def test_what_is_ours_is_copied(chief, connection):
    ours = connection.section.add_child(instance=Story(title="Ours", slug="ours"))
    copied(chief, ours)
    assert Story.objects.count() == 2
