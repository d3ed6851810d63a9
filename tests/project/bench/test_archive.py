from __future__ import annotations

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from modelsearch.index import insert_or_update_object
from wagtail.models import Page, ReferenceIndex

from groundwave.newsroom.models import Byline, Story, StoryUpdate
from groundwave.pages.models import HomePage, SectionPage
from groundwave.project.bench.archive import Archive
from groundwave.project.bench.errors import Unmeasurable
from groundwave.syndication.incoming import Author, Remark
from groundwave.syndication.models import Original
from syndication.carried import NOW, come, longwave


pytestmark = pytest.mark.django_db


@pytest.fixture
def connection():
    section = HomePage.objects.get().add_child(
        instance=SectionPage(title="Nation", slug="nation")
    )
    return longwave(section)


def work():
    """Index every story, as the worker does."""
    for story in Story.objects.all():
        insert_or_update_object(story)
        ReferenceIndex.create_or_update_for_object(story)


def three(connection, name="ferry"):
    for number in range(3):
        come(
            connection,
            id=f"{name}-{number}",
            title=f"The {name} runs, part {number}",
            authors=(Author("Una Farrow"),),
            corrections=(Remark("c-1", "<p>It was eleven days.</p>", at=NOW),),
        )


def grown(connection, size):
    archive = Archive()
    three(connection)
    work()
    archive.learn()
    return [*archive.growing(size)]


def test_each_copy_is_a_story_of_its_own_with_all_that_belongs_to_it(connection):
    assert grown(connection, 10) == [3, 6, 9]

    stories = Story.objects.live()
    assert stories.count() == 12
    for name in ("path", "url_path", "slug", "translation_key", "change_uid"):
        assert len(set(stories.values_list(name, flat=True))) == 12
    assert Byline.objects.filter(guest="Una Farrow").count() == 12
    assert StoryUpdate.objects.count() == 12
    assert {each.story.title for each in Original.objects.carried()} == {
        f"The ferry runs, part {number}" for number in range(3)
    }
    assert Original.objects.exclude(story=None).count() == 12
    assert not any(Page.find_problems())


def test_copies_are_found_and_rendered_like_any_story(connection, client):
    grown(connection, 6)
    copy = Story.objects.last()

    assert Page.objects.search("ferry").count() == 6
    assert "Una Farrow" in client.get(copy.get_url()).content.decode()
    of_copy, of_first = (
        ReferenceIndex.objects.filter(object_id=str(each.pk)).count()
        for each in (copy, Story.objects.first())
    )
    assert of_copy == of_first


def test_an_import_asks_as_much_among_many_as_among_few(connection):
    grown(connection, 3)
    three(connection, "boat")  # what is asked for once
    with CaptureQueriesContext(database) as among_few:
        three(connection, "bridge")
    archive = Archive()
    three(connection, "tram")
    archive.learn()
    assert [*archive.growing(60)]
    with CaptureQueriesContext(database) as among_many:
        three(connection, "train")

    assert len(among_many) == len(among_few)


def test_there_is_nothing_to_copy_without_an_import(connection):
    with pytest.raises(Unmeasurable):
        [*Archive().growing(10)]
