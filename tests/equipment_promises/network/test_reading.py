"""newsroom.md 1.1 and 1.2: who may read, what they get, and in which shape."""

from __future__ import annotations

import pytest

from equipment.network.faults import Unavailable
from equipment.network.others import topic
from equipment.network.stories import every_story, story


def test_a_document_travels_in_the_envelope_of_many(network, ask):
    network.publish(story("far-1", title="A bell at sea"))

    (document,) = ask("/v1/documents/far-1").documents

    assert document["title"] == "A bell at sea"


@pytest.mark.parametrize("token", ["", "nobody's token"])
def test_nobody_reads_without_a_token_that_is_known(network, ask, token):
    network.publish(story("far-1"))

    answer = ask("/v1/documents/far-1", token=token)

    assert answer.status == 401
    assert answer.messages


def test_a_token_can_be_withdrawn(network, ask):
    network.admit("a second token")
    assert ask("/v1/documents", token="a second token").status == 200

    network.expel("a second token")

    assert ask("/v1/documents", token="a second token").status == 401


def test_anybody_with_a_token_receives_what_is_restricted(network, ask):
    network.publish(story("far-1", isRestrictedToAuthorizedOrgServiceIds=True))

    (document,) = ask("/v1/documents/far-1").documents

    assert document["isRestrictedToAuthorizedOrgServiceIds"] is True


def test_what_is_not_there_is_404_in_the_shape_of_the_askers_faults(ask):
    answer = ask("/v1/documents/far-nowhere")

    assert answer.status == 404
    assert "far-nowhere" in answer.messages[0]


def test_what_was_deleted_is_404_as_well(network, ask):
    network.publish(story("far-1"))
    network.delete("far-1")

    assert ask("/v1/documents/far-1").status == 404
    assert ask.query(ids="far-1").ids == []


def test_an_outage_has_another_shape(network, ask):
    with network.suffering(Unavailable(times=1), at="/v1/"):
        answer = ask("/v1/documents")

    assert answer.status == 503
    assert answer.json()["error"]["message"]
    assert "retry-after" not in answer.headers


def test_a_single_document_takes_no_parameter_but_transclude(network, ask):
    network.publish(story("far-1"))

    answer = ask("/v1/documents/far-1?limit=1")

    assert answer.status == 400
    assert "limit" in answer.messages[0]


def test_links_are_filled_with_what_they_lead_to(network, ask):
    network.publish(every_story("far-1"), topic())

    (document,) = ask("/v1/documents/far-1?transclude=collections,layout").documents

    assert document["collections"][0]["embed"]["title"] == "Harbor life"
    assert "embed" not in document["collections"][1], "the program is not published"
    assert "Updated" in document["layout"][0]["embed"]["text"]


def test_of_bylines_only_those_of_text_are_filled(network, ask):
    """Known to be so since February 2024."""
    network.publish(every_story("far-1"))

    (document,) = ask("/v1/documents/far-1?transclude=bylines,transcript").documents

    by_reference, by_name = document["bylines"]
    assert "embed" not in by_reference
    assert by_name["embed"]["name"] == "Teo Brandt"


def test_the_network_says_when_it_wrote_a_document(network, ask):
    network.publish(story("far-1"))

    (document,) = ask("/v1/documents/far-1").documents

    assert document["meta"]["documentLastModifiedDateTime"] == "2026-03-02T18:00:00Z"
    assert document["publishDateTime"] == "2026-03-02T18:00:00Z"


def test_a_document_names_the_network_where_it_listens(network, ask):
    network.publish(every_story("far-1"))

    (document,) = ask("/v1/documents/far-1").documents

    assert document["owners"] == [{"href": network.service("s901")}]
    assert "network.example" not in str(document)


def test_a_service_has_a_name_to_show_and_no_home_page(network, ask):
    """Organization v4: what a copyright line can be made of."""
    brand = ask("/v4/services/s901", token="").json()["brand"]

    assert brand == {"displayName": "Far Shore Radio"}


def test_schemas_are_for_everybody(ask):
    profiles = ask("/v1/profiles", token="").json()
    story_profile = ask("/v1/profiles/story", token="").json()

    assert len(profiles) == 63
    assert {"href": "/v1/profiles/story"} in profiles
    assert "editorialMajorUpdateDateTime" in story_profile["properties"]
    assert ask("/v1/schemas/documentId", token="").status == 200


def test_an_unknown_profile_is_404_and_an_unknown_schema_400(ask):
    assert ask("/v1/profiles/hologram", token="").status == 404
    assert ask("/v1/schemas/hologram", token="").status == 400
