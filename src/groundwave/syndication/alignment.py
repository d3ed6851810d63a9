"""In which order blocks stand after both sides moved, added and took out some."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias


Key: TypeAlias = str | int
"""An upstream block by its id, or a block of ours by its place in our body."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The order of all that is left; and whether both sides had put it in one of theirs."""

    order: tuple[Key, ...]
    reordered_twice: bool


def align(
    was: Sequence[str],
    now: Sequence[str],
    here: Sequence[Key],
    kept: Collection[str],
) -> Aligned:
    """
    Return the order of *kept* and of our own blocks, which are all kept.

    Who moved something is followed, ours if both did. What only one side has follows
    the neighbor that it follows there; what was added here is the nearer one.

    Args:
        was: the blocks upstream had, each once.
        now: the blocks upstream has, each once.
        here: our body: upstream's blocks that are in it, each once, and ours.
        kept: the ids of upstream's blocks that remain.
    """
    common = {*was}.intersection(now, here)
    before, theirs, ours = (_only(keys, common) for keys in (was, now, here))
    is_theirs = before == ours or theirs == ours
    first, second = (now, here) if is_theirs else (here, now)
    blocks = _woven(_only(first, kept), _only(second, kept))
    added = {key for key in here if isinstance(key, int)}
    order = _woven([*blocks], _only(here, added.union(kept)))
    return Aligned(tuple(order), not is_theirs and before != theirs)


def _woven(order: Sequence[Key], others: Sequence[Key]) -> Iterator[Key]:
    """Yield *order* with what only *others* have, each after its neighbor there."""
    following: dict[Key | None, list[Key]] = {}
    there = set(order)
    neighbor: Key | None = None
    for key in others:
        if key in there:
            neighbor = key
        else:
            following.setdefault(neighbor, []).append(key)
    yield from following.get(None, ())
    for key in order:
        yield key
        yield from following.get(key, ())


def _only(keys: Sequence[Key], wanted: Container[Key]) -> list[Key]:
    return [key for key in keys if key in wanted]
