"""What is known of an event, as tables: from the database to values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from groundwave.newsroom.figures.broadcast import BroadcastCard, broadcast_card
from groundwave.newsroom.figures.known import Known, known
from groundwave.newsroom.figures.standing import Said
from groundwave.newsroom.models import Event, Figure, Metric


def all_said(event: Event) -> list[Said]:
    """Return every figure of *event*, the first first, also those taken back."""
    return [figure.said for figure in Figure.objects.of(event).with_facts()]


def tables(event: Event, metrics: Iterable[Metric] = ()) -> tuple[Known, ...]:
    """Return “What we know, and who says so”, of all that is counted or of *metrics*."""
    counted = [metric.counted for metric in metrics or event.metrics.all()]
    return known(counted, all_said(event))


def box_tables(
    chosen: Iterable[Metric], event: Event | None
) -> list[tuple[Event, tuple[Known, ...]]]:
    """
    Return what a box shows: of what was *chosen*, else of all that *event* counts.

    Nothing of an event that readers are not told of is in it.
    """
    metrics = list(chosen)
    events = {metric.event for metric in metrics} or {event} - {None}
    shown = [each for each in events if each and each.is_public]
    return [
        (each, tables(each, [m for m in metrics if m.event_id == each.pk]))
        for each in sorted(shown, key=lambda each: each.pk)
    ]


def event_broadcast_card(event: Event, *, now: datetime) -> BroadcastCard:
    """Return what is read of it on the air."""
    return broadcast_card(event.title, tables(event), zone=event.zone, now=now)
