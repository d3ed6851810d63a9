"""What readers were told of a change stays as it was told: the database sees to it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from groundwave.newsroom.models import ChangeKind, StoryUpdate


pytestmark = pytest.mark.django_db


@pytest.fixture
def update(story, odetta):
    return StoryUpdate.objects.create(
        story=story,
        revision=story.latest_revision,
        kind=ChangeKind.CORRECTION,
        text="One less.",
        is_significant=True,
        at=timezone.now(),
        by=odetta,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "Nothing happened."),
        ("kind", ChangeKind.UPDATE),
        ("is_significant", False),
        ("must_air", True),
        ("at", timezone.now()),
    ],
)
def test_it_is_never_changed(update, field, value):
    with (
        pytest.raises(IntegrityError, match="story_update_is_never_changed"),
        transaction.atomic(),
    ):
        StoryUpdate.objects.filter(pk=update.pk).update(**{field: value})


def test_it_is_never_deleted(update):
    with (
        pytest.raises(IntegrityError, match="story_update_is_never_deleted"),
        transaction.atomic(),
    ):
        update.delete()


def test_whoever_wrote_it_and_the_version_may_go(update, odetta):
    update.revision.delete()
    odetta.delete()

    update.refresh_from_db()
    assert (update.by, update.revision) == (None, None)
