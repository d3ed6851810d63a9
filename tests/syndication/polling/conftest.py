"""A network on a real socket, and connections of ours to it, at times that a test sets."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.network.server import Network
from groundwave.pages.models import HomePage, SectionPage
from groundwave.syndication.models import Connection, Outcome
from groundwave.syndication.polling import beside
from groundwave.syndication.polling.upstreams import upstream_of
from groundwave.wire.http.host import read_host


# What is published is published by the true clock.
NOW = timezone.now().replace(microsecond=0)


class Clock:
    """The time that all of them have, unless the network's clock goes wrong."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def network(settings, clock, monkeypatch):
    for name in ("_documents", "_brands", "_away"):
        monkeypatch.setattr(getattr(beside, name), "_things", OrderedDict())
    with Network(clock=clock) as network:
        host = read_host(network.url.removeprefix("http://"))
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([host])
        yield network


@pytest.fixture
def connect(db, network):
    """Return what makes a connection to the network."""

    def connect(name="Far Shore", upstream="cds", **facts):
        home = HomePage.objects.get()
        section = SectionPage.objects.filter(slug="nation").first()
        section = section or home.add_child(
            instance=SectionPage(title="Nation", slug="nation")
        )
        known = {
            "address": network.url,
            "key": network.token,
            "section": section,
            "origin": "Far Shore Radio",
            "arrival": "publish",
            "poll_due_at": NOW,
        }
        return Connection.objects.create(
            name=name, upstream=upstream, **{**known, **facts}
        )

    return connect


@pytest.fixture
def cds(connect):
    return connect()


@pytest.fixture
def feed(connect, network):
    return connect(upstream="feed", address=f"{network.url}/feeds/news.atom")


@pytest.fixture
def asks(clock):
    """Return what asks a connection, at the present time."""
    return lambda connection: upstream_of(connection, now=clock.now)


def became():
    """Return what became of each story, the latest first."""
    return list(Outcome.objects.values_list("upstream_id", "what"))


def said_of(upstream_id):
    outcomes = Outcome.objects.filter(upstream_id=upstream_id)
    return " ".join(sentence for each in outcomes for sentence in each.said)
