"""What each element of an upstream story becomes here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.newsroom.models import Story
from groundwave.syndication.carrying.body import Media, block_id, body_of
from groundwave.syndication.incoming import (
    Embed,
    Gallery,
    Heading,
    Quote,
    Related,
    Text,
)
from syndication.stories import photo, sound, story


NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
ADDRESS = "https://far-shore.example/?a=1&amp;b=2"
KEPT = {"photo-1": 1, "photo-2": 2}


def made(*blocks, media: Media = Media(), **facts):  # noqa: B008 - it is frozen
    return [
        (each["type"], each["value"])
        for each in body_of(story(*blocks, **facts), media)
    ]


def test_text_and_headings_are_rich_text():
    text = Text(id="1", html="<p>At <b>noon</b>.</p><ul><li>Fog</li></ul>")
    assert made(
        text,
        Heading(id="2", words="R & B", level=2),
        Heading(id="3", words="3", level=3),
    ) == [
        ("text", "<p>At <b>noon</b>.</p><ul><li>Fog</li></ul>"),
        ("text", "<h2>R &amp; B</h2>"),
        ("text", "<h3>3</h3>"),
    ]


def test_a_quotation_without_a_speaker_is_a_quoted_paragraph():
    said = Quote(id="1", words="We saw <it>.")
    assert made(said, Quote(id="2", words="Fog.", speaker="A sailor")) == [
        ("text", "<blockquote>We saw &lt;it&gt;.</blockquote>"),
        ("quote", {"quote": "Fog.", "speaker": "A sailor", "context": ""}),
    ]


def test_a_picture_has_its_words_and_its_credit():
    shown = photo("photo-1", caption="Our mast", alt_text="A mast")
    ((kind, value),) = made(shown, media=Media(photos=KEPT))
    assert kind == "picture"
    assert value == {
        "image": {"image": 1, "alt_text": "A mast", "decorative": False},
        "caption": "Our mast",
        "credit": "Una Farrow/Far Shore Radio",
    }


def test_a_picture_that_could_not_be_had_leaves_the_rest():
    assert made(photo("photo-9"), Text(id="1", html="<p>Fog.</p>")) == [
        ("text", "<p>Fog.</p>")
    ]


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["photo-1", "photo-2"], ["gallery"]),
        (["photo-1", "photo-9"], ["picture"]),
        (["photo-9"], []),
    ],
)
def test_a_gallery_is_what_is_left_of_it(names, kinds):
    gallery = Gallery(id="g", photos=tuple(photo(name) for name in names))
    assert [kind for kind, _ in made(gallery, media=Media(photos=KEPT))] == kinds


def test_a_sound_that_is_kept_is_heard_from_here():
    media = Media(recordings={"sound-1": 7})
    assert made(sound(title="The bell"), media=media) == [
        ("audio", {"recording": 7, "title": "The bell"})
    ]


def test_a_sound_that_stands_for_the_story_comes_first_unless_it_is_kept():
    text = Text(id="1", html="<p>Fog.</p>")
    assert [kind for kind, _ in made(text, sound=sound())] == [
        "sound_elsewhere",
        "text",
    ]
    media = Media(recordings={"sound-1": 7})
    assert [kind for kind, _ in made(text, sound=sound(), media=media)] == ["text"]


def test_premium_sound_is_played_and_never_offered_to_download():
    premium = sound(is_premium=True, duration=timedelta(seconds=61.6), expires_at=NOON)
    ((_, value),) = made(premium)
    assert (value["may_download"], value["seconds"]) == (False, 62)
    assert value["expires_at"] == NOON.isoformat()


def test_a_sound_that_only_its_own_player_may_play_is_a_link():
    theirs = sound(
        is_streamable=False,
        is_downloadable=False,
        player_url="https://far-shore.example/player",
    )
    ((_, value),) = made(theirs)
    assert (value["url"], value["page"]) == ("", "https://far-shore.example/player")


def test_what_is_elsewhere_is_linked_by_block_or_by_text():
    video = Embed(id="1", url="https://www.youtube.com/watch?v=1", title="Ferry")
    other = Embed(id="2", url="https://far-shore.example/?a=1&b=2")
    assert made(video, other) == [
        ("elsewhere", {"url": video.url, "title": "Ferry", "by": ""}),
        (
            "text",
            f'<p><a href="{ADDRESS}">{ADDRESS}</a></p>',
        ),
    ]


def test_what_is_related_is_ours_where_we_carry_it():
    related = Related(
        id="1", url="https://far-shore.example/x", title="Fog", upstream_id="far-2"
    )
    assert made(related, media=Media(stories={"far-2": 12})) == [
        ("related", {"story": 12})
    ]
    assert made(related) == [
        ("text", '<p><a href="https://far-shore.example/x">Related: Fog</a></p>')
    ]


def test_an_element_keeps_its_id_and_shares_it_with_no_other_story():
    (block,) = body_of(story(Text(id="t", html="<p>Fog.</p>")), Media())
    assert block["id"] == block_id("far-1", "t") != block_id("far-2", "t")


@pytest.mark.django_db
def test_every_block_is_one_that_a_story_may_have():
    everything = story(
        Text(id="1", html="<p>Fog.</p>"),
        Quote(id="2", words="Fog.", speaker="A sailor"),
        Gallery(id="3", photos=(photo("photo-1"), photo("photo-2"))),
        Embed(id="4", url="https://vimeo.com/1", title="Ferry"),
        sound=sound(expires_at=NOON),
    )
    raw = body_of(everything, Media(photos=KEPT))
    known = Story._meta.get_field("body").stream_block.child_blocks
    for each in raw:
        block = known[each["type"]]
        value = block.to_python(each["value"])
        if isinstance(each["value"], dict) and each["type"] != "gallery":
            assert set(each["value"]) == set(block.child_blocks)
            assert value is not None
