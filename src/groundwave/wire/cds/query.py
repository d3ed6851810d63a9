"""
A query for documents, as a value and as the part of an address after the ``?``.

Commas inside one parameter mean any of them; a parameter that is there again, and
every other one, means both.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from urllib.parse import quote, urlencode

import msgspec

from groundwave.wire.cds.errors import NotAllowed
from groundwave.wire.cds.instants import instant
from groundwave.wire.cds.oddity import Odd, Oddity, Report


UNASKED_LIMIT = 20
MOST_AT_ONCE = 300
FURTHEST = 2000
"""How far ``offset`` and ``limit`` reach together; past it, move the span of time."""

TRANSCLUSIONS = frozenset({"collections", "bylines", "layout", "transcript", "items"})

AnyOf: TypeAlias = tuple[str, ...]
AllOf: TypeAlias = tuple[AnyOf, ...]


class By(StrEnum):
    """What to sort by."""

    PUBLISHED = "publishDateTime"
    MODIFIED = "editorialLastModifiedDateTime"
    SHOW_DATES = "showDates"
    SEASON = "seasonNumber"
    EPISODE = "episodeNumber"
    EDITORIAL = "editorial"


class Missing(StrEnum):
    """Where documents stand that lack what is sorted by."""

    UNSAID = ""
    FIRST = "first"
    LAST = "last"


class Sort(msgspec.Struct, frozen=True):
    """One key to sort by; ``EDITORIAL`` has no direction and comes first."""

    by: By
    ascending: bool = False
    missing: Missing = Missing.UNSAID

    def __str__(self) -> str:
        if self.by is By.EDITORIAL:
            return self.by
        words = (self.by, "asc" if self.ascending else "desc", self.missing)
        return ":".join(filter(None, words))


class Span(msgspec.Struct, frozen=True):
    """From when to when, both included; None is without end. At least one is given."""

    start: datetime | None = None
    end: datetime | None = None

    def __str__(self) -> str:
        ends = (self.start, self.end)
        return "...".join("" if moment is None else instant(moment) for moment in ends)


class Days(msgspec.Struct, frozen=True):
    """From which day to which, both included; None is without end."""

    start: date | None = None
    end: date | None = None

    def __str__(self) -> str:
        ends = (self.start, self.end)
        return "...".join("" if day is None else day.isoformat() for day in ends)


class Query(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """
    What to ask a service for.

    An empty field asks for nothing. Always give ``sort``: what a service does
    without is not what it says. ``editorial_last_modified_date_time`` is optional in
    documents, so that what has none is never found by it.
    """

    ids: AnyOf = ()
    excluded_ids: AnyOf = ()
    profile_ids: AllOf = ()
    excluded_profile_ids: AnyOf = ()
    collection_ids: AllOf = ()
    owner_hrefs: AllOf = ()
    excluded_owner_hrefs: AnyOf = ()
    npr_website_paths: AnyOf = ()
    publish_date_time: Span | None = None
    editorial_last_modified_date_time: Span | None = None
    recommend_until_date_time: Span | None = None
    show_dates: Days | None = None
    season_number: int | None = None
    sort: tuple[Sort, ...] = ()
    limit: int = UNASKED_LIMIT
    offset: int = 0
    transclude: AnyOf = ()


def write_query(query: Query) -> str:
    """
    Return *query* as it follows the ``?`` of an address.

    Raises:
        NotAllowed: if a service would refuse it, or if it has no ``sort``.
    """
    faults = query_faults(query)
    if not query.sort:
        faults = (*faults, Oddity("/sort", Odd.MISSING, "sort"))
    if faults:
        raise NotAllowed(faults)
    pairs = [
        (spec.encode_name, text)
        for spec in msgspec.structs.fields(Query)
        for text in _texts(getattr(query, spec.name))
    ]
    return urlencode(pairs, safe=",:/", quote_via=quote)


def query_faults(query: Query) -> tuple[Oddity, ...]:
    """Return all that a service would refuse about *query*; empty if nothing."""
    report = Report()
    if not 1 <= query.limit <= MOST_AT_ONCE:
        report.tell("/limit", Odd.BAD_NUMBER, str(query.limit))
    if not 0 <= query.offset <= FURTHEST - query.limit:
        report.tell("/offset", Odd.BAD_NUMBER, str(query.offset))
    if query.season_number is not None and query.season_number < 0:
        report.tell("/seasonNumber", Odd.BAD_NUMBER, str(query.season_number))
    for word in sorted({*query.transclude} - TRANSCLUSIONS):
        report.tell("/transclude", Odd.BAD_WORD, word)
    _check_sort(query, report)
    for spec in msgspec.structs.fields(Query):
        value = getattr(query, spec.name)
        if value != spec.default:
            _check_values(value, f"/{spec.encode_name}", report)
    return report.oddities()


def _check_sort(query: Query, report: Report) -> None:
    if any(sort.by is By.EDITORIAL for sort in query.sort[1:]):
        report.tell("/sort", Odd.BAD_WORD, ",".join(map(str, query.sort)))
    collections = [id_ for any_of in query.collection_ids for id_ in any_of]
    editorial = any(sort.by is By.EDITORIAL for sort in query.sort)
    if editorial and len(collections) != 1:
        report.tell("/collectionIds", Odd.BAD_NUMBER, str(len(collections)))


def _check_values(value: object, where: str, report: Report) -> None:
    match value:
        case str() if "," in value or not value.strip():
            report.tell(where, Odd.BAD_WORD, value)
        case Span(None, None) | Days(None, None) | ():
            report.tell(where, Odd.EMPTY)
        case Span(start, end) if any(t and not t.tzinfo for t in (start, end)):
            report.tell(where, Odd.NO_ZONE, f"{start}...{end}")
        case tuple():
            for item in value:
                _check_values(item, where, report)
        case _:
            pass


_Value: TypeAlias = AnyOf | AllOf | tuple[Sort, ...] | Span | Days | int | None


def _texts(value: _Value) -> list[str]:
    """Return each text that the parameter with *value* is there with."""
    match value:
        case None | ():
            return []
        case tuple() if isinstance(value[0], tuple):
            return [",".join(any_of) for any_of in value]
        case tuple():
            return [",".join(map(str, value))]
        case _:
            return [str(value)]
