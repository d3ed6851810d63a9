"""A story as it can be merged: what reads the same is the same."""

from __future__ import annotations

import json

import pytest

from groundwave.newsroom.models import Byline, Story
from groundwave.syndication.carrying.versions import (
    assets_of,
    put,
    restored,
    stored,
    version_of,
)


BODY = [
    {"type": "text", "value": "<p>Fog.</p>", "id": "a"},
    {"type": "quote", "value": {"quote": "Fog.", "speaker": "A sailor"}, "id": "b"},
    {"type": "text", "value": "<p>Ours.</p>", "id": "local"},
]
THEIRS = {"a", "b"}

pytestmark = pytest.mark.django_db


def page(body=BODY, **facts) -> Story:
    made = Story(title="Fog", body=json.dumps(body), **facts)
    made.bylines.set([Byline(guest="Una Farrow")])
    return made


def test_what_is_stored_is_restored():
    version = version_of(page(dek="Again"), THEIRS)
    assert restored(json.loads(json.dumps(stored(version)))) == version


def test_of_nothing_stored_there_is_an_empty_version():
    assert restored({}) == restored({"fields": {}, "body": []})


def test_what_was_added_here_is_no_asset_of_upstream():
    assert assets_of(version_of(page(), THEIRS)) == THEIRS


def test_what_the_editor_remembers_paragraphs_by_makes_no_difference():
    opened = [{**BODY[0], "value": '<p data-block-key="a1b2c">Fog.</p>'}, *BODY[1:]]
    assert version_of(page(opened), THEIRS) == version_of(page(), THEIRS)


def test_one_letter_makes_a_difference():
    changed = [{**BODY[0], "value": "<p>fog.</p>"}, *BODY[1:]]
    assert version_of(page(changed), THEIRS) != version_of(page(), THEIRS)


def test_a_story_that_is_put_says_what_the_version_does():
    version = version_of(page(dek="Again"), THEIRS)
    other = Story()
    put(version, other)
    assert version_of(other, THEIRS) == version
    assert [block.id for block in other.body] == ["a", "b", "local"]


def test_what_the_version_does_not_say_is_empty_afterwards():
    other = page(dek="Again", lead_alt="A mast")
    put(restored({"fields": {"title": "Fog"}, "body": []}), other)
    assert (other.title, other.dek, other.lead_alt, len(other.body)) == (
        "Fog",
        "",
        "",
        0,
    )
    assert list(other.bylines.all()) == []


def test_an_editors_name_stays_when_authors_change():
    ours = page()
    ours.bylines.set([Byline(guest="Una Farrow"), Byline(guest="Sol", role="editor")])
    version = version_of(page(), THEIRS)
    version.fields["bylines"].raw.append("Ida Marsh")
    put(version, ours)
    assert [(e.guest, e.role) for e in ours.bylines.all()] == [
        ("Una Farrow", "reporter"),
        ("Ida Marsh", "reporter"),
        ("Sol", "editor"),
    ]
