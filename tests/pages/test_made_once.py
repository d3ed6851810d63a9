"""A new page is made once, however often the form that it was written in is sent."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from groundwave.newsroom.models import Story
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


def editor(name):
    user = User.objects.create_user(f"{name}@kgnd.example", "along the ground")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def desk(client):
    client.force_login(editor("ida"))
    return client


@pytest.fixture
def add(news):
    return reverse("wagtailadmin_pages:add", args=["newsroom", "story", news.pk])


def opened(desk, add):
    """Open the form of a new story; return its key."""
    return desk.get(add).context["form"]["opened_as"].value()


def form(opened_as, text="It sank."):
    return nested_form_data(
        {
            "title": "Ferry sinks",
            "slug": "ferry-sinks",
            "opened_as": str(opened_as),
            "body": streamfield([("text", rich_text(f"<p>{text}</p>"))]),
            "bylines": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


def keep(desk, add, said):
    return desk.post(add, said, headers={"Accept": "application/json"}).json()


def test_publishing_what_the_desk_has_kept_unheard_of_publishes_that(desk, add):
    key = opened(desk, add)
    keep(desk, add, form(key))

    answer = desk.post(add, form(key, "It sank at noon.") | {"action-publish": "1"})

    assert answer.status_code == 302
    story = Story.objects.get()
    assert story.live
    assert "noon" in story.plain_text


def test_keeping_a_form_twice_keeps_one_draft(desk, add):
    key = opened(desk, add)
    first = keep(desk, add, form(key))

    second = keep(desk, add, form(key, "It sank at noon."))

    assert second["success"]
    story = Story.objects.get(pk=first["pk"])
    assert not story.live
    assert "noon" in story.get_latest_revision_as_object().plain_text


def test_another_form_makes_another_story(desk, add):
    keep(desk, add, form(opened(desk, add)))
    keep(desk, add, form(opened(desk, add)) | {"slug": "ferry-sinks-again"})

    assert Story.objects.count() == 2


def test_a_form_of_somebody_else_changes_nothing_of_mine(client, desk, add):
    key = opened(desk, add)
    keep(desk, add, form(key, "Mine."))
    client.force_login(editor("olga"))

    answer = keep(client, add, form(key, "Theirs."))

    assert not answer["success"]
    assert "Mine." in Story.objects.get().get_latest_revision_as_object().plain_text


def test_a_key_that_is_none_makes_a_story_of_its_own(desk, add):
    assert not keep(desk, add, form("no key"))["success"]
    assert keep(desk, add, form(""))["success"]


def test_somebody_elses_form_makes_another_page(desk, add, client):
    key = opened(desk, add)
    keep(desk, add, form(key))
    client.force_login(editor("jo"))

    client.post(add, form(key) | {"slug": "ferry-sinks-2"})

    assert sorted(Story.objects.values_list("slug", flat=True)) == [
        "ferry-sinks",
        "ferry-sinks-2",
    ]
