"""How a notice shows that it is from whom it says, and of now."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta


# Not Groundwave-…: the front takes every such line of a visitor for a forgery of its own.
HEADER = "Notice-Signature"
FRESH = timedelta(minutes=5)
"""How far apart the clocks of both sides may be, the way included."""

_SIGNATURE = re.compile(r"t=([0-9]{1,11}),\s*v1=([0-9a-f]{64})", re.ASCII)


def signature(body: bytes, secret: str, *, at: datetime) -> str:
    """Return what ``HEADER`` says with *body*, sent at the instant *at*."""
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={_digest(stamp, body, secret)}"


def is_signed(said: str, body: bytes, secret: str, *, now: datetime) -> bool:
    """
    Return whether *said*, of ``HEADER``, was made by who knows *secret*, just now.

    The same notice is good as often as it comes, until it is too old.
    """
    found = _SIGNATURE.fullmatch(said)
    if found is None:
        return False
    stamp, digest = found.groups()
    is_theirs = hmac.compare_digest(digest, _digest(stamp, body, secret))
    return is_theirs and _is_fresh(int(stamp), now)


def _is_fresh(stamp: int, now: datetime) -> bool:
    return abs(now.astimezone(UTC).timestamp() - stamp) <= FRESH.total_seconds()


def _digest(stamp: str, body: bytes, secret: str) -> str:
    signed = stamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
