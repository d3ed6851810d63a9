"""Which figure of a source stands, once others have followed or it was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from groundwave.newsroom.figures.quantity import Change, Quantity, change


class Status(StrEnum):
    """What is thought of a figure; whoever thinks otherwise later says so anew."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


# Nothing follows these.
FINAL = frozenset({Status.WITHDRAWN, Status.RETRACTED})


@dataclass(frozen=True)
class Said:
    """A figure, with all that may be told of it in public."""

    name: str
    counted: str
    quantity: Quantity
    as_of: datetime
    said_at: datetime
    who: str
    # One person and not an office; whoever is not named is one, too.
    is_person: bool = False
    # In a few words, what it is and what it has at stake.
    about: str = ""
    relayed_by: str = ""
    counts: str = ""
    note: str = ""
    url: str = ""
    status: Status = Status.REPORTED
    reason: str = ""
    supersedes: str | None = None


@dataclass(frozen=True)
class Standing:
    """What a source says now, and what it said before."""

    said: Said
    before: Said | None

    @property
    def change(self) -> Change | None:
        """What became of the figure before, if both count the same."""
        if self.before is None or self.before.counts != self.said.counts:
            return None
        return change(self.before.quantity, self.said.quantity)


Succession = tuple[Said, ...]


def successions(said: Iterable[Said]) -> Iterator[Succession]:
    """
    Yield what each source said of each thing, the oldest first.

    A figure whose predecessor is not among them begins a succession; in a ring, which no
    database of ours holds, nothing does.
    """
    known = {each.name: each for each in said}
    after = {each.supersedes: each for each in known.values() if each.supersedes}
    for each in known.values():
        if each.supersedes not in known:
            yield tuple(_followed(each, after))


def standing(succession: Succession) -> Standing | None:
    """
    Return the figure of *succession* that stands, if any does.

    What we retracted was never said, and what was said before it stands again; once a
    source withdraws its figure, none of its figures stands.
    """
    ours = _said_indeed(succession)
    if not ours or ours[-1].status is Status.WITHDRAWN:
        return None
    return Standing(ours[-1], ours[-2] if len(ours) > 1 else None)


def withdrawn(succession: Succession) -> Said | None:
    """Return the figure that its source withdrew, and has put nothing in place of."""
    ours = _said_indeed(succession)
    return ours[-1] if ours and ours[-1].status is Status.WITHDRAWN else None


def _said_indeed(succession: Succession) -> list[Said]:
    return [each for each in succession if each.status is not Status.RETRACTED]


def _followed(first: Said, after: dict[str, Said]) -> Iterator[Said]:
    each: Said | None = first
    while each:
        yield each
        each = after.get(each.name)
