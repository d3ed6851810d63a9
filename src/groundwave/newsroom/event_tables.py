"""What is known of an event, as tables: from the database to values."""

from __future__ import annotations

from datetime import datetime

from groundwave.newsroom.figures.broadcast import BroadcastCard, broadcast_card
from groundwave.newsroom.figures.known import Known, known
from groundwave.newsroom.figures.standing import Said
from groundwave.newsroom.models import Event, Figure


def all_said(event: Event) -> list[Said]:
    """Return every figure of *event*, the first first, also those taken back."""
    return [figure.said for figure in Figure.objects.of(event).with_facts()]


def tables(event: Event) -> tuple[Known, ...]:
    """Return “What we know, and who says so”."""
    counted = [metric.counted for metric in event.metrics.all()]
    return known(counted, all_said(event))


def event_broadcast_card(event: Event, *, now: datetime) -> BroadcastCard:
    """Return what is read of it on the air."""
    return broadcast_card(event.title, tables(event), zone=event.zone, now=now)
