"""Who says what of an event, as data: every figure, also those that stand no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from groundwave.delivery.claims import as_number
from groundwave.delivery.days import utc_text
from groundwave.newsroom.figures.known import Counted, Known, known
from groundwave.newsroom.figures.quantity import Spread
from groundwave.newsroom.figures.standing import Said, Status
from groundwave.newsroom.figures.words import written


Facts = dict[str, Any]


def figures_told(counted: Iterable[Counted], said: Iterable[Said]) -> Facts:
    """
    Return what was said of each thing *counted*, and which of it stands.

    What we retracted nobody said: it is named, and its number is not repeated.
    """
    things, figures = list(counted), list(said)
    tables = known(things, figures)
    standing = {row.said.name for table in tables for row in table.rows}
    labels = {each.name: each.label for each in things}
    return {
        "counts": [_table(table) for table in tables],
        "figures": [_figure(each, labels, each.name in standing) for each in figures],
    }


def _table(table: Known) -> Facts:
    return {
        "counted": table.counted.label,
        "scope": table.counted.scope,
        "figures": [row.said.name for row in table.rows],
        "spread": _spread(table.spread) if table.spread else None,
    }


def _spread(spread: Spread) -> Facts:
    return {
        "least": as_number(spread.least),
        "most": as_number(spread.most),
        "or_fewer": spread.or_fewer,
        "or_more": spread.or_more,
    }


def _figure(said: Said, labels: dict[str, str], stands: bool) -> Facts:
    return {
        "id": said.name,
        "counted": labels[said.counted],
        "source": said.who,
        "source_is": said.about or None,
        "relayed_by": said.relayed_by or None,
        **_quantity(said),
        "as_of": utc_text(said.as_of),
        "said_at": utc_text(said.said_at),
        "counts": said.counts or None,
        "note": said.note or None,
        "status": said.status,
        "reason": said.reason or None,
        "stands": stands,
        "supersedes": said.supersedes,
        "url": said.url or None,
    }


def _quantity(said: Said) -> Facts:
    if said.status is Status.RETRACTED:
        return {"qualifier": None, "low": None, "high": None, "words": None}
    quantity = said.quantity
    return {
        "qualifier": quantity.qualifier,
        "low": as_number(quantity.low),
        "high": as_number(quantity.high),
        "words": written(quantity),
    }
