"""A station whose stories we carry learns where we are told of changes."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest

from groundwave.syndication.exchange.introducing import _hold, introduce_due
from groundwave.syndication.exchange.patience import pause_after
from groundwave.syndication.models import Connection, Pairing
from groundwave.wire.errors import UsageError


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


def test_one_that_breaks_our_program_keeps_no_other_and_is_told(pairing, other):
    """Its key has what no header can have."""
    connection = pairing.connection
    second = Connection.objects.get(pk=connection.pk)
    second.pk, second.name = None, "Islands"
    second.save()
    connection.key = "a key\nof two lines"
    connection.save()
    Pairing.objects.create(
        connection=second,
        uid=uuid.UUID(int=8),
        secret="between us",
        notices_at="https://kgnd.example/network/notices/8",
        due_at=NOW + timedelta(seconds=1),
    )
    later = NOW + timedelta(seconds=2)

    with pytest.raises(UsageError):
        introduce_due(later)
    assert introduce_due(later) == 1

    pairing.refresh_from_db()
    assert pairing.due_at == later + pause_after(0)
    assert "paste another pairing line" in pairing.trouble


def test_what_another_worker_says_is_not_said_by_us(pairing, other):
    seen = Pairing.objects.get()
    assert _hold(pairing, NOW)

    assert not _hold(seen, NOW)
