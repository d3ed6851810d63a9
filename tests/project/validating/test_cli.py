from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from equipment.network.faults import HtmlInstead
from equipment.network.server import Network
from equipment.network.stories import every_story
from groundwave.project.validating.cli import syndication


@pytest.fixture
def network(monkeypatch):
    monkeypatch.setenv("GROUNDWAVE_OUTBOUND_ALLOW", "127.0.0.1")
    with Network() as network:
        yield network


@pytest.fixture
def whole():
    return every_story()


@pytest.fixture
def kept(tmp_path):
    """Keep a document in a file; return where."""

    def keep(document):
        path = tmp_path / "document.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return str(path)

    return keep


def validate(*words):
    return CliRunner().invoke(syndication, ["validate", *words])


def test_of_a_good_document_it_is_said_what_we_make_of_it(kept, whole):
    ran = validate(kept(whole))

    assert ran.exit_code == 0, ran.output
    assert f"{whole['id']}: “{whole['title']}”" in ran.output
    assert "blocks 4, lead photo 1, sound 1, corrections 1, notes 1" in ran.output
    assert ran.output.endswith("Nothing is wrong with it.\n")


def test_whatever_is_wrong_is_said_with_its_place(kept, whole):
    ran = validate(kept({**whole, "title": "", "publishDateTime": "yesterday"}))

    assert ran.exit_code == 1
    assert "- /publishDateTime: “yesterday” is not a date and time." in ran.output
    assert "- /title: " in ran.output


def test_what_is_no_document_is_said_in_a_sentence(kept):
    ran = validate(kept("<html>"))

    assert (ran.exit_code, ran.exception.__class__) == (1, SystemExit)
    assert "Traceback" not in ran.output


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    ran = validate(str(tmp_path / "nothing"))

    assert ran.exit_code == 1
    assert "No such file" in ran.output


def test_an_address_is_asked_with_the_key(network, whole):
    network.publish(whole)
    url = f"{network.url}/v1/documents/{whole['id']}"

    assert validate(url).exit_code == 1
    ran = validate(url, "--key", network.token)

    assert ran.exit_code == 0, ran.output


def test_the_networks_own_schemas_are_asked_as_well(network, kept, whole):
    ran = validate(kept(whole), "--schemas", network.url)
    assert ran.exit_code == 0, ran.output
    assert network.asked_for("/v1/profiles/story")

    # Our own grammar lets pass what it does not know.
    assets = {
        **whole["assets"],
        "x-1": {
            "id": "x-1",
            "profiles": [{"href": "/v1/profiles/tweet", "rels": ["type"]}],
            "tweetId": "abc",
        },
    }
    ran = validate(kept({**whole, "assets": assets}), "--schemas", network.url)
    assert ran.exit_code == 1
    assert "- /assets/x-1/tweetId (tweet): 'abc' does not match" in ran.output


def test_each_schema_is_asked_for_once(network, kept, whole):
    validate(kept(whole), "--schemas", network.url)

    asked = [each.path for each in network.asked_for("/v1/profiles")]
    assert len(asked) == len(set(asked))


def test_a_network_without_schemas_is_said_so(network, kept, whole):
    with network.suffering(HtmlInstead(), at="/v1/profiles"):
        ran = validate(kept(whole), "--schemas", network.url)

    assert ran.exit_code == 1
    assert "is no schema" in ran.output


def test_a_profile_that_the_network_does_not_have_is_said_so(network, kept, whole):
    links = [*whole["profiles"], {"href": "/v1/profiles/has-moods"}]
    ran = validate(kept({**whole, "profiles": links}), "--schemas", network.url)

    assert ran.exit_code == 1
    assert "/v1/profiles/has-moods answered 404" in ran.output
