"""From the part of an address after the ``?`` to a query; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeAlias
from urllib.parse import parse_qsl

import msgspec

from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.instants import parse_instant
from groundwave.wire.cds.query import (
    UNASKED_LIMIT,
    AllOf,
    AnyOf,
    By,
    Days,
    Missing,
    Query,
    Sort,
    Span,
    query_faults,
)
from groundwave.wire.http.text import clean_text


LONGEST_QUERY = 32 << 10

_Values: TypeAlias = Mapping[str, list[str]]

_MOST_PARAMETERS = 100
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PARAMETERS = frozenset(spec.encode_name for spec in msgspec.structs.fields(Query))
_END_OF_DAY = time(23, 59, 59)
_EASTERN = timezone(timedelta(hours=-5))
"""The zone of days without a time, in summer as well."""


def read_query(text: str) -> Query:
    """
    Return the query that *text* is; it may be without ``sort``.

    A day stands for all of it, where an instant is asked for.

    Raises:
        NotCds: if it is none; the sentence names the parameter.
    """
    values = _values(text)
    limit = _number(values, "limit")
    query = Query(
        ids=_any_of(values, "ids"),
        excluded_ids=_any_of(values, "excludedIds"),
        profile_ids=_all_of(values, "profileIds"),
        excluded_profile_ids=_any_of(values, "excludedProfileIds"),
        collection_ids=_all_of(values, "collectionIds"),
        owner_hrefs=_all_of(values, "ownerHrefs"),
        excluded_owner_hrefs=_any_of(values, "excludedOwnerHrefs"),
        npr_website_paths=_any_of(values, "nprWebsitePaths"),
        publish_date_time=_span(values, "publishDateTime"),
        editorial_last_modified_date_time=_span(
            values, "editorialLastModifiedDateTime"
        ),
        recommend_until_date_time=_span(values, "recommendUntilDateTime"),
        show_dates=_days(values, "showDates"),
        season_number=_number(values, "seasonNumber"),
        sort=tuple(_sort(text) for text in _any_of(values, "sort")),
        limit=UNASKED_LIMIT if limit is None else limit,
        offset=_number(values, "offset") or 0,
        transclude=_any_of(values, "transclude"),
    )
    for fault in query_faults(query):
        raise NotCds(f"{fault.where.removeprefix('/')}: {fault.sentence}")
    return query


def _values(text: str) -> dict[str, list[str]]:
    if len(text) > LONGEST_QUERY:
        raise NotCds("This query is too long. Ask for fewer at a time.", status=414)
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError as problem:
        raise NotCds("This query has too many parameters. Leave some out.") from problem
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in _PARAMETERS:
            raise _wrong(name, "is no parameter of a query. Leave it out.")
        values.setdefault(name, []).append(value)
    return values


def _all_of(values: _Values, name: str) -> AllOf:
    return tuple(tuple(value.split(",")) for value in values.get(name, ()))


def _any_of(values: _Values, name: str) -> AnyOf:
    value = _one(values, name)
    return () if value is None else tuple(value.split(","))


def _one(values: _Values, name: str) -> str | None:
    given = values.get(name, [])
    if len(given) > 1:
        raise _wrong(name, "is there more than once. Separate by commas instead.")
    return given[0] if given else None


def _number(values: _Values, name: str) -> int | None:
    value = _one(values, name)
    if value is None:
        return None
    if not _NUMBER.fullmatch(value):
        raise _wrong(name, f"has “{_short(value)}” for a number.")
    return int(value)


def _sort(text: str) -> Sort:
    by, _, rest = text.partition(":")
    direction, _, missing = rest.partition(":")
    try:
        sort = Sort(By(by), direction == "asc", Missing(missing))
    except ValueError as problem:
        raise _wrong(text, "is nothing to sort by.") from problem
    if text not in {str(sort), sort.by}:
        raise _wrong(text, "is nothing to sort by.")
    return sort


def _span(values: _Values, name: str) -> Span | None:
    ends = _ends(values, name)
    if ends is None:
        return None
    start, end = ends
    return Span(_instant(name, start, time.min), _instant(name, end, _END_OF_DAY))


def _days(values: _Values, name: str) -> Days | None:
    ends = _ends(values, name)
    return None if ends is None else Days(*(_day(name, end) for end in ends))


def _ends(values: _Values, name: str) -> tuple[str, str] | None:
    value = _one(values, name)
    if value is None:
        return None
    start, dots, end = value.partition("...")
    return (start, end) if dots else (value, value)


def _instant(name: str, text: str, at: time) -> datetime | None:
    day = _day(name, text) if _DAY.fullmatch(text) else None
    if day is None:
        return _moment(name, text)
    try:
        return datetime.combine(day, at, _EASTERN).astimezone(UTC)
    except OverflowError as problem:  # the last evening of the year 9999
        raise _wrong(name, f"has “{_short(text)}”, which is too late.") from problem


def _moment(name: str, text: str) -> datetime | None:
    moment = parse_instant(text)
    if text and (moment is None or moment.tzinfo is None):
        raise _wrong(name, f"has “{_short(text)}”, which is no instant with a zone.")
    return moment


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    if _DAY.fullmatch(text):
        with suppress(ValueError):  # the 30th of February
            return date.fromisoformat(text)
    raise _wrong(name, f"has “{_short(text)}”, which is no day.")


def _wrong(name: str, problem: str) -> NotCds:
    return NotCds(f"“{_short(name)}” {problem}")


def _short(text: str) -> str:
    return clean_text(text, limit=80)
