"""newsroom.md 1.1, 1.2, 1.14: who may write what, and what is told to those who may not."""

from __future__ import annotations

from http.client import IncompleteRead

import pytest

from equipment.network.assets import picture, quote, sound, text
from equipment.network.changes import with_facts
from equipment.network.faults import CutOff, Unavailable
from equipment.network.links import link
from equipment.network.others import topic
from equipment.network.stories import every_story, story


KEY = "a key of Saltflat"


@pytest.fixture
def put(network, ask):
    network.admit(KEY, prefix="salt")

    def put(document, *, name="", token=KEY):
        target = f"/v1/documents/{name or document['id']}"
        return ask(target, method="PUT", body=document, token=token)

    return put


def test_a_document_is_created_and_then_replaced(put, ask):
    created = put(story("salt-1", title="Salt"))
    replaced = put(story("salt-1", title="More salt"))

    assert (created.status, replaced.status) == (201, 200)
    assert replaced.documents[0]["title"] == "More salt"
    assert ask("/v1/documents/salt-1").documents[0]["title"] == "More salt"


def test_putting_the_same_again_changes_nothing(put, ask):
    document = every_story("salt-1")
    put(document)
    before = ask("/v1/documents/salt-1").documents

    put(document)

    assert ask("/v1/documents/salt-1").documents == before
    assert ask.query().ids == ["salt-1"]


def test_a_network_may_take_it_now_and_let_it_in_later(network, put):
    network.accept_later()

    assert put(story("salt-1")).status == 202


def test_what_others_put_into_links_is_not_kept(put, ask):
    filled = link("/v1/documents/salt-2", "topic", embed={"id": "salt-2"})
    put(
        story(
            "salt-1", collections=[filled], meta={"documentLastModifiedDateTime": "x"}
        )
    )

    (document,) = ask("/v1/documents/salt-1").documents

    assert document["collections"] == [
        {"href": "/v1/documents/salt-2", "rels": ["topic"]}
    ]
    assert document["meta"]["documentLastModifiedDateTime"] == "2026-03-02T18:00:00Z"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nobody_writes_what_is_not_under_their_prefix(network, put, ask, method):
    network.publish(story("far-1"))

    answer = ask("/v1/documents/far-1", method=method, token=KEY, body=story("far-1"))

    assert answer.status == 403
    assert answer.messages
    assert network.document("far-1")


def test_nobody_writes_with_a_token_that_only_reads(network, put):
    assert put(story("salt-1"), token=network.token).status == 403
    assert put(story("salt-1"), token="").status == 401


def test_a_service_opens_the_documents_that_are_authorized_for_it(network, put, ask):
    network.publish(story("far-1", authorizedOrgServiceIds=["s1", "s902"]))
    network.admit("Saltflat's other key", services=["s902"])

    answer = put(story("far-1", title="Shared"), token="Saltflat's other key")

    assert answer.status == 200
    assert put(story("far-2"), token="Saltflat's other key").status == 403


def test_what_is_deleted_is_gone_and_was_there_only_once(put, ask):
    put(story("salt-1"))

    deleted = ask("/v1/documents/salt-1", method="DELETE", token=KEY)
    again = ask("/v1/documents/salt-1", method="DELETE", token=KEY)

    assert (deleted.status, deleted.body) == (204, b"")
    assert again.status == 404


def test_the_document_and_its_address_must_agree(put):
    answer = put(story("salt-1"), name="salt-2")

    assert answer.status == 400
    assert "salt-1" in answer.messages[0]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (story("salt-1", title=None), "'title' is a required property"),
        (story("salt-1", title=""), "title"),
        (story("salt-1", owners=[]), "owners"),
        (story("salt-1", layout=None), "'layout' is a required property"),
        (with_facts(story("salt-1"), layout=[]), "layout"),
        (story("salt-1", webPages=[link("https://a.example/")]), "webPages"),
        (story("salt-1", profiles=[]), "profiles"),
        (story("Salt-1"), "does not match"),
        (
            story("salt-1", collections=[link("/v1/documents/1", "tide")]),
            "collections/0/rels/0",
        ),
        (story("salt-1", brandings=[link("/s", color="red")]), "color"),
        (story("salt-1", publishDateTime="yesterday"), "publishDateTime"),
        (story("salt-1", body=[text("text-0", 5)]), "assets/text-0"),  # type: ignore[arg-type] -- that is the fault
        (story("salt-1", pictures=[picture("photo-1", enclosures=[])]), "enclosures"),
        (story("salt-1", sounds=[sound("sound-1", available="yes")]), "isAvailable"),  # type: ignore[arg-type] -- that is the fault
        (
            story("salt-1", body=[quote("quote-1", "So.", attributionContext="x")]),
            "attributionParty",
        ),
        (topic("salt-1", *(f"salt-{number}" for number in range(101))), "items"),
        ([], "object"),
        (b"{", "JSON"),
    ],
)
def test_a_document_that_breaks_its_profiles_is_refused_in_words(
    put, ask, document, told
):
    answer = put(document, name="salt-1")

    assert answer.status == 400
    assert any(told in each for each in answer.messages), answer.messages
    assert ask("/v1/documents/salt-1").status == 404


def test_a_refused_document_leaves_the_last_one_in_place(put, ask):
    put(story("salt-1", title="Salt"))

    put(story("salt-1", title=""))

    assert ask("/v1/documents/salt-1").documents[0]["title"] == "Salt"


def test_what_is_refused_for_an_outage_was_not_done(network, put, ask):
    with network.suffering(Unavailable(times=1), at="/v1/documents/salt-1"):
        assert put(story("salt-1")).status == 503

    assert ask("/v1/documents/salt-1").status == 404


def test_an_answer_may_be_lost_when_everything_was_done(network, put, ask):
    """Whoever asks again must be told the same: that is what idempotent is for."""
    with (
        network.suffering(CutOff(), at="/v1/documents/salt-1"),
        pytest.raises(IncompleteRead),
    ):
        put(story("salt-1"))

    assert put(story("salt-1")).status == 200
    assert ask.query().ids == ["salt-1"]
