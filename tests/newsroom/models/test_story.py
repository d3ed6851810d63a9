from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from groundwave.newsroom.errors import NotPublishable, Unanswered
from groundwave.newsroom.models import Byline, ChangeKind, StoryUpdate


pytestmark = pytest.mark.django_db


def write(story, body, **answer):
    """Write another version, as the form does: with an answer of its own, or none."""
    draft = story.get_latest_revision_as_object()
    draft.body = [("text", body)]
    draft.begin_another_change()
    for name, value in answer.items():
        setattr(draft, f"change_{name}", value)
    return draft.save_revision()


def test_the_first_version_is_no_update(story):
    assert story.live
    assert not story.updates.exists()
    assert story.updated_at is None


def test_a_number_does_not_change_until_somebody_says_what_that_is(story):
    revision = write(story, "<p>At least 42 people are missing.</p>")

    with pytest.raises(Unanswered, match="“32” is now “42”") as refusal:
        revision.publish()

    assert [change.now for change in refusal.value.changes] == ["42"]
    story.refresh_from_db()
    assert "32" in story.plain_text


def test_an_update_is_told_with_the_version_that_has_it(story):
    revision = write(
        story,
        "<p>At least 42 people are missing.</p>",
        kind=ChangeKind.UPDATE,
        text="Ten more are missing.",
    )

    revision.publish()

    update = story.updates.get()
    assert (update.kind, update.text) == (ChangeKind.UPDATE, "Ten more are missing.")
    assert update.revision == revision
    assert story.updated_at == update.at
    story.refresh_from_db()
    assert "42" in story.plain_text


def test_a_typo_needs_no_answer_and_tells_nobody(story):
    write(story, "<p>At least 32 people are still missing .</p>").publish()

    assert not story.updates.exists()
    assert story.updated_at is None


def test_whoever_says_typo_takes_the_responsibility(story):
    write(story, "<p>At least 23 people.</p>", kind=ChangeKind.TYPO).publish()

    assert not story.updates.exists()
    story.refresh_from_db()
    assert "23" in story.plain_text


def test_an_answer_counts_for_the_version_it_was_given_of(story):
    write(story, "<p>At least 23 people.</p>", kind=ChangeKind.TYPO).publish()
    story.refresh_from_db()
    draft = story.get_latest_revision_as_object()
    draft.body = [("text", "<p>At least 230 people.</p>")]

    with pytest.raises(Unanswered):
        draft.save_revision().publish()


def test_an_insignificant_correction_leaves_the_updated_line_alone(story):
    write(
        story,
        "<p>At least 31 people are missing.</p>",
        kind=ChangeKind.CORRECTION,
        text="An earlier version had a wrong number.",
        is_significant=False,
    ).publish()

    assert story.updates.get().kind == ChangeKind.CORRECTION
    assert story.updated_at is None


def test_the_same_version_published_again_is_told_once(story):
    revision = write(
        story, "<p>At least 42.</p>", kind=ChangeKind.UPDATE, text="More missing."
    )

    revision.publish()
    revision.publish()

    assert story.updates.count() == 1


def test_a_correction_without_words_is_refused(story):
    story.begin_another_change()
    story.change_kind = ChangeKind.CORRECTION

    with pytest.raises(ValidationError, match="not a change to hide"):
        story.full_clean()


def test_the_database_refuses_a_correction_without_words(story):
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryUpdate.objects.create(
            story=story,
            kind=ChangeKind.CORRECTION,
            is_significant=True,
            at=datetime(2026, 11, 1, tzinfo=UTC),
        )


def test_no_version_is_published_under_embargo(story):
    draft = story.get_latest_revision_as_object()
    draft.embargo_until = timezone.now() + timedelta(hours=2)

    with pytest.raises(NotPublishable, match="Schedule it for then"):
        draft.save_revision().publish()


def test_a_version_may_be_scheduled_for_the_end_of_its_embargo(story):
    draft = story.get_latest_revision_as_object()
    draft.embargo_until = draft.go_live_at = timezone.now() + timedelta(hours=2)

    draft.save_revision().publish()

    story.refresh_from_db()
    assert story.scheduled_revision


def test_the_address_of_a_published_story_stays(story):
    story.slug = "ferry-sank"

    with pytest.raises(ValidationError, match="stays ferry-sinks"):
        story.full_clean()


def test_a_byline_names_a_person_or_a_guest(story):
    with pytest.raises(IntegrityError), transaction.atomic():
        Byline.objects.create(story=story)


def test_an_answer_has_an_identity_of_its_own(story):
    before = story.change_uid

    story.begin_another_change()

    assert isinstance(story.change_uid, uuid.UUID)
    assert story.change_uid != before


def test_an_older_version_taken_up_again_is_a_draft_and_asks_nothing_yet(story):
    first = story.live_revision
    write(
        story, "<p>At least 42.</p>", kind=ChangeKind.UPDATE, text="Ten more."
    ).publish()
    second = story.get_latest_revision()
    write(story, "<p>At least 52.</p>", kind=ChangeKind.TYPO).publish()

    for older in (first, second):
        older.refresh_from_db()
        older.as_object().save_revision()

    story.refresh_from_db()
    assert "52" in story.plain_text
    assert "42" in story.get_latest_revision_as_object().plain_text
