"""Every text of a story is found, and can be put back changed, whatever it is in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from equipment.photos import keep_photo
from groundwave.newsroom.models import Story
from groundwave.newsroom.passages import passages, rewrite
from groundwave.people.models import Person


pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(story):
    """A story that has something of everything."""
    ida = Person.objects.create(name="Ida Marsh", slug="ida")
    picture = {"image": keep_photo(), "caption": "caption", "credit": "credit"}
    story.title, story.dek, story.seo_title = "title", "dek", "seo"
    story.body = [
        ("text", "<p>text</p>"),
        ("picture", picture),
        ("gallery", {"photos": [picture, picture]}),
        ("quote", {"quote": "quote", "speaker": "speaker", "context": "context"}),
        ("facts", {"heading": "facts", "text": "<p>facts</p>"}),
        ("figures", {"counted": []}),
        ("related", {"story": story}),
        (
            "post",
            {
                "at": datetime(2026, 11, 22, tzinfo=UTC),
                "heading": "post",
                "text": "<p>post</p>",
                "author": ida,
            },
        ),
    ]
    story.save()
    return Story.objects.get(pk=story.pk)


def texts(story):
    return [each.text for each in passages(story)]


def test_everything_that_readers_meet_is_found(whole):
    assert [each for each in texts(whole) if each != "credit"] == [
        "title",
        "dek",
        "seo",
        "<p>text</p>",
        "caption",
        "caption",
        "caption",
        "quote",
        "speaker",
        "context",
        "facts",
        "<p>facts</p>",
        "post",
        "<p>post</p>",
    ]


def test_only_somebodys_words_are_a_quotation(whole):
    assert [each.text for each in passages(whole) if each.is_quotation] == ["quote"]


def test_what_a_live_blog_says_is_of_its_time(whole):
    dated = [each.text for each in passages(whole) if each.is_dated]

    assert dated == ["post", "<p>post</p>"]


def test_each_can_be_written_anew_and_nothing_else_changes(whole):
    before, were = whole.body.get_prep_value(), texts(whole)

    rewrite(whole, {each.where: f"{each.text}!" for each in passages(whole)})
    whole.save()
    again = Story.objects.get(pk=whole.pk)
    assert texts(again) == [f"{each}!" for each in were]

    rewrite(
        again, {each.where: each.text.removesuffix("!") for each in passages(again)}
    )
    again.save()
    assert Story.objects.get(pk=whole.pk).body.get_prep_value() == before


def test_a_story_of_nothing_has_no_texts():
    assert texts(Story(title="")) == []
