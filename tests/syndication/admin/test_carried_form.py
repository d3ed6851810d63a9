"""A form that was opened before its origin corrected a carried story."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from groundwave.newsroom.models import ChangeKind, Story
from syndication.carried import LATER, come, the_original


pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(connection):
    """The version that a form was opened with; upstream has corrected it since."""
    come(connection, title="At least 42 dead")
    version = Story.objects.get().latest_revision_id
    come(connection, title="At least 32 dead", now=LATER)
    return version


def send(client, opened, **said):
    story = Story.objects.get()
    facts = {
        "title": "At least 42 dead",
        "slug": story.slug,
        "dek": "",
        "change_kind": ChangeKind.TYPO,
        "body": streamfield([("text", rich_text("<p>The ferry runs again.</p>"))]),
        "bylines": inline_formset([]),
        "comments": inline_formset([]),
        "loaded_revision_id": str(opened),
        **said,
    }
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    return client.post(url, nested_form_data(facts))


BUTTONS = [{}, {"action-publish": "1"}, {"action-submit": "1"}]


@pytest.mark.parametrize("button", BUTTONS)
def test_neither_a_draft_nor_a_publication_undoes_what_came(sign_in, opened, button):
    client = sign_in("Editor")

    page = send(client, opened, eyebrow="Fire at sea", **button).content.decode()

    assert "Longwave has changed this story since you opened it" in page
    assert "saved another version" not in page, "once is enough"
    assert 'value="Fire at sea"' in page, "what was written is still there"
    story = Story.objects.get()
    assert story.title == "At least 32 dead"
    assert story.get_latest_revision_as_object().title == "At least 32 dead"


def test_who_presses_again_means_it_and_is_shown_the_difference(sign_in, opened):
    client = sign_in("Editor")
    send(client, opened, **{"action-publish": "1"})
    newest = Story.objects.get().latest_revision_id

    assert send(client, newest, **{"action-publish": "1"}).status_code == 302

    story = Story.objects.get()
    assert story.title == "At least 42 dead"
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "Longwave now says: “At least 32 dead”" in client.get(edit).content.decode()


def test_a_form_that_is_up_to_date_is_taken(sign_in, opened):
    client = sign_in("Editor")
    newest = Story.objects.get().latest_revision_id

    assert send(client, newest, title="Fire at sea").status_code == 302
    assert the_original().story.get_latest_revision_as_object().title == "Fire at sea"


def test_a_story_of_ours_is_saved_whoever_else_saved_it(sign_in, story):
    opened = story.latest_revision_id
    story.save_revision()

    sent = send(sign_in("Editor"), opened, title="Fire at sea")

    assert sent.status_code == 302
