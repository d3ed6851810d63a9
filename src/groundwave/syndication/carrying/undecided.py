"""What somebody has to decide about a carried story, as its original keeps it."""

from __future__ import annotations

from typing import Any

from groundwave.syndication.carrying.versions import Value
from groundwave.syndication.merging import Conflict, Merged, Override, Version
from groundwave.syndication.models import Original


Raw = dict[str, Any]


def decide_later(
    original: Original, made: Merged[Value], theirs: Version[Value]
) -> None:
    """Keep what somebody has to decide, for as long as both sides differ."""
    now_say = {part.asset: part.value for part in theirs.body}
    open_ones = {each["asset"]: each for each in original.conflicts}
    for asset, each in list(open_ones.items()):
        value = now_say.get(asset)
        each["theirs"] = value.raw if value else None
        if each["theirs"] == each["ours"]:
            del open_ones[asset]
    open_ones |= {each.asset: _conflict(each) for each in made.conflicts}
    original.conflicts = list(open_ones.values())
    original.overrides = [_override(each) for each in made.overrides]


def _conflict(conflict: Conflict[Value]) -> Raw:
    return {
        "asset": conflict.asset,
        "ours": conflict.ours.raw if conflict.ours else None,
        "theirs": conflict.theirs.raw if conflict.theirs else None,
    }


def _override(override: Override[Value]) -> Raw:
    return {
        "name": override.name,
        "ours": override.ours.raw if override.ours else None,
        "theirs": override.theirs.raw if override.theirs else None,
        "is_news": override.is_news,
    }
