from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from groundwave.delivery.story_news import (
    MOST_LETTERS,
    MOST_STORIES,
    recent_story_news,
    story_news,
)
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import ChangeKind, Story
from groundwave.patchbay.messages import Announced
from groundwave.people.models import Person


pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """What is done in it is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def draft(story, number, text="Ten more are missing.", kind=ChangeKind.UPDATE):
    story.refresh_from_db()
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = [("text", f"<p>At least {number} people are missing.</p>")]
    draft.change_kind, draft.change_text = kind, text
    return draft


def publish(story, *facts):
    draft(story, *facts).save_revision().publish()


def told(message):
    return json.loads(message.data)


def test_pages_are_told_of_a_correction_once_it_is_committed(
    kgnd, story, transmitter, commit, time_machine
):
    kgnd.licensee.timezone = "America/Denver"
    kgnd.licensee.save()
    time_machine.move_to("2026-11-01T21:00Z", tick=False)
    with commit():
        publish(story, 31, "We had counted one person twice.", ChangeKind.CORRECTION)
        assert transmitter.heard.empty()

    news = transmitter.next_heard(Announced)

    assert (news.event, news.station, news.about) == ("story", "", str(story.pk))
    update = story.updates.get()
    assert told(news) == {
        "story": story.pk,
        "url": "/news/ferry-sinks/",
        "headline": "Ferry sinks off Marrow Bay",
        "update": {
            "id": update.pk,
            "kind": "correction",
            "label": "Correction",
            "text": "We had counted one person twice.",
            "at": "2026-11-01T21:00:00Z",
            "updated": "Updated at 2 p.m. MT",
            "updated_later": "Updated Nov. 1, 2026 at 2 p.m. MT",
            "day_ends": "2026-11-02T07:00:00Z",
        },
        "post": None,
        "gone": None,
    }


def test_what_the_clock_publishes_is_told_too(story, transmitter, commit, time_machine):
    time_machine.move_to("2026-11-01T21:00Z", tick=False)
    later = draft(story, 42)
    later.go_live_at = timezone.now() + timedelta(hours=1)
    with commit():
        later.save_revision().publish()
    assert transmitter.heard.empty()

    time_machine.shift(timedelta(hours=2))
    with commit():
        call_command("publish_scheduled")

    assert told(transmitter.next_heard(Announced))["update"]["kind"] == "update"


def test_a_version_that_tells_readers_nothing_says_what_they_know(
    story, transmitter, commit
):
    publish(story, 42)
    with commit():
        publish(story, 24, "", ChangeKind.TYPO)

    update = told(transmitter.next_heard(Announced))["update"]

    assert update["id"] == story.updates.get().pk


def test_of_a_story_of_which_nothing_was_told_nothing_is_said(
    story, transmitter, commit
):
    with commit():
        publish(story, 24, "", ChangeKind.TYPO)

    assert story_news(story) is None
    news = told(transmitter.next_heard(Announced))
    assert not any(news[each] for each in ("gone", "update", "post", "headline"))


def test_a_story_that_comes_back_is_not_said_to_be_gone(story, transmitter, commit):
    with commit():
        story.unpublish()
    assert told(transmitter.next_heard(Announced))["gone"]

    with commit():
        story.get_latest_revision().publish()

    assert told(transmitter.next_heard(Announced))["gone"] is None


def test_a_transmitter_that_missed_a_kill_hears_of_it(
    story, transmitter, commit, odetta
):
    with commit():
        publish(story, 42)
        kill(story, by=odetta, reason="It is not true.", now=timezone.now())

    (news,) = recent_story_news(now=timezone.now())

    assert told(news)["gone"]
    assert told(news)["headline"] == ""


def test_a_story_that_is_for_few_from_now_on_is_told_of_no_more(
    story, transmitter, commit
):
    with commit():
        publish(story, 42)
    assert told(transmitter.next_heard(Announced))["headline"]

    with commit():
        section = Page.objects.get(pk=story.pk).get_parent()
        section.view_restrictions.create(restriction_type="login")

    news = told(transmitter.next_heard(Announced))
    assert not any(news[each] for each in ("gone", "update", "headline", "url"))


def test_what_is_for_members_is_told_to_no_page(story, transmitter, commit):
    Page.objects.get(pk=story.pk).view_restrictions.create(restriction_type="login")
    with commit():
        publish(story, 42)

    news = told(transmitter.next_heard(Announced))
    assert (news["headline"], news["update"]) == ("", None)
    assert list(recent_story_news(now=timezone.now())) == []


def test_of_a_story_that_is_taken_back_nothing_is_told_but_that(
    story, transmitter, commit
):
    publish(story, 42)
    story.refresh_from_db()

    with commit():
        story.unpublish()

    news = transmitter.next_heard(Announced)
    assert news.about == str(story.pk)  # and so it takes the place of the update
    assert told(news)["gone"] == {
        "label": "Withdrawn",
        "text": "This story is not here any more.",
    }
    assert "Ferry" not in news.data
    assert "Ten more" not in news.data


def test_an_editor_publishes_while_the_transmitter_is_away(story, commit):
    with commit():
        publish(story, 42)

    story.refresh_from_db()
    assert "42" in story.plain_text


def test_a_long_correction_is_cut_and_the_whole_is_in_the_story(story):
    publish(story, 31, "Wrong. " * 200, ChangeKind.CORRECTION)

    text = told(story_news(story))["update"]["text"]

    assert len(text) == MOST_LETTERS
    assert text.endswith("…")


def test_a_new_transmitter_is_told_of_the_stories_that_changed_last(
    story, news, time_machine
):
    now = timezone.now()
    for number in range(MOST_STORIES + 1):
        time_machine.move_to(now + timedelta(minutes=number))
        one = news.add_child(instance=Story(title=f"Story {number}", live=False))
        one.save_revision().publish()
        publish(one, number)

    recent = [told(each)["headline"] for each in recent_story_news(now=timezone.now())]

    assert recent == [f"Story {number}" for number in range(1, MOST_STORIES + 1)]
    a_day_later = timezone.now() + timedelta(days=1)
    assert list(recent_story_news(now=a_day_later)) == []


def test_a_page_knows_what_it_was_told(client, story):
    assert 'data-told="0"' in client.get("/news/ferry-sinks/").content.decode()

    publish(story, 42)

    page = client.get("/news/ferry-sinks/").content.decode()
    assert f'data-story="{story.pk}"' in page
    assert f'data-told="{story.updates.get().pk}"' in page


def test_a_live_blog_tells_of_its_latest_post_and_asks_no_editor_what_changed(
    story, transmitter, commit
):
    ida = Person.objects.create(name="Ida Marsh", slug="ida")
    story.refresh_from_db()
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    for at, text in (("12:00", "42 are safe."), ("11:00", "Divers are there.")):
        when = datetime.fromisoformat(f"2026-11-01T{at}Z")
        post = {"at": when, "text": RichText(f"<p>{text}</p>"), "author": ida}
        draft.body.append(("post", post))
    with commit():
        draft.save_revision().publish()

    news = told(transmitter.next_heard(Announced))

    assert news["update"] is None
    assert (news["post"]["label"], news["post"]["text"]) == ("New post", "42 are safe.")
    story.refresh_from_db()
    assert [post.value["text"].source for post in story.posts] == [
        "<p>42 are safe.</p>",
        "<p>Divers are there.</p>",
    ]
    assert news["post"]["id"] == story.posts[0].id
