"""Source keys as text: how they are made, and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets


# Nothing that looks like another: no i, l, o, 0 or 1. Read aloud, typed once.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS = 7
GROUP_LENGTH = 5  # 35 letters of 31 are 173 random bits, and 160 were asked for


def new_key() -> str:
    """Return a new key, such as ``k7xqp-…`` in seven groups of five."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))
        for _ in range(GROUPS)
    )


def digest_of(key: str) -> str:
    """Return what is kept of *key*: its SHA-256 in hex."""
    return hashlib.sha256(key.encode()).hexdigest()
