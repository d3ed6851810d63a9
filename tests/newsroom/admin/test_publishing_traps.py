"""Publishing undoes nothing that somebody else arranged, and says why it did not happen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from groundwave.newsroom.errors import NotPublishable
from groundwave.newsroom.models import ChangeKind
from groundwave.pages.models import HomePage
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


def editor(name):
    user = User.objects.create_user(f"{name}@kgnd.example", "x", first_name=name)
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def ida(db):
    return editor("Ida")


@pytest.fixture
def desk(client, ida):
    client.force_login(ida)
    return client


@pytest.fixture
def soon():
    return timezone.now() + timedelta(hours=2)


def version(story, number, **facts):
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = [("text", f"<p>At least {number} people are missing.</p>")]
    for name, value in facts.items():
        setattr(draft, name, value)
    return draft.save_revision()


def form(number, **said):
    facts = {
        "title": "Ferry sinks off Marrow Bay",
        "slug": "ferry-sinks",
        "dek": "The search goes on.",
        "change_kind": ChangeKind.TYPO,
        "body": streamfield(
            [("text", rich_text(f"<p>At least {number} people are missing.</p>"))]
        ),
        "bylines": inline_formset([]),
        "comments": inline_formset([]),
        **said,
    }
    return nested_form_data(facts)


def publish(desk, story, said):
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    return desk.post(url, said | {"action-publish": "1"})


def schedules(story):
    return list(story.revisions.filter(approved_go_live_at__isnull=False))


def bulk_publish(desk, story):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return desk.post(f"{url}?id={story.pk}", {"include_descendants": ""}, follow=True)


# --- what is scheduled ---


def test_no_other_version_is_published_while_one_is_scheduled(story, soon):
    later = version(story, 42, go_live_at=soon, change_kind=ChangeKind.TYPO)
    later.publish()
    other = version(story, 33, go_live_at=None, change_kind=ChangeKind.TYPO)

    with pytest.raises(NotPublishable, match="Cancel the schedule first"):
        other.publish()

    assert schedules(story) == [later]


def test_the_list_of_pages_says_so_as_well(desk, story, soon):
    later = version(story, 42, go_live_at=soon, change_kind=ChangeKind.TYPO)
    later.publish()
    version(story, 33, go_live_at=None, change_kind=ChangeKind.TYPO)

    page = bulk_publish(desk, story).content.decode()

    assert "Cancel the schedule first" in page
    assert schedules(story) == [later]


def test_a_publish_that_is_refused_leaves_the_schedule_as_it_was(
    story, soon, time_machine
):
    later = version(story, 42, go_live_at=soon)
    later.publish()
    time_machine.move_to(soon + timedelta(seconds=1))

    with pytest.raises(NotPublishable, match="is now “42”"):
        later.publish()

    assert schedules(story) == [later]


# --- what is reviewed ---


def test_the_form_does_not_end_a_review_unasked(desk, story, ida):
    state = Workflow.objects.get().start(story, ida)

    page = publish(desk, story, form(32)).content.decode()

    assert "It is being reviewed (Moderators approval)" in page
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_a_last_approval_publishes_as_before(desk, story, ida):
    version(story, 42, change_kind=ChangeKind.TYPO)
    state = Workflow.objects.get().start(story, ida)

    response = approve(desk, story, state)

    assert response.status_code == 200
    story.refresh_from_db()
    assert "42" in story.plain_text


def test_an_approval_that_is_refused_leads_to_the_form_with_the_reason(
    desk, story, ida
):
    version(story, 42)
    state = Workflow.objects.get().start(story, ida)

    response = approve(desk, story, state)

    where = response.json()["redirect"]
    assert where == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "“32” is now “42”" in desk.get(where).content.decode()
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    story.refresh_from_db()
    assert "32" in story.plain_text


def approve(desk, story, state):
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[story.pk, "approve", state.current_task_state.pk],
    )
    return desk.post(
        url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
    )


def test_an_approval_in_the_form_is_asked_what_changed(desk, story, ida):
    version(story, 42)
    Workflow.objects.get().start(story, ida)
    said = form(43, change_kind="") | {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
    }

    page = desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), said)

    assert "“32” is now “43”" in page.content.decode()


# --- two at once ---


def test_who_publishes_second_is_told_and_nothing_is_lost(desk, story, ida):
    opened = story.latest_revision_id
    ines = editor("Ines")
    theirs = version(story, 33, change_kind=ChangeKind.TYPO)
    theirs.user = ines
    theirs.save()
    theirs.publish()

    said = form(32, loaded_revision_id=str(opened))
    first = publish(desk, story, said)

    page = first.content.decode()
    assert "Ines has saved another version since you opened this one" in page
    story.refresh_from_db()
    assert "33" in story.plain_text

    assert f'name="loaded_revision_id" value="{theirs.pk}"' in " ".join(page.split())
    second = publish(desk, story, form(32, loaded_revision_id=str(theirs.pk)))
    assert second.status_code == 302
    story.refresh_from_db()
    assert "32" in story.plain_text


def test_what_the_desk_kept_of_ones_own_writing_is_nobody_elses(desk, story, ida):
    opened = story.latest_revision_id
    kept = version(story, 33, change_kind=ChangeKind.TYPO)
    kept.user = ida
    kept.save()

    response = publish(desk, story, form(34, loaded_revision_id=str(opened)))

    assert response.status_code == 302
    story.refresh_from_db()
    assert "34" in story.plain_text


def test_what_somebody_else_saved_is_told_though_ones_own_came_after_it(
    desk, story, ida
):
    opened = story.latest_revision_id
    for user, number in ((editor("Ines"), 33), (ida, 35)):
        kept = version(story, number, change_kind=ChangeKind.TYPO)
        kept.user = user
        kept.save()

    response = publish(desk, story, form(34, loaded_revision_id=str(opened)))

    assert "Ines has saved another version" in response.content.decode()


# --- addresses ---


def test_a_story_that_moved_is_found_at_its_old_address(client, story):
    story.move(HomePage.objects.get(), pos="last-child")

    response = client.get("/news/ferry-sinks/")

    assert (response.status_code, response.url) == (301, "/ferry-sinks/")


def test_the_stories_of_a_section_are_found_when_its_address_changes(
    client, story, django_capture_on_commit_callbacks
):
    section = HomePage.objects.get().get_children().get(slug="news").specific
    section.slug = "stories"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()

    for path in ("/news/", "/news/ferry-sinks/"):
        response = client.get(path)
        assert response.status_code == 301
        assert client.get(response.url).status_code == 200
