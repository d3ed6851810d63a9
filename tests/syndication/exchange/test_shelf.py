"""A query finds our own stories that anybody may read, and says what it cannot find."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import PageViewRestriction

from groundwave.newsroom.models import Story
from groundwave.syndication.exchange.shelf import (
    CannotAnswer,
    document_id,
    shared_stories,
    stories_for,
    with_ids,
)
from groundwave.syndication.models import Connection, Original
from groundwave.wire.cds.instants import instant
from groundwave.wire.cds.query_reading import read_query


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)


@pytest.fixture
def ferry(news):
    return _published(news, "Ferry sinks", NOW)


@pytest.fixture
def bell(news):
    """Older than the ferry's story, and changed later."""
    story = _published(news, "Bell rings", NOW - timedelta(days=1))
    _moved(story, last_published_at=NOW + timedelta(days=1))
    return story


@pytest.fixture
def whale(news):
    """The oldest."""
    return _published(news, "Whale seen", NOW - timedelta(days=2))


def _published(section, title, at):
    story = section.add_child(
        instance=Story(title=title, body=[("text", "<p>So it is.</p>")], live=False)
    )
    story.save_revision().publish()
    _moved(story, first_published_at=at, last_published_at=at)
    return story


def _moved(story, **times):
    Story.objects.filter(pk=story.pk).update(**times)
    story.refresh_from_db()


def found(text):
    return [story.title for story in stories_for(read_query(text))]


def test_the_newest_comes_first(ferry, bell, whale):
    assert found("") == ["Ferry sinks", "Bell rings", "Whale seen"]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("publishDateTime:asc", ["Whale seen", "Bell rings", "Ferry sinks"]),
        ("publishDateTime", ["Ferry sinks", "Bell rings", "Whale seen"]),
        (
            "editorialLastModifiedDateTime",
            ["Bell rings", "Ferry sinks", "Whale seen"],
        ),
        (
            "editorialLastModifiedDateTime:asc:first",
            ["Whale seen", "Ferry sinks", "Bell rings"],
        ),
    ],
)
def test_they_come_in_the_order_that_is_asked_for(ferry, bell, whale, sort, titles):
    assert found(f"sort={sort}") == titles


@pytest.mark.parametrize("field", ["publishDateTime", "editorialLastModifiedDateTime"])
def test_spans_include_their_ends(ferry, field):
    now, before = instant(NOW), instant(NOW - timedelta(seconds=1))
    after = instant(NOW + timedelta(seconds=1))

    assert found(f"{field}={now}...{now}") == ["Ferry sinks"]
    assert found(f"{field}=...{now}") == ["Ferry sinks"]
    assert found(f"{field}={now}...") == ["Ferry sinks"]
    assert not found(f"{field}=...{before}")
    assert not found(f"{field}={after}...")


def test_what_changed_is_found_by_when_it_changed(ferry, bell, whale):
    after = instant(NOW + timedelta(seconds=1))

    assert found(f"editorialLastModifiedDateTime={after}...") == ["Bell rings"]


def test_they_are_found_by_id(ferry, bell, whale):
    ids = f"{document_id(bell)},{document_id(whale)}"

    assert found(f"ids={ids}") == ["Bell rings", "Whale seen"]
    assert found(f"excludedIds={ids}") == ["Ferry sinks"]
    assert found(f"ids={ids}&excludedIds={document_id(whale)}") == ["Bell rings"]


def test_ids_of_others_find_nothing(ferry):
    key = str(ferry.translation_key)
    others = [key, f"far-{key}", f"gw-{key.upper()}", f"gw-{{{key}}}", "gw-", "gw-1"]

    assert not found(f"ids={','.join(others)}")
    assert found(f"excludedIds={','.join(others)}") == ["Ferry sinks"]


def test_pages_follow_each_other(ferry, bell, whale):
    assert found("limit=2") == ["Ferry sinks", "Bell rings"]
    assert found("limit=2&offset=2") == ["Whale seen"]


def test_what_came_at_once_is_on_one_page_or_the_other(ferry, bell, whale):
    Story.objects.update(first_published_at=NOW)
    pages = found("limit=1"), found("limit=1&offset=1"), found("limit=1&offset=2")

    assert sorted(title for page in pages for title in page) == sorted(found(""))


@pytest.mark.parametrize(
    "asked",
    ["profileIds=story", "profileIds=story,newscast&profileIds=renderable"],
)
def test_profiles_that_all_have_find_all(ferry, asked):
    assert found(asked) == ["Ferry sinks"]


@pytest.mark.parametrize(
    "asked",
    [
        "collectionIds=1001",
        "excludedOwnerHrefs=https://a.example/",
        "excludedProfileIds=newscast",
        "nprWebsitePaths=/sections/news",
        "ownerHrefs=https://a.example/",
        "profileIds=has-audio",
        "profileIds=story&profileIds=has-audio",
        "recommendUntilDateTime=2026-11-01T18:30:00Z...",
        "seasonNumber=1",
        "showDates=2026-11-01",
        "sort=seasonNumber",
        "transclude=layout",
    ],
)
def test_what_cannot_be_found_out_is_said(db, asked):
    name = "sort" if asked.startswith("sort") else asked.partition("=")[0]
    with pytest.raises(CannotAnswer, match=name):
        found(asked)


def test_drafts_are_not_shared(ferry, news):
    news.add_child(instance=Story(title="A draft", live=False))

    assert found("") == ["Ferry sinks"]


def test_what_is_withdrawn_is_gone_at_once(ferry, bell):
    ferry.unpublish()

    assert found("") == ["Bell rings"]
    assert not with_ids([document_id(ferry)])


def test_what_not_everybody_may_read_is_not_shared(ferry, bell):
    PageViewRestriction.objects.create(
        page=ferry, restriction_type=PageViewRestriction.LOGIN
    )

    assert found("") == ["Bell rings"]


def test_stories_of_others_are_not_ours_to_share(ferry, bell, news):
    connection = Connection.objects.create(name="Longwave", section=news, origin="L")
    Original.objects.create(
        connection=connection, upstream_id="1", story=ferry, arrived_at=NOW
    )

    assert found("") == ["Bell rings"]
    assert not with_ids([document_id(ferry)])


def test_a_story_in_two_sections_is_shared_once(ferry, news):
    ferry.create_alias(update_slug="again")

    assert list(shared_stories()) == [ferry]
