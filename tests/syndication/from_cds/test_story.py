"""A document becomes a story, whatever is odd about it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from equipment.network.assets import html_block, note, picture, text
from equipment.network.changes import retyped, with_facts
from equipment.network.oddities import HOSTILE, ODDITIES
from equipment.network.others import biography, newscast
from equipment.network.stories import BODY, NOON, every_story, story
from groundwave.syndication.incoming import (
    Author,
    Brand,
    Collection,
    Heading,
    Quote,
    Text,
)
from groundwave.syndication.leaving_out import LeftOut, Why
from groundwave.syndication.rights import Policy, permitted
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.reading import read_json
from syndication.from_cds.reading import FAR_SHORE, came


def test_a_story_comes_with_everything_on_it():
    story_ = came(every_story(publishDateTime="2026-02-01T18:00:00Z"))

    assert story_.id == "far-ferry"
    assert story_.kind == "story"
    assert story_.title == "Ferry runs again between the islands"
    assert story_.dek == "Tern Island has a boat again"
    assert story_.teaser == "Eleven days without a boat are over."
    assert story_.canonical == "https://network.example/news/far-ferry/"
    assert story_.published_at == datetime(2026, 2, 1, 18, tzinfo=UTC)
    assert story_.recommended_until == datetime(2031, 2, 8, 19, tzinfo=UTC)
    assert story_.brands == (FAR_SHORE,)
    assert story_.collections == (
        Collection("far-harbor-life", ("topic", "slug")),
        Collection("far-morning", ("program",)),
    )
    assert story_.left_out == ()


def test_its_authors_have_names_and_pages():
    assert came(every_story()).authors == (
        Author(
            "Una Farrow",
            "https://network.example/biography/far-una-farrow/",
            "Una Farrow reports on the islands.",
        ),
        Author("Teo Brandt"),
    )


def test_its_body_is_in_order_and_known_by_its_assets():
    blocks = came(every_story()).blocks

    ids = [block.id for block in blocks]
    assert ids == ["text-0", "text-1", "text-counts", "quote-1"]
    assert blocks[0] == Text(
        id="text-0",
        html="<p>The ferry between Far Shore and Tern Island ran again on Sunday.</p>",
    )
    assert blocks[-1] == Quote(
        id="quote-1",
        words="We had flour for one more week.",
        speaker="Teo Brandt",
        context="baker on Tern Island",
    )


def test_its_updated_line_is_a_time_and_no_text():
    story_ = came(every_story())

    assert story_.updated_at == datetime(2026, 2, 1, 21, tzinfo=UTC)
    assert story_.updated_line == "Updated February 1, 2026 at 4 p.m. ET"


def test_its_photo_and_its_sound_stand_apart_with_their_credit():
    story_ = came(every_story())

    assert story_.lead is not None
    assert story_.lead.credit == "Una Farrow/Far Shore Radio"
    assert [(cut.crop, cut.name) for cut in story_.lead.cuts] == [
        ("image-wide", "mast-1600x900.jpg"),
        ("image-square", "mast-900x900.jpg"),
    ]
    assert story_.sound is not None
    assert story_.sound.url == "https://network.example/sounds/ferry.mp3"
    assert story_.sound.is_downloadable


def test_its_corrections_and_notes_have_their_times():
    story_ = came(every_story())

    (correction,), (note_,) = story_.corrections, story_.notes
    assert (correction.title, correction.at) == ("Days in the yard", NOON)
    assert correction.html.startswith("<p>An earlier version")
    assert note_.html == "<p>Far Shore Radio takes mail by this ferry.</p>"


@pytest.mark.parametrize(
    "layout", [["text-0"], ["photo-1", "text-0"], ["text-0", "photo-1"]]
)
def test_the_photo_stands_once_whether_the_layout_has_it_or_not(layout):
    body = [text("text-0", "<p>Bell.</p>")]
    raw = story("far-1", body=body, pictures=[picture("photo-1")])
    raw["layout"] = [{"href": f"#/assets/{id_}"} for id_ in layout]

    story_ = came(raw)
    assert story_.lead is not None
    assert story_.lead.id == "photo-1"
    assert [block.id for block in story_.blocks] == ["text-0"]


@pytest.mark.parametrize("name", ODDITIES)
def test_every_odd_document_is_a_story_or_is_refused_as_none(name):
    try:
        story_ = came(ODDITIES[name])
    except NotCds:
        pytest.fail("the test network has only documents")

    assert story_.title
    ids = [block.id for block in story_.blocks]
    assert len(ids) == len(set(ids))
    assert all(left.sentence for left in story_.left_out)


def test_hostile_markup_is_nowhere():
    raw = ODDITIES["hostile markup"]
    raw = with_facts(raw, notes=[{"href": "#/assets/n"}])
    raw["assets"] = {**raw["assets"], "n": note("n", HOSTILE, NOON, title=HOSTILE)}

    told = repr(came(raw)).lower()
    for word in ("<script", "onerror", "onclick", "javascript:", "alert", "\\u202e"):
        assert word not in told


def test_a_document_that_is_restricted_says_so():
    assert came(ODDITIES["restricted"]).restricted
    photo = came(ODDITIES["a restricted picture"]).lead
    assert photo is not None
    assert photo.restricted


def test_a_photo_in_a_restricted_inset_is_restricted_wherever_it_stands():
    raw = story("far-1", body=(), pictures=[picture("photo-1")])
    shut = {
        "id": "inset-1",
        "profiles": [{"href": "/v1/profiles/inset", "rels": ["type"]}],
        "isRestrictedToAuthorizedOrgServiceIds": True,
        "layout": [{"href": "#/assets/photo-1"}],
    }
    raw["assets"]["inset-1"] = shut
    raw["layout"] = [{"href": "#/assets/inset-1"}]

    lead = came(raw).lead
    assert lead is not None
    assert lead.restricted


def test_a_copyright_line_in_the_text_is_no_paragraph():
    story_ = came(ODDITIES["an attribution in the text"])

    assert story_.attribution == "Copyright 2026 Far Shore Radio"
    assert [block.id for block in story_.blocks] == ["text-0", "text-1"]


def test_what_could_not_be_fetched_is_told():
    story_ = came(ODDITIES["a biography that is gone"])

    assert story_.authors == ()
    gone = "/v1/documents/far-nobody-at-all"
    assert story_.left_out == (LeftOut("byline-1", Why.NOT_FETCHED, gone),)


def test_a_biography_that_is_restricted_is_not_linked():
    shut = biography(isRestrictedToAuthorizedOrgServiceIds=True)

    assert came(every_story(), shut).authors[0] == Author("Una Farrow")


def test_a_headline_that_is_too_long_is_cut_and_told():
    story_ = came(ODDITIES["a very long title"])

    assert len(story_.title) <= 255
    assert LeftOut("", Why.TOO_LONG, "headline") in story_.left_out


def test_a_story_without_a_headline_goes_by_its_id():
    assert came(story("far-1", title="")).title == "far-1"


def test_a_newscast_says_when_it_ends():
    story_ = came(newscast())

    assert story_.expires_at == datetime(2026, 2, 1, 20, tzinfo=UTC)
    assert story_.sound is not None
    assert story_.sound.id == "sound-news"


def test_a_document_that_becomes_another_kind_is_told_by_its_kind():
    assert came(retyped(story("far-1"), "podcast-episode")).kind == "podcast-episode"


def test_an_instant_that_no_story_has_is_as_if_left_out():
    raw = story("far-1", publishDateTime="0001-01-01T00:00:00Z")

    assert came(raw).published_at is None


def test_robots_are_told_what_the_origin_wishes():
    assert came(ODDITIES["not for robots"]).no_index
    assert not came(story("far-1")).no_index


def test_a_heading_is_a_block_of_its_own():
    body = [text("h", "<h3>What the harbor says</h3>"), *BODY]

    assert came(story("far-1", body=body)).blocks[0] == Heading(
        id="h", words="What the harbor says", level=3
    )


FULL = every_story()
FULL["layout"].append({"href": "#/assets/html-1"})
FULL["assets"]["html-1"] = html_block("html-1", '<a href="https://x.com/a">A</a>')
scraps = st.sampled_from(
    [None, "", "null", 1, -1, True, [], {}, ["x"], HOSTILE, "9999-12-31T23:59:59Z"]
)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_is_broken_in_a_document_it_is_a_story(data):
    raw = deepcopy(FULL)
    for _ in range(data.draw(st.integers(1, 4))):
        part = data.draw(st.sampled_from([raw, *raw["assets"].values()]))
        if isinstance(part, dict) and part:
            key = data.draw(st.sampled_from(sorted(part)))
            part[key] = data.draw(scraps)
        if not isinstance(raw.get("assets"), dict):
            raw["assets"] = {}
    try:
        read_json(raw)
    except NotCds:
        return

    story_ = came(raw)
    left = permitted(story_, Policy(), now=NOON)
    assert "<script" not in repr(replace(left, id=""))
    assert Brand("") not in left.brands
