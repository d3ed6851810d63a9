"""The desk at which a story is written asks what changed before readers see it."""

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

from groundwave.newsroom.models import ChangeKind, Story
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """An editor who has signed in."""
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    return client


def form(number, **answer):
    facts = {
        "title": "Ferry sinks off Marrow Bay",
        "slug": "ferry-sinks",
        "dek": "The search goes on.",
        "change_is_significant": "on",
        "body": streamfield(
            [("text", rich_text(f"<p>At least {number} people are missing.</p>"))]
        ),
        "bylines": inline_formset([]),
        "comments": inline_formset([]),
        **answer,
    }
    return nested_form_data(facts)


def edit(desk, story, said):
    return desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), said)


def test_a_number_that_changed_is_asked_about(desk, story):
    response = edit(desk, story, form(42) | {"action-publish": "1"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "“32” is now “42”" in page
    story.refresh_from_db()
    assert "32" in story.plain_text


def test_a_draft_may_be_as_it_likes(desk, story):
    assert edit(desk, story, form(42)).status_code == 302

    story.refresh_from_db()
    assert "32" in story.plain_text
    assert "42" in story.get_latest_revision_as_object().plain_text


def test_an_answer_is_told_to_readers(desk, story):
    answer = {"change_kind": ChangeKind.UPDATE, "change_text": "Ten more are missing."}

    response = edit(desk, story, form(42, **answer) | {"action-publish": "1"})

    assert response.status_code == 302
    update = story.updates.get()
    assert update.text == "Ten more are missing."
    assert update.by == Story.objects.get(pk=story.pk).latest_revision.user


def test_the_next_change_is_asked_about_anew(desk, story):
    answer = {"change_kind": ChangeKind.TYPO}
    edit(desk, story, form(42, **answer) | {"action-publish": "1"})

    page = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    response = edit(desk, story, form(43) | {"action-publish": "1"})

    assert page.context["form"].initial["change_kind"] == ""
    assert "“42” is now “43”" in response.content.decode()


def test_an_answer_is_kept_with_the_draft_it_was_given_of(desk, story):
    answer = {"change_kind": ChangeKind.UPDATE, "change_text": "Ten more."}
    edit(desk, story, form(42, **answer))

    page = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))

    assert page.context["form"].initial["change_text"] == "Ten more."


def test_an_answer_of_yesterday_is_no_answer_for_a_number_of_today(desk, story):
    answer = {"change_kind": ChangeKind.UPDATE, "change_text": "Ten more are missing."}
    edit(desk, story, form(42, **answer))

    asked = edit(desk, story, form(43, **answer) | {"action-publish": "1"})

    assert "“42” is now “43”" in asked.content.decode()
    assert not story.updates.exists()
    seen = asked.context["form"]["answer_covers"]
    assert str(seen) in asked.content.decode()
    again = form(43, **answer, answer_covers=seen.value()) | {"action-publish": "1"}
    assert edit(desk, story, again).status_code == 302
    assert story.updates.get().text == "Ten more are missing."


def test_who_has_seen_one_number_is_asked_of_the_next(desk, story):
    answer = {"change_kind": ChangeKind.UPDATE, "change_text": "More are missing."}
    edit(desk, story, form(42, **answer))
    asked = edit(desk, story, form(43, **answer) | {"action-publish": "1"})
    answer["answer_covers"] = asked.context["form"]["answer_covers"].value()

    response = edit(desk, story, form(44, **answer) | {"action-publish": "1"})

    assert "“42” is now “44”" in response.content.decode()


def test_what_readers_never_had_is_asked_about_by_nobody(desk, news):
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "story", news.pk])
    desk.post(add, form(32))

    response = edit(desk, Story.objects.get(), form(33) | {"action-publish": "1"})

    assert response.status_code == 302


def test_an_answer_that_is_new_covers_what_is_new(desk, story):
    answer = {"change_kind": ChangeKind.UPDATE, "change_text": "Ten more are missing."}
    edit(desk, story, form(42, **answer))
    answer["change_text"] = "Eleven more are missing."

    response = edit(desk, story, form(43, **answer) | {"action-publish": "1"})

    assert response.status_code == 302


def test_a_correction_without_words_is_refused_in_words(desk, story):
    answer = {"change_kind": ChangeKind.CORRECTION}

    response = edit(desk, story, form(42, **answer) | {"action-publish": "1"})

    assert "not a change to hide" in response.content.decode()


def test_a_story_is_written_from_nothing(desk, news):
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "story", news.pk])
    assert desk.get(add).status_code == 200

    response = desk.post(add, form(32) | {"action-publish": "1"})

    assert response.status_code == 302
    assert Story.objects.get().live


def previewed(desk, view, *args):
    """Return the preview of what the form *view* is filled in with."""
    address = reverse(view, args=args)
    assert desk.post(address, form(32)).json()["is_valid"]
    return desk.get(address, {"mode": ""}).content.decode()


def test_a_story_is_previewed_before_it_was_ever_saved(desk, news):
    add = ("newsroom", "story", news.pk)

    page = previewed(desk, "wagtailadmin_pages:preview_on_add", *add)

    assert "At least 32 people are missing." in page
    assert not Story.objects.exists()


def test_a_draft_that_was_never_published_is_previewed(desk, news):
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "story", news.pk])
    desk.post(add, form(40))

    page = previewed(desk, "wagtailadmin_pages:preview_on_edit", Story.objects.get().pk)

    assert "At least 32 people are missing." in page


def test_what_a_reader_reads_first_is_called_a_headline(desk, story):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))

    field = page.context["form"]["title"]
    assert "Headline" in page.content.decode()
    assert "Page title" not in page.content.decode()
    assert field.id_for_label == "id_title"
