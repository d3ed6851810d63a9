"""What a newsroom does later: corrections, withdrawals, takedowns, flips, other types."""

from __future__ import annotations

import pytest

from equipment.network.changes import (
    corrected,
    restricted,
    retyped,
    with_asset,
    with_facts,
    with_restricted,
    without,
)
from equipment.network.links import kind_of
from equipment.network.schemas import faults_of
from equipment.network.stories import NOON, every_story


@pytest.fixture
def ferry(network, ask):
    network.publish(every_story("far-ferry", at=NOON))

    def read():
        (document,) = ask("/v1/documents/far-ferry").documents
        return document

    return read


def test_an_edit_moves_what_says_so_and_not_the_date(network, ferry):
    network.change("far-ferry", with_facts, title="Ferry runs twice a day")

    assert ferry()["title"] == "Ferry runs twice a day"
    assert ferry()["publishDateTime"] == "2026-02-01T19:00:00Z"
    assert ferry()["editorialLastModifiedDateTime"] == "2026-03-02T18:00:00Z"


def test_a_correction_is_an_asset_and_a_major_update(network, ferry):
    network.change("far-ferry", corrected, "The ferry is called Bell.", network.now())

    link = ferry()["corrections"][-1]
    made = ferry()["assets"][link["href"].removeprefix("#/assets/")]
    assert made["text"] == "The ferry is called Bell."
    assert ferry()["editorialMajorUpdateDateTime"] == "2026-03-02T18:00:00Z"
    assert len(ferry()["corrections"]) == 2


@pytest.mark.parametrize(
    ("name", "field"),
    [("photo-1", "images"), ("sound-1", "audio"), ("text-1", "layout")],
)
def test_what_is_withdrawn_leaves_no_link_behind(network, ferry, name, field):
    network.change("far-ferry", without, name)

    assert name not in ferry()["assets"]
    assert f"#/assets/{name}" not in str(ferry()[field])


def test_restrictions_flip_and_flip_back(network, ferry):
    network.change("far-ferry", restricted)
    network.change("far-ferry", with_restricted, "photo-1")
    assert ferry()["isRestrictedToAuthorizedOrgServiceIds"] is True
    assert ferry()["assets"]["photo-1"]["isRestrictedToAuthorizedOrgServiceIds"] is True

    network.change("far-ferry", restricted, to=False)

    assert ferry()["isRestrictedToAuthorizedOrgServiceIds"] is False


def test_a_document_changes_its_type_and_keeps_its_id(network, ferry, ask):
    network.change("far-ferry", retyped, "program-episode")

    assert kind_of(ferry()) == "program-episode"
    assert ask.query(profileIds="story").ids == []


def test_an_asset_changes_alone(network, ferry):
    network.change("far-ferry", with_asset, "text-0", text="<p>It runs.</p>")

    assert ferry()["assets"]["text-0"]["text"] == "<p>It runs.</p>"


def test_changed_documents_are_such_as_the_network_lets_in(ferry, network):
    network.change("far-ferry", corrected, "Eleven days.", network.now())
    network.change("far-ferry", without, "photo-1")
    network.change("far-ferry", restricted)

    assert faults_of(ferry()) == []


def test_nobody_changes_what_is_not_there(network):
    with pytest.raises(KeyError):
        network.change("far-nothing", restricted)
