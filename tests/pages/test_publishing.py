"""What is scheduled goes live and leaves by itself, each page for itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from groundwave.pages.models import HomePage, PlainPage
from groundwave.pages.publishing import publish_due, retire_due


pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    return timezone.now() + timedelta(hours=2)


def scheduled(title, at):
    page = HomePage.objects.get().add_child(
        instance=PlainPage(title=title, live=False, go_live_at=at)
    )
    page.save_revision().publish()
    return page


def test_a_page_goes_live_when_its_time_has_come_and_not_before(
    kgnd, soon, time_machine
):
    page = scheduled("Open day", soon)

    assert publish_due(timezone.now()) == 0
    time_machine.move_to(soon + timedelta(seconds=1))
    assert publish_due(timezone.now()) == 1

    page.refresh_from_db()
    assert page.live
    assert publish_due(timezone.now()) == 0


def test_a_page_leaves_when_its_time_has_ended(kgnd, soon):
    page = HomePage.objects.get().add_child(
        instance=PlainPage(title="Open day", expire_at=soon)
    )

    assert retire_due(soon - timedelta(seconds=1)) == 0
    assert retire_due(soon) == 1

    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_a_story_that_may_not_be_published_holds_up_no_other_page(
    client, story, soon, time_machine, django_user_model
):
    draft = story.get_latest_revision_as_object()
    draft.body = [("text", "<p>At least 42 people are missing.</p>")]
    draft.go_live_at = soon
    draft.save_revision().publish()
    page = scheduled("Open day", soon + timedelta(minutes=1))
    time_machine.move_to(soon + timedelta(minutes=2))

    assert publish_due(timezone.now()) == 1

    page.refresh_from_db()
    story.refresh_from_db()
    assert page.live
    assert "32" in story.plain_text
    assert story.scheduled_revision is None
    client.force_login(
        django_user_model.objects.create_superuser("ida@kgnd.example", "a password")
    )
    history = client.get(reverse("wagtailadmin_pages:history", args=[story.pk]))
    assert "Not published when its time came" in history.content.decode()


@pytest.fixture
def refused(story, soon, time_machine):
    """A version with a number that nobody answered for, whose time has come."""
    draft = story.get_latest_revision_as_object()
    draft.body = [("text", "<p>At least 42 people are missing.</p>")]
    draft.go_live_at = soon
    draft.save_revision().publish()
    time_machine.move_to(soon + timedelta(minutes=2))
    publish_due(timezone.now())
    return story


@pytest.fixture
def desk(client, django_user_model):
    ada = django_user_model.objects.create_superuser("ada@kgnd.example", "a password")
    client.force_login(ada)
    return client


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def told(desk, page):
    """Return what the desk says of it on its front page, and in the editor."""
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    editor = desk.get(edit_url(page)).content.decode()
    return [SAYS in home and edit_url(page) in home, SAYS in editor]


SAYS = "“32” is now “42”"


def test_the_desk_is_told_of_what_was_refused_until_somebody_sees_to_it(
    desk, refused, soon
):
    assert told(desk, refused) == [True, True]
    editor = desk.get(edit_url(refused)).content.decode()
    assert date_format(soon, "N j, Y, P") in editor
    assert "schedule it again" in editor

    draft = refused.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.change_kind = "typo"
    draft.save_revision().publish()

    assert told(desk, refused) == [False, False]


def test_a_new_schedule_has_seen_to_it_and_may_be_refused_again(
    desk, refused, soon, time_machine
):
    draft = refused.get_latest_revision_as_object()
    draft.go_live_at = soon + timedelta(hours=1)
    draft.save_revision().publish()
    assert told(desk, refused) == [False, False]

    time_machine.move_to(soon + timedelta(hours=2))
    publish_due(timezone.now())

    assert told(desk, refused) == [True, True]


def test_who_may_not_mend_it_is_not_told(client, refused, odetta):
    client.force_login(odetta)

    assert SAYS not in client.get(reverse("wagtailadmin_home")).content.decode()
