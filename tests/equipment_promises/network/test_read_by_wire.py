"""Our own reader of documents gets through all that the network can make."""

from __future__ import annotations

import json

import pytest

from equipment.network.oddities import ODDITIES
from equipment.network.others import OTHERS
from equipment.network.stories import every_story
from groundwave.wire.cds.oddity import Odd
from groundwave.wire.cds.reading import read


EVERY = {**ODDITIES, **OTHERS}
# What the reader finds odd; of all the others, nothing.
ODD = {
    "a link to null": {Odd.NULL_LINK},
    "a link that is null": {Odd.NULL_LINK},
    "an absolute link": {Odd.ELSEWHERE},
    "JSON Pointers": {Odd.BAD_ID},
    "a link to nothing": {Odd.DANGLING},
    "something unknown": {
        Odd.UNKNOWN_PROFILE,
        Odd.UNKNOWN_ASSET,
        Odd.UNKNOWN_FIELD,
        Odd.BAD_REL,
    },
    "no type": {Odd.TYPES},
    "two types": {Odd.TYPES},
    "no layout": {Odd.MISSING},
    "an inset in itself": {Odd.REPEATED},
    "a paragraph twice": {Odd.REPEATED},
    "hostile markup": {Odd.BAD_TEXT},
    "a time without a zone": {Odd.NO_ZONE},
    "a time that is none": {Odd.BAD_TIME},
    "no page": {Odd.UNFULFILLED},
    "an episode of a program": {Odd.UNKNOWN_FIELD},
    "a podcast": {Odd.UNKNOWN_FIELD},
    "an episode of a podcast": {Odd.UNKNOWN_FIELD},
}


@pytest.mark.parametrize("name", EVERY)
def test_it_is_read_and_only_what_is_odd_is_found_odd(name):
    reading = read(json.dumps(EVERY[name]).encode())

    assert reading.document.id == EVERY[name]["id"]
    assert {each.what for each in reading.oddities} == ODD.get(name, set())


def test_a_story_comes_from_the_socket_with_everything_on_it(network, ask):
    network.publish(every_story("far-1"))
    (document,) = ask("/v1/documents/far-1").documents

    read_here = read(json.dumps(document).encode())

    assert read_here.oddities == ()
    assert read_here.document.title == document["title"]
    assert len(read_here.document.assets) == len(document["assets"])
