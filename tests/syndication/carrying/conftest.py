"""An upstream whose files can be fetched, and a story of it."""

from __future__ import annotations

import pytest

from conftest import NOW
from equipment.network.server import Network
from groundwave.pages.models import HomePage, SectionPage
from groundwave.syndication.models import Connection, Original
from groundwave.wire.http.host import read_host


@pytest.fixture
def network(settings):
    with Network() as network:
        host = read_host(network.url.removeprefix("http://"))
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([host])
        yield network


@pytest.fixture
def original(db, network):
    section = SectionPage(title="Nation", slug="nation")
    connection = Connection.objects.create(
        name="Far Shore",
        upstream="cds",
        address=network.url,
        section=HomePage.objects.get().add_child(instance=section),
        origin="Far Shore Radio",
    )
    return Original.objects.create(
        connection=connection, upstream_id="far-1", arrived_at=NOW
    )
