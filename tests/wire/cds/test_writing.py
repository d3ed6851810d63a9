from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings

from groundwave.wire.cds.assets import Note, Text, UnknownAsset
from groundwave.wire.cds.claims import called_for
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.errors import NotAllowed
from groundwave.wire.cds.link import Link, to_asset, to_document
from groundwave.wire.cds.oddity import KEPT, Odd
from groundwave.wire.cds.reading import LARGEST_DOCUMENT, read
from groundwave.wire.cds.writing import to_json, write
from wire.cds.stories import SOUND, VECTORS, documents


OWNER = Link(href="https://organization.api.npr.org/v4/services/s9901")
PLAIN = Document(
    id="kgnd-1",
    kind="story",
    interfaces=("buildout", "publishable"),
    title="Fog",
    owners=(OWNER,),
    layout=(to_asset("kgnd-2"),),
    assets={"kgnd-2": Text(id="kgnd-2", text="It is thick.")},
)


def changed(**changes: object) -> Document:
    return msgspec.structs.replace(PLAIN, **changes)


def refused(document: Document) -> list[tuple[str, Odd]]:
    with pytest.raises(NotAllowed) as refusal:
        write(document)
    assert refusal.value.sentence in str(refusal.value)
    return [(fault.where, fault.what) for fault in refusal.value.faults]


@given(documents())
@settings(deadline=None, max_examples=50)
def test_what_was_written_is_read_as_it_was(document):
    reading = read(write(document))

    assert reading.document == document
    assert {oddity.what for oddity in reading.oddities} <= KEPT


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_document_comes_out_with_the_same_content(name):
    data = (VECTORS / f"{name}.json").read_bytes()

    written = write(read(data).document)

    canonical = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
    assert written.decode() == json.dumps(json.loads(data), **canonical)


def test_nothing_empty_is_written_unless_it_is_required():
    assert json.loads(write(PLAIN)) == {
        "id": "kgnd-1",
        "profiles": [
            {"href": "/v1/profiles/story", "rels": ["type"]},
            {"href": "/v1/profiles/document"},
            {"href": "/v1/profiles/buildout", "rels": ["interface"]},
            {"href": "/v1/profiles/publishable", "rels": ["interface"]},
        ],
        "title": "Fog",
        "owners": [{"href": OWNER.href}],
        "brandings": [],
        "layout": [{"href": "#/assets/kgnd-2"}],
        "assets": {
            "kgnd-2": {
                "id": "kgnd-2",
                "profiles": [
                    {"href": "/v1/profiles/text", "rels": ["type"]},
                    {"href": "/v1/profiles/document"},
                ],
                "text": "It is thick.",
            }
        },
    }


def test_instants_are_written_in_utc():
    denver = timezone(timedelta(hours=-7))
    noon = datetime(2026, 2, 1, 12, tzinfo=denver)

    assert to_json(changed(publish_date_time=noon))["publishDateTime"] == (
        "2026-02-01T19:00:00Z"
    )


def test_what_is_not_known_here_is_passed_on():
    data = (VECTORS / "story.json").read_bytes()
    raw = json.loads(data)
    raw["profiles"].append({"href": "/v1/profiles/has-tides", "rels": ["interface"]})
    raw["tides"] = [{"high": "06:10"}]
    raw["assets"]["kgnd-p1"]["mood"] = None
    raw["assets"]["kgnd-p1"]["assets"] = {"kind": []}
    raw["assets"]["kgnd-x"] = {
        "id": "kgnd-x",
        "profiles": [
            {"href": "/v1/profiles/tide-table", "rels": ["type"]},
            {"href": "/v1/profiles/document"},
            {"href": "https://lowtide.example/moon", "rels": ["interface"]},
        ],
        "rows": [[1, 2.5], {"a": None}],
    }

    reading = read(json.dumps(raw).encode())

    assert json.loads(write(reading.document)) == raw
    assert {oddity.what for oddity in reading.oddities} == KEPT


def test_what_the_service_put_into_a_link_is_not_sent_back():
    link = Link(href="/v1/documents/1", embed={"id": "1"})

    assert to_json(changed(collections=(link,)))["collections"] == [
        {"href": "/v1/documents/1"}
    ]


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"id": "KGND-1"}, "/id", Odd.BAD_ID),
        ({"kind": ""}, "/profiles", Odd.TYPES),
        ({"kind": "no story"}, "/profiles", Odd.BAD_WORD),
        ({"interfaces": ("publishable",)}, "/layout", Odd.UNCLAIMED),
        ({"interfaces": ("buildout",)}, "/profiles", Odd.UNCLAIMED),
        (
            {"interfaces": ("buildout", "publishable", "publishable")},
            "/profiles",
            Odd.REPEATED,
        ),
        ({"title": ""}, "/title", Odd.UNFULFILLED),
        ({"title": "\0"}, "/title", Odd.BAD_TEXT),
        ({"owners": ()}, "/owners", Odd.UNFULFILLED),
        ({"owners": (OWNER, OWNER)}, "/owners/1", Odd.REPEATED),
        ({"owners": (to_document("1"),)}, "/owners/0", Odd.ELSEWHERE),
        (
            {"authorized_services": ("\x1b",)},
            "/authorizedOrgServiceIds/0",
            Odd.BAD_TEXT,
        ),
        (
            {"publish_date_time": datetime(2026, 2, 1)},  # noqa: DTZ001 - the fault
            "/publishDateTime",
            Odd.NO_ZONE,
        ),
        (
            {
                "publish_date_time": datetime.max.replace(
                    tzinfo=timezone(timedelta(hours=-7))
                )
            },
            "/publishDateTime",
            Odd.BAD_TIME,
        ),
        ({"auto_refresh_interval": 0}, "/autoRefreshInterval", Odd.BAD_NUMBER),
        ({"featured_area_type": "four"}, "/featuredAreaType", Odd.BAD_WORD),
        ({"layout": (to_asset("gone"),)}, "/layout/0", Odd.DANGLING),
        ({"layout": (to_asset("kgnd-2", "attic"),)}, "/layout/0/rels", Odd.BAD_REL),
        (
            {"layout": (to_asset("kgnd-2", "rail", "rail"),)},
            "/layout/0/rels",
            Odd.REPEATED,
        ),
        ({"layout": (to_asset("kgnd-2"),) * 2}, "/assets/kgnd-2", Odd.REPEATED),
        ({"bylines": (to_asset("kgnd-2"),)}, "/bylines/0", Odd.WRONG_ASSET),
        ({"collections": (to_document("null"),)}, "/collections/0", Odd.NULL_LINK),
        ({"rest": {"title": "Haze"}}, "/title", Odd.REPEATED),
        ({"rest": {"profiles": []}}, "/profiles", Odd.REPEATED),
        ({"rest": {"assets": {}}}, "/assets", Odd.REPEATED),
    ],
)
def test_what_the_grammar_does_not_allow_is_not_written(changes, where, what):
    assert (where, what) in refused(changed(**changes))


@pytest.mark.parametrize(
    ("asset", "where", "what"),
    [
        (Text(id="kgnd-3", text=""), "/assets/kgnd-2/id", Odd.OTHER_ID),
        (
            UnknownAsset(id="kgnd-2", kind="text"),
            "/assets/kgnd-2",
            Odd.WRONG_ASSET,
        ),
        (UnknownAsset(id="kgnd-2", kind=""), "/assets/kgnd-2/profiles", Odd.TYPES),
        (
            Note(id="kgnd-2", text="", date_time=datetime(2026, 1, 1, tzinfo=UTC)),
            "/assets/kgnd-2/text",
            Odd.MISSING,
        ),
        (
            Note(id="kgnd-2", text="Fog.", date_time=None),
            "/assets/kgnd-2/dateTime",
            Odd.MISSING,
        ),
        (
            UnknownAsset(id="kgnd-2", kind="x-y", rest={"id": "z"}),
            "/assets/kgnd-2/id",
            Odd.REPEATED,
        ),
    ],
)
def test_an_asset_that_the_grammar_does_not_allow_is_not_written(asset, where, what):
    assert (where, what) in refused(changed(assets={"kgnd-2": asset}))


def test_all_that_is_in_the_way_is_told_at_once():
    assert len(refused(changed(id="", title="", owners=()))) == 3


def test_what_could_not_be_read_again_is_not_written():
    deep: list[object] = []
    for _ in range(70):
        deep = [deep]

    assert refused(changed(rest={"tides": deep})) == [("", Odd.TOO_MANY)]
    assert refused(changed(teaser="x" * LARGEST_DOCUMENT)) == [("", Odd.TOO_MANY)]


def test_a_story_claims_what_it_has():
    story = read((VECTORS / "story.json").read_bytes()).document

    assert set(called_for(story)) == set(story.interfaces)
    assert called_for(PLAIN) == PLAIN.interfaces
