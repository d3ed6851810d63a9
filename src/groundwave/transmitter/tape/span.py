"""
Which span of the tape a query asks for.

``from`` and ``to`` are ISO 8601 with a zone (``2026-10-11T12:00:00Z``) or Unix
seconds. Without ``to`` the span goes on for as long as a span may.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from groundwave.transmitter.tape.errors import SpanUnclear
from groundwave.wire.hls.attributes import instant


LONGEST_SECONDS = 24 * 3600
# The last segment of a span may still be under way when the span is over.
SETTLED_SECONDS = 30.0

_UNIX_SECONDS = re.compile(r"\d{1,11}(?:\.\d{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """
    A span of time on the tape, in Unix seconds.

    Attributes:
        is_open: ``to`` was not given; the end is only as far as a span may go.
    """

    start: float
    end: float
    is_open: bool = False

    def is_over(self, *, now: float, recorded_until: float) -> bool:
        """Whether nothing will be added to it any more."""
        return recorded_until >= self.end or now >= self.end + SETTLED_SECONDS

    @property
    def query(self) -> str:
        """The span as a query that names it again."""
        start = f"from={spoken(self.start)}"
        return start if self.is_open else f"{start}&to={spoken(self.end)}"


def span_asked_for(query: Mapping[str, str]) -> Span:
    """
    Return the span *query* names.

    Raises:
        SpanUnclear: it names none that can be played; the sentence says why.
    """
    if "from" not in query:
        raise SpanUnclear(
            "Say where to begin: ?from=2026-10-11T12:00:00Z, "
            "and where to end with &to=…, if it is to end."
        )
    start = _instant("from", query["from"])
    if "to" not in query:
        return Span(start, start + LONGEST_SECONDS, is_open=True)
    return span_between(start, _instant("to", query["to"]))


def span_between(start: float, end: float) -> Span:
    """
    Return the span from *start* to *end*, in Unix seconds.

    Raises:
        SpanUnclear: it is none that can be played; the sentence says why.
    """
    if end <= start:
        raise SpanUnclear("The span ends before it begins; give a later “to”.")
    if end - start > LONGEST_SECONDS:
        raise SpanUnclear(
            f"A span lasts {LONGEST_SECONDS // 3600} hours at most; "
            "ask for a shorter one, or for several."
        )
    return Span(start, end)


def spoken(moment: float) -> str:
    """Return *moment* as a person reads it: ISO 8601 in UTC."""
    return instant(datetime.fromtimestamp(moment, UTC))


def _instant(name: str, text: str) -> float:
    if _UNIX_SECONDS.fullmatch(text):
        return float(text)
    try:
        # A plus sign that was not percent-encoded has arrived as a space.
        moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1970 < moment.year < 5000:
        raise SpanUnclear(
            f"“{name}” is not an instant; write it with its time zone, as in "
            "2026-10-11T12:00:00Z, or in Unix seconds."
        )
    return moment.timestamp()
