"""What each kind of element becomes in a story's body."""

from __future__ import annotations

from typing import Any

import pytest

from equipment.network.assets import (
    external_link,
    html_block,
    internal_link,
    picture,
    promo_card,
    sound,
    text,
    tweet,
    video,
)
from equipment.network.oddities import ODDITIES
from equipment.network.others import transcript_document
from equipment.network.stories import story
from groundwave.syndication.from_cds.fetched import documents_for
from groundwave.syndication.incoming import Embed, Gallery, Related, Text
from groundwave.syndication.leaving_out import LeftOut, Why
from syndication.from_cds.reading import came, document_of


TARGET = story("far-ferry", title="The first ferry")
PAGE = "https://network.example/news/far-ferry/"


def with_body(*assets: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return story("far-1", body=assets, **facts)


def test_a_body_of_every_kind_comes_in_its_order():
    story_ = came(ODDITIES["every block"], TARGET)

    assert [(type(block).__name__, block.id) for block in story_.blocks] == [
        ("Heading", "text-heading"),
        ("Text", "text-list"),
        ("Quote", "text-said"),
        ("Quote", "quote-1"),
        ("Photo", "photo-1"),
        ("Sound", "sound-1"),
        ("Embed", "video-1"),
        ("Gallery", "gallery-1"),
        ("Embed", "tweet-1"),
        ("Related", "promo-1"),
        ("Related", "link-1"),
        ("Related", "link-2"),
        ("Text", "transcript-1"),
        ("Text", "text-aside"),
        ("Text", "text-deep"),
        ("Text", "text-within"),
    ]
    assert [(left.where, left.why) for left in story_.left_out] == [
        ("video-2", Why.VIDEO),
        ("video-3", Why.VIDEO),
    ]


def test_a_card_leads_to_the_page_of_what_it_is_about():
    story_ = came(with_body(promo_card("c", "far-ferry")), TARGET)

    assert story_.blocks == (
        Related(id="c", url=PAGE, title="The first ferry", upstream_id="far-ferry"),
    )


def test_a_link_keeps_its_own_words():
    blocks = [
        internal_link("i", "far-ferry", "How it began"),
        external_link("e", "https://tern-island.example/", "Tern Island"),
    ]

    inside, outside = came(with_body(*blocks), TARGET).blocks
    assert isinstance(inside, Related)
    assert inside.title == "How it began"
    assert outside == Related(
        id="e", url="https://tern-island.example/", title="Tern Island"
    )


def test_a_link_to_what_is_restricted_is_restricted():
    shut = {**TARGET, "isRestrictedToAuthorizedOrgServiceIds": True}

    (block,) = came(with_body(internal_link("i", "far-ferry", "A")), shut).blocks
    assert block.restricted


def test_a_link_to_what_is_gone_is_told():
    story_ = came(with_body(internal_link("i", "far-gone", "A")))

    assert story_.blocks == ()
    assert story_.left_out == (LeftOut("i", Why.NOT_FETCHED, "/v1/documents/far-gone"),)


def test_a_link_that_leads_to_no_page_of_the_web_is_told():
    story_ = came(with_body(external_link("e", "javascript:alert(1)", "A")))

    assert story_.blocks == ()
    assert [left.why for left in story_.left_out] == [Why.NO_ADDRESS]


def test_videos_and_posts_are_linked_where_they_are():
    story_ = came(with_body(video("v", 'a"b'), tweet("t")))

    assert story_.blocks == (
        Embed(id="v", url="https://www.youtube.com/watch?v=a%22b"),
        Embed(id="t", url="https://x.com/i/status/1000000000000000001"),
    )


def test_of_a_block_of_html_only_links_to_known_places_are_left():
    html = (
        '<blockquote cite="https://x.com/a/status/1"><a href="https://x.com/a/status/1">'
        '</a></blockquote><iframe src="https://www.youtube.com/embed/b"></iframe>'
        '<script src="https://x.com/widgets.js"></script>'
        '<a href="https://x.com.evil.example/">A</a><a href="http://x.com/b">B</a>'
        '<a href="https://user@x.com/c">C</a>'
    )

    story_ = came(with_body(html_block("h", html)))
    assert story_.blocks == (
        Embed(id="h", url="https://x.com/a/status/1"),
        Embed(id="h/2", url="https://www.youtube.com/embed/b"),
    )


def test_a_photo_in_a_block_of_html_is_dropped_and_told():
    story_ = came(ODDITIES["an image in a block of HTML"])

    assert [block.id for block in story_.blocks] == ["text-0", "text-1"]
    whys = {left.why for left in story_.left_out}
    assert whys == {Why.MEDIA_IN_TEXT, Why.PROGRAM_OF_OTHERS}


def test_a_photo_in_a_text_is_dropped_and_told():
    story_ = came(with_body(text("t", '<p>Bell<img src="https://a.example/b"></p>')))

    assert story_.blocks == (Text(id="t", html="<p>Bell</p>"),)
    assert story_.left_out == (LeftOut("t", Why.MEDIA_IN_TEXT, "img"),)


@pytest.mark.parametrize("zone", ["rail", "footer", "subnav", "alt"])
def test_what_stands_beside_the_story_is_told_and_left_out(zone):
    raw = with_body(text("t", "<p>Bell</p>"), text("u", "<p>Buoy</p>"))
    raw["layout"][1]["rels"] = [zone]

    story_ = came(raw)
    assert [block.id for block in story_.blocks] == ["t"]
    assert story_.left_out == (LeftOut("u", Why.BESIDE, "text"),)


def test_an_element_that_nobody_knows_is_told():
    story_ = came(ODDITIES["something unknown"])

    (left,) = story_.left_out
    assert (left.where, left.why) == ("hologram-1", Why.UNKNOWN_KIND)
    assert "hologram" in left.sentence


def test_a_gallery_has_its_photos_once():
    raw = ODDITIES["every block"]
    (gallery,) = [b for b in came(raw).blocks if isinstance(b, Gallery)]

    assert [photo.id for photo in gallery.photos] == ["photo-1"]


def test_a_photo_without_a_file_is_told():
    story_ = came(with_body(picture("p", enclosures=[])))

    assert story_.blocks == ()
    assert [left.why for left in story_.left_out] == [Why.NO_FILE]


def test_a_sound_comes_with_what_is_said_in_it():
    raw = ODDITIES["sound with a transcript"]
    said = transcript_document(
        "far-ferry-transcript", "<p>A bell.</p><script>1</script>"
    )

    story_ = came(raw, said)
    assert story_.sound is not None
    assert story_.sound.transcript == "<p>A bell.</p>"
    assert "far-ferry-transcript" in documents_for(document_of(raw))


def test_a_transcript_may_be_named_by_the_service_alone():
    raw = with_body(sounds=[sound("s")])
    link = {"href": "/v1/documents/far-ferry-transcript"}
    raw["meta"] = {"extensionLinks": [{"href": "/v1/documents/far-other"}, link]}
    said = transcript_document("far-ferry-transcript", "<p>A bell.</p>")

    assert documents_for(document_of(raw)) == ("far-ferry-transcript",)
    heard = came(raw, said).sound
    assert heard is not None
    assert heard.transcript == "<p>A bell.</p>"
    shut = {**said, "isRestrictedToAuthorizedOrgServiceIds": True}
    hushed = came(raw, shut).sound
    assert hushed is not None
    assert hushed.transcript == ""


def test_a_premium_sound_is_premium():
    sound_ = came(ODDITIES["premium sound"]).sound

    assert sound_ is not None
    assert sound_.is_premium


def test_a_second_sound_stays_where_it_stands():
    raw = with_body(text("t", "<p>Bell</p>"), sound("s"), sounds=[sound("main")])

    story_ = came(raw)
    assert [block.id for block in story_.blocks] == ["t", "s"]
    assert story_.sound is not None
    assert story_.sound.id == "main"


def test_what_is_to_be_fetched_is_asked_for_once():
    raw = with_body(promo_card("c", "far-ferry"), internal_link("i", "far-ferry", "A"))

    assert documents_for(document_of(raw)) == ("far-ferry",)
