"""The odd documents: each travels as it is, and only those are refused that should be."""

from __future__ import annotations

from equipment.network.links import rehomed
from equipment.network.oddities import ODDITIES
from equipment.network.others import OTHERS
from equipment.network.schemas import faults_of


EVERY = {**ODDITIES, **OTHERS}
# What no network would let in today, and yet has from before.
REFUSED = {
    "a link that is null",
    "JSON Pointers",
    "something unknown",
    "no type",
    "two types",
    "no layout",
    "what an answer adds",
    "no page",
    "a time without a zone",
    "a time that is none",
}


def test_each_travels_as_it_is(network, ask):
    network.publish(*EVERY.values())

    read = {each["id"]: each for each in ask.query(limit=300).documents}

    for document in EVERY.values():
        sent = rehomed(document, network.url)
        sent.pop("meta", None)
        assert {key: read[document["id"]][key] for key in sent} == sent
    assert len(read) == len(EVERY), "no two have an id in common"


def test_each_is_valid_unless_that_is_what_is_odd():
    assert {name for name, each in EVERY.items() if faults_of(each)} == REFUSED
