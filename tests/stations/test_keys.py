from __future__ import annotations

import math

from groundwave.stations.keys import ALPHABET, GROUP_LENGTH, GROUPS, digest_of, new_key
from groundwave.transmitter.keys import key_digest


def test_a_key_holds_at_least_160_random_bits():
    assert math.log2(len(ALPHABET)) * GROUPS * GROUP_LENGTH >= 160


def test_a_key_can_be_read_aloud():
    groups = new_key().split("-")

    assert [len(group) for group in groups] == [GROUP_LENGTH] * GROUPS
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set("il1o0") & set(ALPHABET)


def test_no_two_keys_are_alike():
    assert len({new_key() for _ in range(200)}) == 200


def test_the_transmitter_computes_the_same_digest():
    key = new_key()

    assert digest_of(key) == key_digest(key)
