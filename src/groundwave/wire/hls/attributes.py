"""
Attribute lists and instants, as every HLS tag writes them.

RFC 8216 section 4.2 (https://www.rfc-editor.org/rfc/rfc8216#section-4.2) for
attribute lists, section 4.3.2.6 for instants. A quoted string cannot hold a line
end or a double quote and has no escape for them, so that text from outside (a
title) is made to fit on the way out; it can never end its line or its quotes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from groundwave.wire.errors import PeerError, UsageError


_ATTRIBUTE = re.compile(r'\s*([A-Za-z0-9_-]+)=(?:"([^"]*)"\s*|([^",]*))(?:,|\Z)')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def quoted(text: str) -> str:
    """Return *text* as a quoted string: ``"`` becomes ``'``, controls a space."""
    return '"' + _CONTROL.sub(" ", text).replace('"', "'") + '"'


def instant(moment: datetime) -> str:
    """Return *moment* in UTC, to the nearest millisecond."""
    if moment.tzinfo is None:
        raise UsageError(f"{moment} has no time zone; a playlist needs one.")
    nearest = moment.astimezone(UTC) + timedelta(microseconds=500)
    return nearest.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def parse_attributes(text: str) -> dict[str, str]:
    """
    Return the attributes of a list, quotes taken off; the last of two alike holds.

    Raises:
        PeerError: if the list is malformed.
    """
    attributes: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = _ATTRIBUTE.match(text, at)
        if match is None:
            raise PeerError(
                f"The playlist has a malformed attribute list: {text[:200]!r}."
            )
        name, quoted_value, plain = match.groups(default="")
        attributes[name] = quoted_value or plain.strip()
        at = match.end()
    return attributes


def parse_instant(text: str) -> datetime:
    """
    Return the aware instant *text* names; one without an offset is taken as UTC.

    Raises:
        PeerError: if it is not an ISO 8601 date and time.
    """
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise PeerError(
            f"The playlist has a malformed date: {text[:80]!r}."
        ) from problem
