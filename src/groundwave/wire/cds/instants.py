"""
Instants, as RFC 3339 section 5.6 writes them.

https://www.rfc-editor.org/rfc/rfc3339#section-5.6
"""

from __future__ import annotations

import re
from datetime import UTC, datetime


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""What a right that ends at an unreadable time has ended at."""

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,12})?([Zz]|[+-]\d\d:\d\d)?",
    re.ASCII,
)


def instant(moment: datetime) -> str:
    """Return an aware *moment* in UTC, without a fraction if it has none."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def parse_instant(text: str) -> datetime | None:
    """Return the instant *text* names, in UTC; naive if it has no zone; None if none."""
    if not _INSTANT.fullmatch(text.strip()):
        return None
    try:
        moment = datetime.fromisoformat(text.strip().upper())
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):  # the 31st of June; the year 1, east of us
        return None
