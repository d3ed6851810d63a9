"""A notice has something asked for; nothing that it says is believed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from groundwave.syndication.exchange.hearing import (
    SPACING,
    NoNotice,
    NotSigned,
    hear,
)
from groundwave.syndication.exchange.signing import signature
from groundwave.syndication.models import Original


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def notice(name="gw-1", event="document.updated"):
    return json.dumps({"event": event, "id": name, "at": "2026-11-01T18:30:00Z"})


def tell(pairing, body, *, at=NOW, secret="between us", now=NOW):
    body = body.encode() if isinstance(body, str) else body
    hear(pairing, body, signature(body, secret, at=at), now=now)


@pytest.fixture
def connection(pairing):
    pairing.connection.poll_due_at = TOMORROW
    pairing.connection.save()
    return pairing.connection


@pytest.fixture
def original(connection, story):
    return Original.objects.create(
        connection=connection,
        upstream_id="gw-1",
        story=story,
        arrived_at=NOW,
        check_due_at=TOMORROW,
    )


def due(thing, name):
    thing.refresh_from_db()
    return getattr(thing, name)


def test_what_we_carry_is_asked_for_at_once(pairing, connection, original):
    tell(pairing, notice())

    assert due(original, "check_due_at") == NOW
    assert due(connection, "poll_due_at") == TOMORROW


@pytest.mark.parametrize("event", ["document.deleted", "document.created", "lies"])
def test_what_it_says_makes_no_difference(pairing, original, event):
    before = Original.objects.values().get()
    tell(pairing, notice(event=event))

    assert Original.objects.values().get() == before | {"check_due_at": NOW}


def test_of_what_is_new_here_the_connection_is_asked(pairing, connection, original):
    tell(pairing, notice("gw-2"))

    assert due(connection, "poll_due_at") == NOW
    assert due(original, "check_due_at") == TOMORROW


def test_what_was_taken_back_is_new_again(pairing, connection, original):
    Original.objects.update(gone_at=NOW, gone_because="It was taken back.")
    tell(pairing, notice())

    assert due(connection, "poll_due_at") == NOW


def test_another_connections_story_is_left_alone(pairing, connection, original, news):
    other = type(connection).objects.create(name="Islands", section=news, origin="I")
    Original.objects.update(connection=other)
    tell(pairing, notice())

    assert due(original, "check_due_at") == TOMORROW


def test_it_may_come_again(pairing, original):
    for _ in range(3):
        tell(pairing, notice())

    assert due(original, "check_due_at") == NOW


def test_what_is_due_is_not_put_off(pairing, connection, original):
    earlier = NOW - timedelta(minutes=1)
    Original.objects.update(check_due_at=earlier)
    type(connection).objects.update(poll_due_at=earlier)
    tell(pairing, notice())
    tell(pairing, notice("gw-2"))

    assert due(original, "check_due_at") == earlier
    assert due(connection, "poll_due_at") == earlier


def test_a_flood_of_notices_has_nothing_asked_for_more_often(
    pairing, connection, original
):
    Original.objects.update(checked_at=NOW)
    connection.polled_at = NOW
    connection.save()
    tell(pairing, notice())
    tell(pairing, notice("gw-2"))

    assert due(original, "check_due_at") == NOW + SPACING
    assert due(connection, "poll_due_at") == NOW + SPACING


def test_a_stranger_has_nothing_asked_for(pairing, original):
    with pytest.raises(NotSigned):
        tell(pairing, notice(), secret="a guess")

    assert due(original, "check_due_at") == TOMORROW


def test_a_recorded_one_is_too_old(pairing, original):
    with pytest.raises(NotSigned):
        tell(pairing, notice(), at=NOW - timedelta(minutes=6))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"id": 1}',
        '{"id": ""}',
        '{"id": "' + "x" * 201 + '"}',
        b"\xff",
        "[" * 4000,
    ],
)
def test_signed_nonsense_has_nothing_asked_for(pairing, connection, original, body):
    with pytest.raises(NoNotice):
        tell(pairing, body)

    assert due(connection, "poll_due_at") == TOMORROW
    assert due(original, "check_due_at") == TOMORROW
