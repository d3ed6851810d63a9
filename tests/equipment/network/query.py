"""
What may be asked of a network's documents, and which of them answer.

As NPR's querying and documents pages have it: a comma within a parameter means "or", a
parameter given twice means "and"; ``A...B`` is a span with its bounds, a bare date is a
day at -05:00 all year; at most 300 a page, and none past the 2,000th. Without ``sort``
the oldest come first, which is what was observed, and not what is documented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from equipment.network.links import Document, ids_in, instant, profiles_of


DEFAULT_LIMIT, MOST_A_PAGE, MOST_IN_ALL = 20, 300, 2000
EASTERN_STANDARD = timezone(timedelta(hours=-5))
SPANS = ("publishDateTime", "editorialLastModifiedDateTime", "recommendUntilDateTime")
TRANSCLUDED = {"collections", "bylines", "layout", "transcript", "items"}
SORT = re.compile(
    r"(publishDateTime|editorialLastModifiedDateTime|showDates|seasonNumber|episodeNumber)"
    r"(?::(asc|desc)(?::(first|last))?)?"
)
Parameters = Sequence[tuple[str, str]]
Span = tuple[datetime, datetime]
EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


class BadQuery(Exception):
    """What is wrong with a query, a sentence each."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = list(messages)


@dataclass(frozen=True)
class Card:
    """What a query may ask of one document."""

    id: str
    named: Mapping[str, frozenset[str]]
    ordered: Mapping[str, Any]

    @classmethod
    def of(cls, document: Document) -> Card:
        shown = document.get("showDates") or [document.get("showDate")]
        days = [instant(f"{each}T00:00:00-05:00") for each in shown if each]
        times = {each: instant(document.get(each)) for each in SPANS}
        numbers = {
            each: document.get(each) for each in ("seasonNumber", "episodeNumber")
        }
        return cls(
            id=document["id"],
            named={
                "ids": frozenset([document["id"]]),
                "profileIds": frozenset(profiles_of(document)),
                "collectionIds": frozenset(ids_in(document.get("collections", ()))),
                "ownerHrefs": frozenset(
                    each["href"] for each in document.get("owners", ())
                ),
                "nprWebsitePaths": frozenset([document.get("nprWebsitePath", "")]),
                "seasonNumber": frozenset([str(document.get("seasonNumber", ""))]),
            },
            ordered={
                **times,
                **numbers,
                "showDates": min(filter(None, days), default=None),
            },
        )


EXCLUDING = {
    "excludedIds": "ids",
    "excludedProfileIds": "profileIds",
    "excludedOwnerHrefs": "ownerHrefs",
}
NAMED = {
    *("ids", "profileIds", "collectionIds"),
    *("ownerHrefs", "nprWebsitePaths", "seasonNumber"),
}
PAGING = {"sort", "limit", "offset", "transclude"}
KNOWN = {*NAMED, *EXCLUDING, *SPANS, "showDates", *PAGING}
# Which documents a collection names itself, in its order.
Items = Mapping[str, Sequence[str]]


@dataclass
class Query:
    """A question to the network, as it was understood."""

    wanted: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    unwanted: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    spans: list[tuple[str, Span]] = field(default_factory=list)
    sort: str = "publishDateTime:asc"
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    transclude: frozenset[str] = frozenset()

    @classmethod
    def read(cls, parameters: Parameters) -> Query:
        """Raise BadQuery for what is unknown, malformed, or too far into the archive."""
        unknown = [name for name, _ in parameters if name not in KNOWN]
        if unknown:
            raise BadQuery(*(f"{each} is no parameter of a query" for each in unknown))
        query = cls()
        for name, value in parameters:
            query._take(name, value)
        query._check()
        return query

    def page(self, cards: Iterable[Card], items: Items) -> list[Card]:
        """Return the documents of the page that was asked for, in order."""
        found = [each for each in cards if self._admits(each, items)]
        found.sort(key=lambda each: each.id)
        ordered = self._sorted(found, items)
        return ordered[self.offset : self.offset + self.limit]

    def _take(self, name: str, value: str) -> None:
        values = frozenset(value.split(","))
        if name in NAMED:
            self.wanted.append((name, values))
        elif name in EXCLUDING:
            self.unwanted.append((EXCLUDING[name], values))
        elif name in (*SPANS, "showDates"):
            self.spans.append((name, _span(name, value)))
        elif name in ("limit", "offset"):
            setattr(self, name, _number(name, value))
        elif name == "transclude":
            self.transclude = transcluded(value)
        else:
            self.sort = value

    def _check(self) -> None:
        if not 1 <= self.limit <= MOST_A_PAGE:
            raise BadQuery(f"limit must be from 1 to {MOST_A_PAGE}")
        if self.offset + self.limit > MOST_IN_ALL:
            raise BadQuery(f"offset and limit together must not pass {MOST_IN_ALL}")
        wrong = [each for each in self._sorts() if not SORT.fullmatch(each)]
        if wrong and self.sort != "editorial":
            raise BadQuery(f"{wrong[0]} is nothing to sort by")
        if self.sort == "editorial" and not self._only_collection():
            raise BadQuery("editorial order needs exactly one of collectionIds")

    def _sorts(self) -> list[str]:
        return self.sort.split(",")

    def _only_collection(self) -> str:
        asked = [value for name, value in self.wanted if name == "collectionIds"]
        return next(iter(asked[0])) if len(asked) == 1 and len(asked[0]) == 1 else ""

    def _admits(self, card: Card, items: Items) -> bool:
        return (
            all(_has(card, name, values, items) for name, values in self.wanted)
            and not any(
                _has(card, name, values, items) for name, values in self.unwanted
            )
            and all(_within(card.ordered[name], span) for name, span in self.spans)
        )

    def _sorted(self, cards: list[Card], items: Items) -> list[Card]:
        if self.sort == "editorial":
            places = {
                each: at
                for at, each in enumerate(items.get(self._only_collection(), ()))
            }
            newest = _in_order(cards, "publishDateTime")
            return sorted(newest, key=lambda each: places.get(each.id, len(places)))
        # The last named first: sorting keeps the order of what is equal.
        for each in reversed(self._sorts()):
            cards = _in_order(cards, each)
        return cards


def transcluded(value: str) -> frozenset[str]:
    """Return which links an answer is to carry the documents of."""
    values = frozenset(value.split(","))
    if values - TRANSCLUDED:
        raise BadQuery(
            f"{', '.join(sorted(values - TRANSCLUDED))} cannot be transcluded"
        )
    return values


def _has(card: Card, name: str, values: frozenset[str], items: Items) -> bool:
    if values & card.named[name]:
        return True
    named = name == "collectionIds"
    return named and any(card.id in items.get(each, ()) for each in values)


def _within(at: datetime | None, span: Span) -> bool:
    return at is not None and span[0] <= at <= span[1]


def _in_order(cards: list[Card], sort: str) -> list[Card]:
    """Sort by a field; documents without it come last, unless they are wanted first."""
    name, _, rest = sort.partition(":")
    direction, _, missing = rest.partition(":")
    lacking = [each for each in cards if each.ordered[name] is None]
    having = [each for each in cards if each.ordered[name] is not None]
    having.sort(key=lambda each: each.ordered[name], reverse=direction != "asc")
    return [*lacking, *having] if missing == "first" else [*having, *lacking]


def _number(name: str, value: str) -> int:
    if not value.isdecimal():
        raise BadQuery(f"{value} is no number for {name}")
    return int(value)


def _span(name: str, value: str) -> Span:
    first, dots, last = value.partition("...")
    try:
        begin = _begin(first) if first else EARLIEST
        end = (_end(last) if last else LATEST) if dots else _end(first)
    except ValueError as wrong:
        raise BadQuery(f"{value} is no time for {name}") from wrong
    return begin, end


def _begin(text: str) -> datetime:
    return _day(text) if len(text) == len("2026-02-01") else _moment(text)


def _end(text: str) -> datetime:
    last = timedelta(hours=23, minutes=59, seconds=59)
    return _day(text) + last if len(text) == len("2026-02-01") else _moment(text)


def _day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(), EASTERN_STANDARD)


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at
