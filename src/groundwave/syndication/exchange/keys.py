"""Who may read."""

from __future__ import annotations

import hmac

from groundwave.syndication.models import Partner


def partner_with(authorization: str) -> Partner | None:
    """
    Return whose key the header has, active or not; None without one of ours.

    Every key is looked at, so that the time it takes tells nothing of any.
    """
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return None
    said = key.strip().encode()
    found = [each for each in Partner.objects.all() if _same(each.key, said)]
    return found[0] if found else None


def _same(key: str, said: bytes) -> bool:
    return hmac.compare_digest(key.encode(), said)
