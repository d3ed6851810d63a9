"""
Pages of documents, the oldest first, by moving the span of time that is asked for.

A service lets nobody turn pages beyond the 2,000th document, and knows no cursor. Whoever
moves on to the last instant of a page meets its last documents again, and misses none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from groundwave.wire.cds.document import Document
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.query import FURTHEST, By, Query, Sort, Span
from groundwave.wire.cds.reading import Reading, read


A_PAGE = 100

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = timedelta(microseconds=1)
_SPANS = {
    By.MODIFIED: "editorial_last_modified_date_time",
    By.PUBLISHED: "publish_date_time",
}

Ask = Callable[[Query], tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it came; without a reading it is none, because of ``problem``."""

    raw: bytes
    reading: Reading | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """
    Some documents, in order.

    Attributes:
        reaches: the instant up to which all of them have come; None at the end.
        crowd: set where more documents are of that one instant than can be asked for.
    """

    documents: tuple[Read, ...]
    reaches: datetime | None
    crowd: datetime | None = field(default=None)


def sliding(
    ask: Ask, query: Query, by: By, span: Span, *, then: By | None = None
) -> Iterator[Page]:
    """
    Yield all documents of *query* whose instant *by* is in *span*.

    Args:
        ask: returns the documents that answer a query.
        query: what is asked besides; its own span is kept to.
        by: what to go by.
        span: from where, and to where if it ends.
        then: what to go by among more documents of one instant than can be asked for.
    """
    within = _both(getattr(query, _SPANS[by]), span)
    start, offset = within.start or _EPOCH, 0
    while within.end is None or start <= within.end:
        asked = _asked(query, by, Span(start, within.end), offset)
        documents = tuple(map(read_one, ask(asked)))
        if len(documents) < asked.limit:
            yield Page(documents, None)
            return
        last = _last(documents, by) or start
        yield Page(documents, max(last, start))
        if last > start:
            start, offset = last, 0
        elif offset + 2 * asked.limit <= FURTHEST:
            offset += asked.limit
        else:
            yield from _of_one_instant(ask, query, by, start, then)
            start, offset = start + _INSTANT, 0


def read_one(raw: bytes) -> Read:
    """Return what *raw*, which may be anything, is."""
    try:
        return Read(raw, read(raw))
    except NotCds as problem:
        return Read(raw, None, str(problem))


def instant_of(document: Document, by: By) -> datetime | None:
    """Return the instant of *document* that a page goes by."""
    moment: datetime | None = getattr(document, _SPANS[by])
    return moment


def _of_one_instant(
    ask: Ask, query: Query, by: By, at: datetime, then: By | None
) -> Iterator[Page]:
    if then is None:
        yield Page((), at, crowd=at)
        return
    pinned = replace(query, **{_SPANS[by]: Span(at, at)})
    for page in sliding(ask, pinned, then, Span(_EPOCH)):
        yield Page(page.documents, at, page.crowd)


def _asked(query: Query, by: By, span: Span, offset: int) -> Query:
    sort = (Sort(by, ascending=True),)
    return replace(query, sort=sort, limit=A_PAGE, offset=offset, **{_SPANS[by]: span})


def _last(documents: tuple[Read, ...], by: By) -> datetime | None:
    """Return the instant of the last document that can be read and has one."""
    found = (e.reading.document for e in reversed(documents) if e.reading)
    return next(filter(None, (instant_of(each, by) for each in found)), None)


def _both(own: Span | None, span: Span) -> Span:
    """Return the part of *span* that a query allows by itself."""
    if own is None:
        return span
    starts = [at for at in (own.start, span.start) if at]
    ends = [at for at in (own.end, span.end) if at]
    return Span(max(starts, default=None), min(ends, default=None))
