"""
What an origin has withdrawn from a story: gone from our copy, whatever was written here.

A right that has ended is no change to be merged: it makes no conflict, and no version of
ours stands against it. Pictures go by their leases (``ended``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from groundwave.syndication.carrying.body import block_id
from groundwave.syndication.carrying.versions import Value
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.merging import Part, Version


_SOUNDS = ("audio", "sound_elsewhere")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """
    The blocks that must not stand any more.

    Attributes:
        ids: theirs.
        urls: of sounds, wherever somebody put them here.
    """

    ids: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()

    def left_of(self, version: Version[Value]) -> Version[Value]:
        """Return *version* without them."""
        body = tuple(part for part in version.body if not self._has(part))
        return Version(version.fields, body)

    def _has(self, part: Part[Value]) -> bool:
        return part.value.raw["id"] in self.ids or _url_of(part) in self.urls


def withdrawn(
    base: Version[Value], theirs: Version[Value], whole: Incoming, shown: Incoming
) -> Withdrawn:
    """
    Return what is in *base*, and must not be in our story any more.

    Args:
        base: what we took over last.
        theirs: what is to be taken over.
        whole: what upstream says now, with what must not be shown.
        shown: the same without it.
    """
    left = {part.asset for part in theirs.body}
    hidden = {block_id(whole.id, asset) for asset in _hidden(whole, shown)}
    gone = [
        part
        for part in base.body
        if part.asset not in left and (_is_sound(part) or part.asset in hidden)
    ]
    urls = _urls(gone) - _urls(theirs.body)
    return Withdrawn(frozenset(part.asset for part in gone), urls)


def _hidden(whole: Incoming, shown: Incoming) -> Iterator[str]:
    """Yield the ids of the elements that are there and must not be shown."""
    left = {each.id for each in (*shown.blocks, shown.sound) if each}
    everything = (*whole.blocks, whole.sound)
    return (each.id for each in everything if each and each.id not in left)


def _is_sound(part: Part[Value]) -> bool:
    return part.value.raw["type"] in _SOUNDS


def _urls(parts: Iterable[Part[Value]]) -> frozenset[str]:
    return frozenset(filter(None, map(_url_of, parts)))


def _url_of(part: Part[Value]) -> str:
    raw = part.value.raw
    return raw["value"]["url"] if raw["type"] == "sound_elsewhere" else ""
