"""A station whose stories we carry learns where we are told of changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest

from groundwave.syndication.exchange.introducing import introduce_due
from groundwave.syndication.exchange.patience import pause_after


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)


@pytest.fixture
def pairing(pairing):
    pairing.due_at = NOW
    pairing.save()
    return pairing


def test_it_is_told_our_address_with_its_key(pairing, other):
    assert introduce_due(NOW) == 1

    (asked,) = other.heard
    assert (asked.method, asked.path) == ("PUT", "/network/v1/notices")
    assert asked.token == "the key"
    assert json.loads(asked.body) == {"address": pairing.notices_at}


def test_it_is_told_once(pairing, other):
    introduce_due(NOW)

    assert introduce_due(NOW + timedelta(days=1)) == 0
    assert len(other.heard) == 1


def test_until_it_hears_it_is_tried_again(pairing, other):
    other.answers = HTTPStatus.BAD_GATEWAY
    assert introduce_due(NOW) == 0
    assert introduce_due(NOW) == 0
    pairing.refresh_from_db()
    assert pairing.due_at == NOW + pause_after(0)
    assert "502" in pairing.trouble

    other.answers = HTTPStatus.NO_CONTENT
    assert introduce_due(pairing.due_at) == 1
    pairing.refresh_from_db()
    assert (pairing.trouble, pairing.due_at) == ("", None)
