"""For how long an answer may be kept, as it says itself (RFC 9111)."""

from __future__ import annotations

import re
from collections.abc import Mapping


# What depends on the clock alone, such as what is on now, is this much behind at most.
MOST_SECONDS = 60
# An answer that holds for everybody until something is written: a page, a page that has
# moved for good, one that is not there, one that was taken away. Anything else, a fault
# first of all, is asked again.
STATUSES = frozenset({200, 301, 308, 404, 410})
# We compress, and who signed in is not answered from memory; no other header is looked at.
_VARIES_WITH = frozenset({"accept-encoding", "cookie"})
_FORBIDDING = frozenset({"no-store", "no-cache", "private"})
_AGE = re.compile(r"(?:s-maxage|max-age)=\"?(\d+)\"?")


def keep_seconds(status: int, headers: Mapping[str, str]) -> int:
    """
    Return for how many seconds an answer may be kept; 0 if it may not be.

    *headers* has its names in lower case, and ``set-cookie`` if there are cookies.
    """
    if (
        status not in STATUSES
        or "set-cookie" in headers
        or "content-encoding" in headers
        or not _listed(headers.get("vary", "")) <= _VARIES_WITH
    ):
        return 0
    said = _listed(headers.get("cache-control", ""))
    if any(each.partition("=")[0] in _FORBIDDING for each in said):
        return 0
    ages = [int(found[1]) for each in said if (found := _AGE.fullmatch(each))]
    return min([MOST_SECONDS, *ages])


def _listed(header: str) -> set[str]:
    return {part for each in header.lower().split(",") if (part := each.strip())}
