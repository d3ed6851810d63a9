"""The demo's stories: published by the verbs of a newsroom, once, and worth reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.newsroom.event_tables import tables
from groundwave.newsroom.models import ChangeKind, Event, Statement, Story
from groundwave.pages.models import SectionPage
from groundwave.people.models import Person
from groundwave.photos.models import Photo
from groundwave.project.demo.newsroom.publishing import publish_demo_stories
from groundwave.project.demo.station import open_demo_station


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 23, 2, tzinfo=UTC)
FERRY = "ferry-aground-off-marrow-point"


@pytest.fixture
def told(time_machine):
    time_machine.move_to(NOW, tick=False)
    open_demo_station(NOW)
    assert publish_demo_stories(NOW)


def test_there_are_stories_in_three_sections_and_all_of_them_are_public(told):
    assert Story.objects.readable().count() >= 8
    for section in SectionPage.objects.all():
        assert Story.objects.readable().descendant_of(section).count() >= 2, section


def test_it_is_told_once_and_not_where_somebody_has_begun(told):
    before = Story.objects.count()

    assert not publish_demo_stories(NOW + timedelta(days=1))
    assert Story.objects.count() == before


def test_it_seems_to_have_been_told_over_the_last_days(told):
    ferry = Story.objects.get(slug=FERRY)
    at = [update.at for update in ferry.updates.all()]

    assert at == sorted(at, reverse=True)
    assert timedelta(0) < NOW - ferry.updated_at < timedelta(hours=1)
    assert ferry.first_published_at < at[-1]
    oldest = min(each.first_published_at for each in Story.objects.all())
    assert NOW - oldest > timedelta(days=6)


def test_the_story_that_develops_has_updates_and_a_correction(told):
    kinds = [each.kind for each in Story.objects.get(slug=FERRY).updates.all()]

    assert kinds == [ChangeKind.CORRECTION, *[ChangeKind.UPDATE] * 3]


def test_its_sources_disagree_and_one_of_them_goes_unnamed(told):
    hurt, aboard = tables(Event.objects.get())

    assert aboard.spread
    assert [row.figure for row in hurt.rows] == ["42", "at least 32"]
    assert "between 180 and 190" in [row.figure for row in aboard.rows]
    unnamed = Statement.objects.exclude(described_as="").get()
    assert unnamed.anonymity_reason
    assert unnamed.approved_by


def test_every_picture_may_be_shown_and_one_of_them_not_for_long(told):
    assert Photo.objects.showable(NOW).count() == Photo.objects.count()
    shown = Photo.objects.showable(NOW + timedelta(days=3)).values_list("title")
    assert Photo.objects.exclude(title__in=shown).get().agency == "Bay Ferry Line"
    assert not Photo.objects.filter(description="", caption="").exclude(
        title__in=Person.objects.values("name")
    )


def test_whoever_is_named_is_introduced(told):
    for person in Person.objects.filter(bylines__isnull=False):
        assert person.biography, person
        assert person.portrait, person


def test_readers_find_it(told, client):
    home = client.get("/").content.decode()
    page = client.get(f"/news/{FERRY}/").content.decode()

    assert "All ashore from grounded ferry" in home
    for words in ("31 years old", "at least 32", "a member of the crew", "made up"):
        assert words in page, words
    assert "41 years old" not in page
    assert "{county" not in page.lower()
