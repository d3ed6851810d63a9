"""What came: found again, told in words, and what waits with buttons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groundwave.newsroom.models import Story
from groundwave.syndication.actions.holding import publish_held
from groundwave.syndication.incoming import Text
from groundwave.syndication.models import Arrival, Connection, Outcome, Poll, What
from syndication.carried import (
    KEY,
    LATER,
    REPAIR,
    come,
    longwave,
    publish_ours,
    the_original,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


@pytest.fixture
def held(connection):
    Connection.objects.update(arrival=Arrival.HOLD)
    connection.refresh_from_db()
    come(connection, now=timezone.now())
    return the_original()


def outcome(connection, number, **facts):
    said = {"what": What.SKIPPED, "said": [], "at": timezone.now()}
    return Outcome.objects.create(
        connection=connection,
        upstream_id=f"far-{number}",
        title=f"Story number {number}.",
        **(said | facts),
    )


def test_each_story_is_there_with_what_became_of_it(editor, connection, page_of):
    come(connection)
    outcome(connection, 7, said=["Its headline begins with “Watch:”. Nothing to do."])

    page = page_of("carried_stories:index")

    story = the_original().story
    assert reverse("wagtailadmin_pages:edit", args=[story.pk]) in page
    assert 'href="https://longwave.example/ferry"' in page
    assert "published" in page
    assert "Its headline begins with “Watch:”. Nothing to do." in page


def test_it_is_found_by_connection_and_by_what_became_of_it(
    editor, connection, news, page_of
):
    other = longwave(news, name="Other")
    outcome(connection, 1)
    outcome(other, 2)
    outcome(other, 3, what=What.FAILED)

    page = page_of("carried_stories:index", connection=other.pk, what="skipped")

    assert "Story number 2." in page
    assert "Story number 1." not in page
    assert "Story number 3." not in page


def test_the_newest_are_first_and_the_rest_on_further_pages(
    editor, connection, page_of, django_assert_max_num_queries
):
    now = timezone.now()
    for number in range(60):
        outcome(connection, number, at=now - timedelta(minutes=number))

    with django_assert_max_num_queries(30):
        first = page_of("carried_stories:index")
    second = page_of("carried_stories:index", p=2)

    assert first.index("Story number 0.") < first.index("Story number 1.")
    assert "Story number 55." not in first
    assert "Story number 55." in second


def test_held_stories_say_when_and_are_published_at_a_press(editor, held, page_of):
    page = page_of("carried_stories:index").replace("\xa0", " ")
    assert "Published by themselves, unless somebody stops them" in page
    assert "in 1 hour, 59 minutes" in page

    url = reverse("carried_stories:publish", args=[held.pk])
    page = editor.post(url, follow=True).content.decode()

    assert "is published." in page
    assert Story.objects.get(pk=held.story_id).live
    assert the_original().publish_at is None
    assert Outcome.objects.first().what == What.PUBLISHED


def test_a_held_story_that_is_stopped_stays_a_draft(editor, held):
    url = reverse("carried_stories:stop", args=[held.pk])
    page = editor.post(url, follow=True).content.decode()

    assert "stays a draft, until somebody publishes it." in page
    assert publish_held(timezone.now() + timedelta(days=1)) == 0
    assert not Story.objects.get(pk=held.story_id).live
    assert Outcome.objects.first().what == What.DRAFTED


def test_who_presses_second_is_told_that_it_does_not_wait(editor, held):
    editor.post(reverse("carried_stories:stop", args=[held.pk]))

    url = reverse("carried_stories:publish", args=[held.pk])
    page = editor.post(url, follow=True).content.decode()

    assert "does not wait any more" in page
    assert not Story.objects.get(pk=held.story_id).live


def test_one_that_is_not_ready_says_why_and_still_waits(editor, held):
    story = held.story
    story.embargo_until = timezone.now() + timedelta(days=1)
    story.save_revision()

    url = reverse("carried_stories:publish", args=[held.pk])
    page = editor.post(url, follow=True).content.decode()

    assert "It is under embargo until" in page
    assert the_original().publish_at is not None


def test_only_who_publishes_does(sign_in, held):
    host = sign_in("Host")

    for verb in ("publish", "stop"):
        url = reverse(f"carried_stories:{verb}", args=[held.pk])
        assert host.post(url).status_code in (302, 403)
        assert host.get(url).status_code == 405
    assert host.get(reverse("carried_stories:index")).status_code == 302
    assert not Story.objects.get(pk=held.story_id).live
    assert the_original().publish_at is not None


def test_what_is_being_asked_shows_how_far_it_is(editor, connection, page_of):
    Poll.objects.create(
        connection=connection, started_at=timezone.now(), found=2000, done=512
    )

    assert "512 of 2000" in page_of("carried_stories:index").replace(",", "")
    assert "data-goes-on" in page_of("carried_stories:running")


def test_what_somebody_has_to_choose_stands_first_and_at_the_desks_front(
    editor, connection, page_of
):
    come(connection)
    publish_ours()
    theirs = Text(id="text-1", html="<p>The ferry runs twice a day.</p>")
    come(connection, theirs, REPAIR, now=LATER)

    page = page_of("carried_stories:index")
    assert "Both have changed these: choose" in page
    assert reverse("carried_stories:show", args=[the_original().pk]) in page
    home = page_of("wagtailadmin_home")
    assert "1 carried story was changed here and by its origin." in home


def test_the_desks_front_tells_of_trouble_to_whom_it_concerns(
    editor, sign_in, connection, page_of
):
    come(connection)
    now = timezone.now()
    Connection.objects.update(
        trouble="It answered 401.", failures=4, poll_due_at=now + timedelta(hours=1)
    )
    original = the_original()
    original.check_due_at = now - timedelta(hours=5)
    original.save()

    home = page_of("wagtailadmin_home")
    assert "Longwave, national: It answered 401." in home
    assert "1 carried story could not be checked for hours" in home
    assert KEY not in home

    sign_in("Host")
    assert "It answered 401." not in page_of("wagtailadmin_home")


def test_where_nothing_waits_the_desks_front_says_nothing(editor, connection, page_of):
    assert "Carried stories" not in page_of("wagtailadmin_home")
