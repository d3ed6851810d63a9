"""Answers that any page on the web may read: their spans of time, and their sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from groundwave.programming.schedule.walltime import FIRST, LAST


View = Callable[..., HttpResponseBase]


class AskedWrongly(ValueError):
    """What was asked for cannot be; the text is a sentence for whoever asked."""


@dataclass(frozen=True)
class Span:
    """From an instant to a later one."""

    start: datetime
    end: datetime


def open_json(data: Mapping[str, Any], *, status: int = 200) -> JsonResponse:
    """Return *data* for any page on the web to read."""
    answer = JsonResponse(data, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def says_what_is_wrong(view: View) -> View:
    """Let *view* answer ``AskedWrongly`` with 400 and its sentence."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except AskedWrongly as wrong:
            return open_json({"error": str(wrong)}, status=400)

    return answer


def asked_span(
    asked: Mapping[str, str], start: datetime, end: datetime, *, longest: timedelta
) -> Span:
    """
    Return ``from`` and ``to`` as *asked*, or *start* and *end*.

    Raises:
        AskedWrongly: one of them is no instant, or they are too far apart.
    """
    lasts = end - start
    begins = asked_instant(asked, "from") or start
    ends = asked_instant(asked, "to") or max(end, begins + lasts)
    if not timedelta() < ends - begins <= longest:
        raise AskedWrongly(
            _("Ask for a span that ends after it begins, and within %(days)s days.")
            % {"days": longest.days}
        )
    return Span(begins, ends)


def asked_instant(asked: Mapping[str, str], name: str) -> datetime | None:
    """
    Return the instant asked for by that name, if there is one.

    Raises:
        AskedWrongly: it is no instant, has no zone, or is ages away.
    """
    text = asked.get(name)
    if not text:
        return None
    # A plus sign in an address that nobody escaped arrives as a space.
    text = text.replace(" ", "+")
    try:
        found = parse_datetime(text)
    except ValueError:  # it looks like one, and there is no such day
        found = None
    if found is None or found.tzinfo is None or not FIRST < found.date() < LAST:
        raise AskedWrongly(
            _("Say “%(name)s” as an instant such as 2026-11-01T18:30:00Z.")
            % {"name": name}
        )
    return found.astimezone(UTC).replace(microsecond=0)
