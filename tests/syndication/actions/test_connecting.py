"""What a person does with a connection, and with what waits for its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry, PageLogEntry

from groundwave.newsroom.errors import NotPublishable
from groundwave.newsroom.models import Story
from groundwave.people.models import User
from groundwave.syndication.actions.connecting import (
    ask_now,
    pause,
    publish_held_now,
    resume,
    stop_held,
)
from groundwave.syndication.actions.holding import publish_held
from groundwave.syndication.actions.leaving import take_down
from groundwave.syndication.errors import NotHeld
from groundwave.syndication.models import Arrival, Connection
from syndication.carried import LATER, NOW, come, longwave, the_original


pytestmark = pytest.mark.django_db


@pytest.fixture
def ida(db):
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    return editor


@pytest.fixture
def connection(news):
    later = NOW + timedelta(hours=1)
    return longwave(news, arrival=Arrival.HOLD, poll_due_at=later)


@pytest.fixture
def held(connection):
    come(connection)
    return the_original()


def due(now=NOW):
    return list(Connection.objects.due(now))


def test_a_paused_connection_is_not_due_and_a_resumed_one_is_at_once(connection, ida):
    assert due() == []
    ask_now(connection, by=ida, now=NOW)
    assert due() == [connection]

    pause(connection, by=ida)
    assert due() == []
    assert not connection.is_active

    resume(connection, by=ida, now=NOW)
    assert due() == [connection]
    actions = ModelLogEntry.objects.filter(action__startswith="syndication.")
    assert {(each.action, each.user_id) for each in actions} == {
        ("syndication.ask_now", ida.pk),
        ("syndication.pause", ida.pk),
        ("syndication.resume", ida.pk),
    }


def test_a_held_story_is_published_now_in_its_newest_version(held, ida):
    story = Story.objects.get(original=held)
    story.dek = "Read by an editor."
    story.save_revision(user=ida)

    publish_held_now(held, by=ida, now=LATER)

    story.refresh_from_db()
    assert (story.live, story.dek) == (True, "Read by an editor.")
    assert publish_held(NOW + timedelta(days=1)) == 0
    assert PageLogEntry.objects.filter(action="syndication.publish_held").exists()


def test_one_that_is_not_ready_stays_held(held, ida):
    story = Story.objects.get(original=held)
    story.embargo_until = LATER + timedelta(days=3650)
    story.save_revision(user=ida)

    with pytest.raises(NotPublishable):
        publish_held_now(held, by=ida, now=LATER)

    assert the_original().publish_at is not None
    assert not Story.objects.get(original=held).live


def test_a_stopped_story_is_not_published_by_itself(held, ida):
    stop_held(held, by=ida, now=LATER)

    assert publish_held(NOW + timedelta(days=1)) == 0
    with pytest.raises(NotHeld):
        publish_held_now(held, by=ida, now=LATER)
    with pytest.raises(NotHeld):
        stop_held(held, by=ida, now=LATER)
    assert not Story.objects.get(original=held).live


def test_what_was_taken_back_meanwhile_is_not_published(held, ida):
    take_down(held, because="It is gone upstream.", now=LATER)

    with pytest.raises(NotHeld):
        publish_held_now(held, by=ida, now=LATER)

    assert not Story.objects.get(original=held).live
