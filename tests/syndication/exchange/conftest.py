"""A station that carries our stories, and one whose stories we carry."""

from __future__ import annotations

import uuid

import pytest

from equipment.other_station import OtherStation
from groundwave.syndication.models import Connection, Pairing, Partner
from groundwave.wire.http.host import Host


@pytest.fixture
def other(settings):
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset({Host("127.0.0.1", None)})
    with OtherStation() as other:
        yield other


@pytest.fixture
def partner(db, other):
    """Who carries our stories, and said where it is told of changes."""
    return Partner.objects.create(
        name="Far Shore Radio", notices_to=f"{other.url}/network/notices/here"
    )


@pytest.fixture
def pairing(news, other):
    """Of us with a station whose stories we carry."""
    connection = Connection.objects.create(
        name="Far Shore Radio",
        upstream="groundwave",
        address=other.url,
        key="the key",
        section=news,
        origin="Far Shore Radio",
    )
    return Pairing.objects.create(
        connection=connection,
        uid=uuid.UUID(int=7),
        secret="between us",
        notices_at="https://kgnd.example/network/notices/7",
    )
