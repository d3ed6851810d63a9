"""Which upstream a connection leads to."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from groundwave.outbound.client import Client
from groundwave.syndication.models import Connection
from groundwave.syndication.polling.asking import Asks
from groundwave.syndication.polling.cds import DocumentUpstream
from groundwave.syndication.polling.feeds import FeedUpstream


def upstream_of(connection: Connection, *, now: datetime) -> Asks:
    """Return what *connection* leads to, ready to be asked at *now*."""
    client = Client(allowed=settings.GROUNDWAVE_OUTBOUND_ALLOW)
    if connection.speaks_cds:
        return DocumentUpstream(connection, client, now)
    return FeedUpstream(connection, client)
