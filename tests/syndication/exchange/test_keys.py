"""A key opens for its partner, and for nobody else."""

from __future__ import annotations

import pytest

from groundwave.syndication.exchange.keys import partner_with
from groundwave.syndication.models import Partner


@pytest.fixture
def partners(db):
    return [Partner.objects.create(name=name) for name in ("Far Shore", "Islands")]


def test_each_key_is_of_its_partner(partners):
    for each in partners:
        assert partner_with(f"Bearer {each.key}") == each


@pytest.mark.parametrize("word", ["bearer", "BEARER"])
def test_the_scheme_is_taken_in_any_letters(partners, word):
    """RFC 9110, section 11.1."""
    assert partner_with(f"{word} {partners[0].key}") == partners[0]


@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic wrong", "Bearer é", "key"]
)
def test_anything_else_is_nobodys(partners, said):
    assert partner_with(said) is None


def test_a_key_of_another_scheme_is_nobodys(partners):
    assert partner_with(f"Basic {partners[0].key}") is None


def test_keys_and_secrets_are_random(partners):
    one, other = partners

    assert len({one.key, one.secret, other.key, other.secret}) == 4
    assert min(map(len, (one.key, one.secret))) >= 40
