"""A killed story is gone for everybody outside, and nothing brings it back by accident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page, Workflow

from groundwave.newsroom.actions.banners import put_up_banner
from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.errors import AlreadyKilled, Killed, NotKilled
from groundwave.newsroom.models import Banner, ChangeKind, Story, StoryKill
from groundwave.pages.models import HomePage
from groundwave.pages.publishing import publish_due
from groundwave.people.models import User


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture
def ida(db):
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    return editor


@pytest.fixture
def killed(story, ida):
    kill(story, by=ida, reason="The court forbids it.", now=NOW)
    story.refresh_from_db()
    return story


def changed(story, **facts):
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.change_kind = ChangeKind.TYPO
    for name, value in facts.items():
        setattr(draft, name, value)
    return draft.save_revision()


def test_a_killed_story_is_not_live(killed):
    assert not killed.live
    assert killed.kill_in_force.reason == "The court forbids it."
    assert not Story.objects.readable().filter(pk=killed.pk).exists()


def test_no_version_of_it_can_be_published(killed):
    revision = changed(killed, dek="Found again.")

    with pytest.raises(Killed, match="Ask an administrator"):
        revision.publish()

    killed.refresh_from_db()
    assert not killed.live


def test_nothing_that_saves_it_makes_it_live(killed):
    killed.live = True

    with pytest.raises(Killed):
        killed.save()


def test_what_was_scheduled_of_it_does_not_come(story, ida):
    later = timezone.now() + timedelta(hours=1)
    changed(story, go_live_at=later).publish()
    assert story.scheduled_revision

    kill(story, by=ida, reason="x", now=NOW)

    assert publish_due(later) == 0
    story.refresh_from_db()
    assert not story.live


def test_what_was_scheduled_for_the_first_time_does_not_come_either(news, ida):
    later = timezone.now() + timedelta(hours=1)
    story = news.add_child(instance=Story(title="Dam breaks", slug="dam", live=False))
    changed(story, go_live_at=later).publish()

    kill(story, by=ida, reason="x", now=NOW)

    assert publish_due(later) == 0


def test_a_review_of_it_ends(story, ida):
    review = Workflow.objects.get()
    state = review.start(story, ida)

    kill(story, by=ida, reason="x", now=NOW)

    state.refresh_from_db()
    assert state.status == state.STATUS_CANCELLED
    story.refresh_from_db()
    assert story.current_workflow_state is None


@pytest.mark.parametrize("killed_by", ["story", "alias"])
def test_its_aliases_go_with_it(story, ida, killed_by):
    alias = story.create_alias(parent=HomePage.objects.get(), update_slug="same")
    second = alias.create_alias(parent=HomePage.objects.get(), update_slug="again")
    chosen = story if killed_by == "story" else alias

    kill(chosen, by=ida, reason="x", now=NOW)

    for each in (story, alias, second):
        found = Story.objects.get(pk=each.pk)
        assert not found.live
        assert found.kill_in_force


def test_it_cannot_be_killed_twice_at_a_time(killed, ida):
    with pytest.raises(AlreadyKilled):
        kill(killed, by=ida, reason="y", now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        StoryKill.objects.create(story=killed, at=NOW, reason="y")


def test_a_kill_says_why(story):
    with pytest.raises(IntegrityError, match="for_a_reason"), transaction.atomic():
        StoryKill.objects.create(story=story, at=NOW, reason="")


def test_its_versions_and_updates_stay(story, ida):
    changed(story, change_kind=ChangeKind.CORRECTION, change_text="One less.").publish()
    versions = story.revisions.count()

    kill(story, by=ida, reason="x", now=NOW)

    assert story.revisions.count() == versions
    assert story.updates.get().text == "One less."


def test_whoever_looks_for_it_at_the_desk_does_not_find_its_words(killed):
    assert not list(Story.objects.all().search("missing"))
    assert not list(Page.objects.all().search("Ferry"))
    assert not Story.get_indexed_objects().filter(pk=killed.pk).exists()


def test_a_revived_story_is_a_draft_that_may_be_published_again(killed, ida):
    revive(killed, by=ida, reason="The court has changed its mind.", now=NOW)

    killed.refresh_from_db()
    assert not killed.live
    assert killed.kill_in_force is None
    killed.get_latest_revision().publish()
    assert Story.objects.readable().filter(pk=killed.pk).exists()
    assert killed.kills.get().revived_by == ida


def test_only_what_is_killed_is_revived(story, ida):
    with pytest.raises(NotKilled):
        revive(story, by=ida, reason="x", now=NOW)


def test_a_story_that_was_revived_can_be_killed_again(killed, ida):
    revive(killed, by=ida, reason="x", now=NOW)

    kill(killed, by=ida, reason="y", now=NOW)

    assert killed.kills.count() == 2


def test_a_banner_about_it_goes_with_it(story, ida):
    banner = put_up_banner(
        "Ferry sinks",
        begins_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        by=ida,
        story=story,
    )

    kill(story, by=ida, reason="x", now=NOW)

    assert not Banner.objects.not_over(NOW).filter(pk=banner.pk).exists()


@pytest.mark.parametrize(
    "may", ["edit", "publish", "unpublish", "delete", "copy", "move", "lock"]
)
def test_wagtails_own_views_let_nobody_near_it(killed, may):
    chief = User.objects.create_superuser("chief@kgnd.example", "along the ground")

    for page in (killed, Page.objects.get(pk=killed.pk)):
        allowed = page.permissions_for_user(chief)
        assert not getattr(allowed, f"can_{may}")()
