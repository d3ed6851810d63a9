"""Files that readers had from a killed story: gone with it, if nothing else has them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from equipment.photos import keep_photo
from equipment.recordings import keep_recording
from groundwave.delivery.pictures import SQUARE
from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.models import ChangeKind, Story
from groundwave.people.models import User
from groundwave.programming.models import Episode, Show


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture
def call(db):
    return keep_recording("The captain's call")


@pytest.fixture
def bell(db):
    return keep_recording("The bell")


@pytest.fixture
def report(db):
    file = ContentFile(b"All of it.", name="report.txt")
    return get_document_model().objects.create(title="The report", file=file)


@pytest.fixture
def photo(db):
    return keep_photo(width=60, height=40)


@pytest.fixture
def told(story, call, bell, report, photo):
    """The ferry's story, with sound, a document and a photo."""
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.change_kind = ChangeKind.TYPO
    draft.recording, draft.lead_photo, draft.lead_alt = call, photo, "A ferry"
    draft.body = [
        ("audio", {"recording": bell, "title": ""}),
        ("document", {"document": report, "title": ""}),
    ]
    draft.save_revision().publish()
    return Story.objects.get(pk=story.pk)


def known_to_the_index(thing):
    """What the worker does a moment after *thing* is saved."""
    ReferenceIndex.create_or_update_for_object(thing)


def status_of(client, url, **asked):
    answer = client.get(url, **asked)
    answer.close()
    return answer.status_code


def addresses(call, bell, report, photo):
    return [call.file.url, bell.file.url, report.url, photo.get_rendition(SQUARE).url]


@pytest.fixture
def urls(call, bell, report, photo):
    return addresses(call, bell, report, photo)


def test_they_are_gone_with_the_story_at_once(client, told, urls, odetta):
    assert [status_of(client, url) for url in urls] == [200] * 4

    kill(told, by=odetta, reason="x", now=NOW, public_note="We were wrong.")

    assert [status_of(client, url) for url in urls] == [410] * 4


def test_who_asks_for_a_piece_or_only_whether_it_is_there_gets_nothing_either(
    client, told, call, odetta
):
    kill(told, by=odetta, reason="x", now=NOW, public_note="We were wrong.")

    piece = client.get(call.file.url, headers={"Range": "bytes=0-99"})
    assert piece.status_code == 410
    assert "We were wrong." in piece.content.decode()
    assert client.head(call.file.url).status_code == 410


def test_a_recording_that_an_episode_has_as_well_stays(
    client, told, call, bell, odetta
):
    show = Show.objects.create(title="Noon Edition", slug="noon-edition")
    known_to_the_index(
        Episode.objects.create(show=show, title="The ferry", slug="ferry", audio=call)
    )

    kill(told, by=odetta, reason="x", now=NOW)

    assert status_of(client, call.file.url) == 200
    assert status_of(client, bell.file.url) == 410


def test_what_another_story_has_stays_as_long_as_readers_have_that(
    client, told, news, urls, call, report, odetta
):
    other = news.add_child(
        instance=Story(title="Tide", slug="tide", recording=call, live=False)
    )
    other.body = [("document", {"document": report, "title": ""})]
    other.save_revision().publish()
    other = Story.objects.get(pk=other.pk)
    known_to_the_index(other)

    kill(told, by=odetta, reason="x", now=NOW)

    assert [status_of(client, url) for url in urls] == [200, 410, 200, 410]
    other.unpublish()
    assert [status_of(client, url) for url in urls] == [410] * 4


def test_they_are_back_when_the_story_is_revived(client, told, urls, odetta):
    kill(told, by=odetta, reason="x", now=NOW)

    revive(told, by=odetta, reason="x", now=NOW)

    assert [status_of(client, url) for url in urls] == [200] * 4


def test_who_answers_for_killed_stories_can_still_hear_it(client, told, urls, odetta):
    kill(told, by=odetta, reason="x", now=NOW)
    client.force_login(odetta)
    assert status_of(client, urls[0]) == 410

    administrator = User.objects.create_user("ada@kgnd.example", "along the ground")
    administrator.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(administrator)

    assert [status_of(client, url) for url in urls] == [200] * 4
