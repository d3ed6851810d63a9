"""How many, as somebody said it, and how two of those compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum, auto

from groundwave.newsroom.errors import NoSuchQuantity


class Qualifier(StrEnum):
    """How sure of the number whoever said it was."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"


class Change(Enum):
    """What became of a quantity when another took its place."""

    ROSE = auto()
    FELL = auto()
    SAME = auto()
    # Such as from "at most 40" to "at least 30": neither more nor less.
    UNCLEAR = auto()


@dataclass(frozen=True)
class Quantity:
    """
    A number with its bounds; an open bound is ``None``.

    What is exact, or about, is its own bound on both sides.

    Raises:
        NoSuchQuantity: the bounds are not those of its qualifier.
    """

    qualifier: Qualifier
    low: Decimal | None
    high: Decimal | None

    def __post_init__(self) -> None:
        if not _fits(self.qualifier, self.low, self.high):
            raise NoSuchQuantity(f"{self.qualifier} from {self.low} to {self.high}")

    @classmethod
    def of(
        cls, qualifier: Qualifier, number: Decimal, to: Decimal | None = None
    ) -> Quantity:
        """Return what somebody says as *number*; a range goes on *to* another."""
        match qualifier:
            case Qualifier.EXACT | Qualifier.ABOUT:
                return cls(qualifier, number, number)
            case Qualifier.AT_LEAST:
                return cls(qualifier, number, None)
            case Qualifier.AT_MOST:
                return cls(qualifier, None, number)
            case Qualifier.RANGE:
                return cls(qualifier, number, to)

    @property
    def lead(self) -> Decimal:
        """The number that is said first."""
        lead = self.high if self.low is None else self.low
        return lead or Decimal()


@dataclass(frozen=True)
class Spread:
    """From the least to the most that anybody says of one thing."""

    least: Decimal
    most: Decimal
    # Whoever says the least says "at most", or the most, "at least".
    or_fewer: bool = False
    or_more: bool = False


def change(before: Quantity, after: Quantity) -> Change:
    """Return what became of *before*; the other way round it is the opposite."""
    if before == after:
        return Change.SAME
    if (before.low is None) == (after.low is None):
        return _compare(_ends(before), _ends(after))
    # They only compare if they rule each other out.
    if _is_below(after, before):
        return Change.FELL
    return Change.ROSE if _is_below(before, after) else Change.UNCLEAR


def spread(quantities: Iterable[Quantity]) -> Spread | None:
    """
    Return between what *quantities* lie, or ``None`` if they do not differ.

    They must count the same thing; the caller sees to it.
    """
    several = list(quantities)
    if len({(each.low, each.high) for each in several}) < 2:
        return None
    first = min(several, key=lambda each: (each.lead, each.low is not None))
    last = max(several, key=lambda each: (_top(each), each.high is None))
    if first.lead == _top(last):
        return None
    return Spread(
        least=first.lead,
        most=_top(last),
        or_fewer=first.low is None,
        or_more=last.high is None,
    )


def _fits(qualifier: Qualifier, low: Decimal | None, high: Decimal | None) -> bool:
    if any(bound is not None and not bound >= 0 for bound in (low, high)):
        return False
    match qualifier:
        case Qualifier.EXACT | Qualifier.ABOUT:
            return low is not None and low == high
        case Qualifier.AT_LEAST:
            return low is not None and high is None
        case Qualifier.AT_MOST:
            return low is None and high is not None
        case Qualifier.RANGE:
            return low is not None and high is not None and low < high


def _compare(
    before: tuple[Decimal, Decimal | None], after: tuple[Decimal, Decimal | None]
) -> Change:
    """Compare the ends that both have: one up and one down is neither."""
    ends = zip(before, after, strict=True)
    steps = {new - old for old, new in ends if old is not None and new is not None}
    ways = {step > 0 for step in steps if step}
    if len(ways) != 1:
        return Change.UNCLEAR
    return Change.ROSE if ways.pop() else Change.FELL


def _ends(quantity: Quantity) -> tuple[Decimal, Decimal | None]:
    return quantity.lead, quantity.high


def _is_below(one: Quantity, other: Quantity) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _top(quantity: Quantity) -> Decimal:
    return quantity.lead if quantity.high is None else quantity.high
