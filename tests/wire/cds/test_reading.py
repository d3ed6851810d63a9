from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from groundwave.wire.cds.assets import (
    Audio,
    Byline,
    Correction,
    Image,
    Note,
    ReferenceByline,
    Text,
    UnknownAsset,
)
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.instants import LONG_AGO
from groundwave.wire.cds.oddity import MOST_ODDITIES, Odd
from groundwave.wire.cds.reading import LARGEST_DOCUMENT, Reading, read, read_json
from wire.cds.stories import SOUND, VECTORS


def vector(name: str) -> Reading:
    return read((VECTORS / f"{name}.json").read_bytes())


def said(**fields: object) -> Reading:
    """A story that says no more than it must, and *fields*."""
    owner = {"href": "https://organization.api.npr.org/v4/services/s9901"}
    profiles = [
        {"href": "/v1/profiles/story", "rels": ["type"]},
        {"href": "/v1/profiles/publishable"},
    ]
    story = {"id": "kgnd-1", "profiles": profiles, "title": "Fog"}
    return read_json(story | {"owners": [owner], "brandings": []} | fields)


def odd(reading: Reading) -> list[tuple[str, Odd]]:
    return [(oddity.where, oddity.what) for oddity in reading.oddities]


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_odd_about_a_sound_document(name):
    assert vector(name).oddities == ()


def test_a_story_says_what_it_is_and_when():
    story = vector("story").document

    assert (story.id, story.kind) == ("kgnd-5ba7e1", "story")
    assert story.title == "Ferry to Osprey Island runs again after a week of fog"
    assert story.publish_date_time == datetime(2026, 2, 1, 19, tzinfo=UTC)
    assert story.editorial_major_update_date_time == datetime(
        2026, 2, 1, 21, tzinfo=UTC
    )
    assert story.recommend_until_date_time == datetime(2026, 2, 8, 19, tzinfo=UTC)
    assert story.canonical_url == "https://kgnd.example/news/ferry"
    assert [link.service_id for link in story.owners] == ["s9901"]
    assert [link.service_id for link in story.brandings] == ["s9901", "s9902"]
    assert [link.document_id for link in story.collections] == ["1009901", "1009902"]
    assert story.collections[0].rels == ("slug", "topic")
    assert story.robots_no_index


def test_a_story_says_who_wrote_it():
    story = vector("story").document

    named, referred = story.linked(story.bylines)
    assert isinstance(named, Byline)
    assert named.name == "Ida Marsh"
    assert isinstance(referred, ReferenceByline)
    assert [link.document_id for link in referred.byline_documents] == ["kgnd-0b10"]


def test_a_picture_comes_in_cuts_with_who_made_it():
    story = vector("story").document
    image = story.primary_image

    assert image is not None
    assert (image.producer, image.provider) == ("Odetta Reyes", "KGND")
    assert image.provider_link.href == "mailto:photos@kgnd.example"
    wide = image.crop("image-wide")
    assert (wide.width, wide.height) == (1600, 900)
    assert "{width}" in wide.href_template
    assert image.crop("image-brick") is None


def test_a_document_without_pictures_has_no_primary_one():
    assert vector("short").document.primary_image is None


def test_a_restricted_picture_says_so():
    piano = vector("story").document.assets["kgnd-i2"]

    assert piano.restricted
    assert piano.authorized_services == ("s9901",)


def test_a_sound_says_what_may_be_done_with_it():
    story = vector("story").document
    (audio,) = story.linked(story.audio)

    assert isinstance(audio, Audio)
    assert audio.duration == 187
    assert (audio.is_available, audio.is_downloadable) == (True, False)
    assert (audio.is_embeddable, audio.is_streamable) == (True, True)
    assert audio.stream_expiration_date_time == datetime(2026, 8, 1, tzinfo=UTC)
    assert audio.enclosures[0].file_size == 2992000
    assert audio.transcript_link.document_id == "kgnd-5ba7e1-transcript"
    assert not story.is_premium(audio)


def test_what_is_premium_says_so_in_either_of_three_ways():
    newscast = vector("newscast").document
    (audio,) = newscast.linked(newscast.audio)
    assert newscast.is_premium(audio)
    assert newscast.expiration_date_time == datetime(2026, 2, 1, 14, tzinfo=UTC)

    def premium(**said_besides: object) -> bool:
        file = {"href": "https://media.kgnd.example/a.mp3"}
        file |= said_besides.pop("file", {})
        audio = {"id": "a-1", "profiles": ["/v1/profiles/audio"], "enclosures": [file]}
        story = said(assets={"a-1": audio}, **said_besides).document
        return story.is_premium(story.assets["a-1"])

    assert not premium()
    assert premium(file={"rels": ["premium"]})
    assert premium(premiumAudio=[{"href": "#/assets/a-1", "rels": ["npr-plus"]}])
    assert premium(profiles=["/v1/profiles/story", "/v1/profiles/has-premium-audio"])


def test_corrections_and_notes_are_dated():
    story = vector("story").document
    (correction,) = story.linked(story.corrections)
    (note,) = story.linked(story.notes)

    assert isinstance(correction, Correction)
    assert correction.date_time == datetime(2026, 2, 1, 20, 40, tzinfo=UTC)
    assert isinstance(note, Note)
    assert note.title == "Editor’s note"


def test_a_biography_has_a_name_a_page_and_a_portrait():
    biography = vector("biography").document

    assert (biography.kind, biography.title) == ("biography", "Odetta Reyes")
    assert biography.canonical_url == "https://kgnd.example/people/odetta-reyes"
    assert isinstance(biography.primary_image, Image)


@pytest.mark.parametrize(
    ("links", "ids"),
    [
        ([{"href": "/v1/documents/a-transcript"}], ("a-transcript",)),
        ([{"href": "/v1/documents/null"}, {"href": 1}, None], ()),
        ("none", ()),
    ],
)
def test_a_document_says_what_else_is_part_of_it(links, ids):
    assert said(meta={"extensionLinks": links}).document.extension_ids == ids


def test_a_transcript_is_a_document_of_its_own():
    assert vector("transcript").document.text.startswith("<p>MARSH:")


def test_everything_odd_is_told_with_its_place():
    told = [[o.where, o.what.name, o.detail] for o in vector("odd").oddities]

    assert told == json.loads((VECTORS / "odd.told.json").read_bytes())


def test_what_is_odd_does_not_keep_the_rest_from_being_read():
    story = vector("odd").document

    assert (story.kind, story.interfaces) == (
        "story",
        ("topic", "publishable", "has-foghorns", "renderable"),
    )
    assert story.title == "7"
    assert story.publish_date_time is None
    assert story.editorial_major_update_date_time == datetime(
        2026, 2, 1, 21, tzinfo=UTC
    )
    assert [link.document_id for link in story.collections] == [
        "1009901",
        "1009902",
        "1009903",
    ]
    assert story.canonical_url == ""
    assert story.rest == {"tide": {"high": "06:10"}}
    assert story.assets["kgnd-p1"] == Text(id="kgnd-p1", text="ab")
    assert story.assets["kgnd-x1"] == UnknownAsset(
        id="kgnd-x1", kind="tide-table", rest={"rows": [[1, 2], [3, 4]]}
    )
    assert isinstance(story.assets["kgnd-b/~1"], Byline)
    assert [link.asset_id for link in story.bylines][2:] == ["kgnd-b/~1"] * 2


def test_rights_that_cannot_be_read_are_not_given():
    story = vector("odd").document
    audio = story.assets["kgnd-a1"]

    assert story.restricted
    assert story.robots_no_index
    assert story.expiration_date_time == LONG_AGO
    assert (audio.is_available, audio.is_downloadable, audio.is_embeddable) == (
        False,
        False,
        False,
    )
    assert audio.stream_expiration_date_time == LONG_AGO
    assert story.is_premium(audio)


@pytest.mark.parametrize(
    ("fields", "where", "what"),
    [
        ({"assets": []}, "/assets", Odd.WRONG_TYPE),
        ({"assets": {"a\0": {}}}, "/assets", Odd.BAD_ID),
        ({"assets": {"a" * 201: {}}}, "/assets", Odd.BAD_ID),
        ({"title": True}, "/title", Odd.WRONG_TYPE),
        ({"title": {}}, "/title", Odd.WRONG_TYPE),
        ({"meta": 1}, "/meta", Odd.WRONG_TYPE),
        ({"autoRefreshInterval": "x"}, "/autoRefreshInterval", Odd.WRONG_TYPE),
        ({"autoRefreshInterval": True}, "/autoRefreshInterval", Odd.WRONG_TYPE),
        ({"autoRefreshInterval": [1]}, "/autoRefreshInterval", Odd.WRONG_TYPE),
        ({"autoRefreshInterval": 1e300}, "/autoRefreshInterval", Odd.BAD_NUMBER),
        ({"autoRefreshInterval": 1 << 60}, "/autoRefreshInterval", Odd.BAD_NUMBER),
        (
            {"authorizedOrgServiceIds": [[]]},
            "/authorizedOrgServiceIds/0",
            Odd.WRONG_TYPE,
        ),
        ({"collections": [{"href": "\0"}]}, "/collections/0", Odd.NULL_LINK),
        ({"webPages": [{"href": "http://["}]}, "/webPages/0", Odd.ELSEWHERE),
        ({"profiles": [{"href": "a b", "rels": ["type"]}]}, "/profiles", Odd.BAD_WORD),
    ],
)
def test_what_has_the_wrong_type_is_told(fields, where, what):
    assert (where, what) in odd(said(**fields))


def test_links_to_assets_that_are_not_there_are_passed_over():
    story = said(bylines=["#/assets/nobody"]).document

    assert [*story.linked(story.bylines)] == []


def test_a_list_of_documents_has_an_end():
    profiles = ["/v1/profiles/topic", "/v1/profiles/aggregation"]
    items = [f"/v1/documents/{n}" for n in range(1, 102)]

    assert ("/items", Odd.TOO_MANY) in odd(said(profiles=profiles, items=items))


def test_a_field_that_a_profile_wants_is_missed():
    profiles = ["/v1/profiles/story", "/v1/profiles/has-images"]

    assert ("", Odd.MISSING) in odd(said(profiles=profiles))


def test_a_kind_of_document_that_nobody_knows_is_read_all_the_same():
    reading = said(profiles=[{"href": "/v1/profiles/tide-table", "rels": ["type"]}])

    assert reading.document.kind == "tide-table"
    assert ("/profiles", Odd.UNKNOWN_PROFILE) in odd(reading)


def test_a_link_keeps_the_document_that_was_fetched_into_it():
    embedded = {"id": "1009901", "profiles": ["/v1/profiles/topic"], "title": "Sound"}
    story = said(collections=[{"href": "/v1/documents/1009901", "embed": embedded}])

    (link,) = story.document.collections
    assert read_json(link.embed).document.title == "Sound"


def test_a_document_is_known_again_by_its_fingerprint():
    plain = said().fingerprint

    assert said(meta={"documentLastModifiedDateTime": "…"}).fingerprint == plain
    assert said(title="Haze").fingerprint != plain
    link = {"href": "/v1/documents/1"}
    fetched = link | {"embed": {"id": "1"}}
    assert (
        said(collections=[fetched]).fingerprint == said(collections=[link]).fingerprint
    )
    assert said(embed=1).fingerprint != plain
    assert said(tide={"meta": 1}).fingerprint != said(tide={"meta": 2}).fingerprint


def test_the_spelling_of_a_number_does_not_change_a_fingerprint():
    plain = said(tide=[{"high": 61}]).fingerprint

    assert said(tide=[{"high": 61.0}]).fingerprint == plain
    assert said(tide=[{"high": 61.5}]).fingerprint != plain
    assert said(tide=[{"high": "61"}]).fingerprint != plain
    assert said(tide=1).fingerprint != said(tide=True).fingerprint
    assert said(tide=1e300).fingerprint != said(tide=1e299).fingerprint


def test_the_order_of_keys_does_not_change_a_fingerprint():
    raw = json.loads((VECTORS / "story.json").read_bytes())

    turned = dict(reversed(raw.items()))

    assert read_json(turned).fingerprint == vector("story").fingerprint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html><title>Sign in</title>",
        b"\xff\xfe",
        b'{"id": "kgnd-1"',
        b'"\xed\xa0\x80"',
        b"[]",
        b"null",
        b"{}",
        b'{"id": "kgnd-1"}',
        b'{"profiles": []}',
        b'{"profiles": [], "id": null}',
        b'{"profiles": [], "id": ""}',
        b'{"profiles": {}, "id": "kgnd-1"}',
        b'{"profiles": [], "id": "kgnd-1", "x": ' + b"[" * 65 + b"]" * 65 + b"}",
        b'{"profiles": [], "id": "kgnd-1", "x": ' + b"[" * 99999,
        b"[" * 99999 + b"]" * 99999,
        b'{"profiles": [], "id": "kgnd-1", "x": [' + b"1," * 99999 + b"1]}",
        b" " * LARGEST_DOCUMENT + b"{}",
        b"1" * 5000,
    ],
)
def test_what_is_no_document_is_said_not_to_be_one(data):
    with pytest.raises(NotCds) as refusal:
        read(data)

    assert refusal.value.sentence.endswith(".")


def test_a_byte_order_mark_is_nothing():
    data = b'\xef\xbb\xbf{"profiles": [], "id": 1}'

    assert read(data).document.id == "1"


def test_a_report_ends_somewhere():
    reading = said(collections=[None] * 5000)

    assert len(reading.oddities) == MOST_ODDITIES + 1
    assert reading.oddities[-1].what is Odd.MORE
    assert str(MOST_ODDITIES) in reading.oddities[-1].sentence


def test_everything_odd_can_be_said():
    for oddity in vector("odd").oddities:
        assert oddity.sentence.endswith(".")
        assert oddity.detail in oddity.sentence
