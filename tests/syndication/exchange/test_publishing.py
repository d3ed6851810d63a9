"""Every way to readers, and away from them, is noted for partners, with it or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from wagtail.models import PageViewRestriction

from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.models import Story
from groundwave.people.models import User
from groundwave.syndication.exchange.shelf import document_id
from groundwave.syndication.models import Notice, Partner


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)


@pytest.fixture
def partner(kgnd):
    return Partner.objects.create(name="Islands", notices_to="https://a.example/")


@pytest.fixture
def editor(db):
    return User.objects.create_user("una@kgnd.example")


def noted():
    return {each.document_id: each.event for each in Notice.objects.all()}


def _publish(story, **changes):
    draft = story.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.begin_another_change()
    draft.change_kind, draft.change_text = "correction", "It was fewer."
    draft.save_revision().publish()


def test_a_new_story_is_noted(partner, story):
    assert noted() == {document_id(story): "document.created"}


def test_a_correction_is_noted(partner, story):
    _publish(story, title="Ferry stranded")

    assert noted() == {document_id(story): "document.updated"}


def test_a_draft_is_not(partner, news, story):
    Notice.objects.all().delete()
    story.title = "Not yet"
    story.save_revision()
    news.add_child(instance=Story(title="A draft", live=False))

    assert not noted()


def test_what_is_withdrawn_is_noted(partner, story):
    story.unpublish()

    assert noted() == {document_id(story): "document.deleted"}


def test_a_kill_is_noted_and_giving_it_back_is_not(partner, story, editor):
    kill(story, by=editor, reason="It is wrong.", now=NOW)
    assert noted() == {document_id(story): "document.deleted"}

    Notice.objects.all().delete()
    revive(story, by=editor, reason="It was right.", now=NOW)
    assert not noted()


def test_deleting_a_published_story_is_noted(partner, story):
    name = document_id(story)
    story.delete()

    assert noted() == {name: "document.deleted"}


def test_deleting_a_draft_is_not(partner, news):
    draft = news.add_child(instance=Story(title="A draft", live=False))
    draft.delete()

    assert not noted()


def test_an_alias_is_no_story_of_its_own(partner, story):
    story.create_alias(update_slug="again")
    _publish(story, title="Ferry stranded")

    assert list(noted()) == [document_id(story)]


def test_what_was_not_published_after_all_is_not_noted(partner, story):
    Notice.objects.all().delete()
    with transaction.atomic():
        _publish(story, title="Ferry stranded")
        transaction.set_rollback(True)

    assert not noted()


def test_what_is_not_for_everybody_any_more_is_noted(partner, story, news):
    news.add_child(instance=Story(title="A draft", live=False))
    Notice.objects.all().delete()
    PageViewRestriction.objects.create(
        page=news, restriction_type=PageViewRestriction.LOGIN
    )

    assert noted() == {document_id(story): "document.updated"}


def test_what_moves_is_noted(partner, story, news):
    Notice.objects.all().delete()
    story.move(news.get_parent(), pos="last-child")

    assert noted() == {document_id(story): "document.updated"}
