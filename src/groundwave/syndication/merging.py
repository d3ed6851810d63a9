"""
An upstream story after both sides changed it: base, theirs and ours become one.

*Base* is what upstream said when we last took it over, *theirs* what it says now, *ours*
what stands here. Afterwards theirs is the next base, whatever came of it.

The laws, each of them a test:

* What only one side changed is as that side has it.
* What both changed alike is no conflict. What they changed differently stays ours, and
  the conflict is told.
* A field that was changed here stays so for good, and what upstream says is told.
* What has been added here is never lost, and keeps its place beside its neighbors.
* Merging again changes nothing, and nothing stands twice.

What a value is does not matter, as long as it can be compared: a field's text, a
block's content as the body has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from groundwave.syndication.alignment import align


V = TypeVar("V")


class State(StrEnum):
    """
    How a story stands to its original.

    A takedown is followed in every state.
    """

    MIRRORED = "mirrored"
    """It is as upstream has it, and follows."""
    LOCALIZED = "localized"
    """Something of it is ours, and the rest follows."""
    DETACHED = "detached"
    """Somebody took it out of the updates, for a reason."""


@dataclass(frozen=True, slots=True)
class Part(Generic[V]):
    """
    One block of a body.

    Attributes:
        value: its content.
        asset: what upstream calls it; empty if it was added here, which is its zone:
            upstream never touches it.
    """

    value: V
    asset: str = ""


@dataclass(frozen=True, slots=True)
class Version(Generic[V]):
    """A story as one side has it: its fields by name, and its body."""

    fields: Mapping[str, V] = field(default_factory=dict)
    body: tuple[Part[V], ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict(Generic[V]):
    """
    A block that both sides changed; ours stands.

    Attributes:
        asset: which block.
        ours: what it says here; None if it was taken out here.
        theirs: what it says upstream; None if it was taken out there.
    """

    asset: str
    ours: V | None
    theirs: V | None


@dataclass(frozen=True, slots=True)
class Override(Generic[V]):
    """
    A field that was changed here and stays so.

    Attributes:
        theirs: “Upstream now says …”; None if it says nothing any more.
        is_news: whether upstream says so only since this merge.
    """

    name: str
    ours: V | None
    theirs: V | None
    is_news: bool


@dataclass(frozen=True, slots=True)
class Merged(Generic[V]):
    """
    What came of a merge.

    Attributes:
        version: what is to stand here.
        conflicts: the blocks that somebody has to decide, in the order of their ids.
        overrides: the fields that differ from upstream's, in the order of their names.
        reordered_twice: whether both sides put blocks in another order; ours stands.
    """

    version: Version[V]
    conflicts: tuple[Conflict[V], ...] = ()
    overrides: tuple[Override[V], ...] = ()
    reordered_twice: bool = False


def state_of(base: Version[V], ours: Version[V], *, is_detached: bool) -> State:
    """Return how *ours* stands to *base*, which it was made of."""
    if is_detached:
        return State.DETACHED
    is_same = dict(base.fields) == dict(ours.fields) and base.body == ours.body
    return State.MIRRORED if is_same else State.LOCALIZED


def merged(base: Version[V], theirs: Version[V], ours: Version[V]) -> Merged[V]:
    """
    Return what *ours* becomes now that upstream says *theirs* instead of *base*.

    Of a block that stands twice in one body the first counts; another one of *ours* is
    kept as one that was added here. A detached story is not to be merged at all.
    """
    was, now, here = _first(base.body), _first(theirs.body), _adopted(ours.body)
    local = {part.asset: part.value for part in here if part.asset}
    kept, conflicts = _contents(_by_asset(was), _by_asset(now), local)
    aligned = align(
        [part.asset for part in was],
        [part.asset for part in now],
        [part.asset or at for at, part in enumerate(here)],
        kept.keys(),
    )
    body = tuple(
        Part(kept[key], key) if isinstance(key, str) else here[key]
        for key in aligned.order
    )
    fields, overrides = _fields(base.fields, theirs.fields, ours.fields)
    return Merged(Version(fields, body), conflicts, overrides, aligned.reordered_twice)


def _contents(
    was: Mapping[str, V], now: Mapping[str, V], here: Mapping[str, V]
) -> tuple[dict[str, V], tuple[Conflict[V], ...]]:
    kept: dict[str, V] = {}
    conflicts: list[Conflict[V]] = []
    for asset in sorted({*was, *now, *here}):
        before, theirs, ours = was.get(asset), now.get(asset), here.get(asset)
        if before != ours and before != theirs and ours != theirs:
            conflicts.append(Conflict(asset, ours, theirs))
        left = theirs if before == ours else ours
        if left is not None:
            kept[asset] = left
    return kept, tuple(conflicts)


def _fields(
    was: Mapping[str, V], now: Mapping[str, V], here: Mapping[str, V]
) -> tuple[dict[str, V], tuple[Override[V], ...]]:
    kept: dict[str, V] = {}
    overrides: list[Override[V]] = []
    for name in sorted({*was, *now, *here}):
        before, theirs, ours = was.get(name), now.get(name), here.get(name)
        left = theirs if before == ours else ours
        if left is not None:
            kept[name] = left
        if left != theirs:
            overrides.append(Override(name, left, theirs, is_news=before != theirs))
    return kept, tuple(overrides)


def _first(body: tuple[Part[V], ...]) -> list[Part[V]]:
    """Return the blocks of an upstream *body*, each once; one without an id is none."""
    return [Part(value, asset) for asset, value in _by_asset(body).items()]


def _by_asset(body: tuple[Part[V], ...] | list[Part[V]]) -> dict[str, V]:
    found: dict[str, V] = {}
    for part in body:
        if part.asset:
            found.setdefault(part.asset, part.value)
    return found


def _adopted(body: tuple[Part[V], ...]) -> list[Part[V]]:
    """Return our blocks; a second one of the same id is a copy that was made here."""
    seen = {""}
    here: list[Part[V]] = []
    for part in body:
        here.append(Part(part.value) if part.asset in seen else part)
        seen.add(part.asset)
    return here
