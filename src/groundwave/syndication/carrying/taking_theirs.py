"""Our version of a story with something in it as upstream has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from groundwave.syndication.merging import Part, Version


V = TypeVar("V")


def with_field(ours: Version[V], theirs: Version[V], name: str) -> Version[V]:
    """Return *ours* with the field as *theirs* has it; without it if they have none."""
    fields = {key: value for key, value in ours.fields.items() if key != name}
    if name in theirs.fields:
        fields[name] = theirs.fields[name]
    return replace(ours, fields=fields)


def with_block(ours: Version[V], theirs: Version[V], asset: str) -> Version[V]:
    """
    Return *ours* with the block as *theirs* has it; without it if they have none.

    One that is not here comes behind that of its predecessors upstream that is here
    and nearest to it.
    """
    block = next((part for part in theirs.body if part.asset == asset), None)
    if block is None:
        body = tuple(part for part in ours.body if part.asset != asset)
    elif any(part.asset == asset for part in ours.body):
        body = tuple(block if part.asset == asset else part for part in ours.body)
    else:
        at = _place_of(asset, ours.body, theirs.body)
        body = (*ours.body[:at], block, *ours.body[at:])
    return replace(ours, body=body)


def _place_of(
    asset: str, ours: tuple[Part[V], ...], theirs: tuple[Part[V], ...]
) -> int:
    """Return how many of our blocks stand before it."""
    order = [part.asset for part in theirs]
    before = {*order[: order.index(asset)]}
    places = (at for at, part in enumerate(ours, 1) if part.asset in before)
    return max(places, default=0)
