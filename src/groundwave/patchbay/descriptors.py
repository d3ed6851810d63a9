"""How many files and connections a process may hold."""

from __future__ import annotations

import contextlib
import resource


OPEN_MAX = 10_240


def raise_descriptor_limit() -> None:
    """Every listener and every visitor is one: take as many as the system lets us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # macOS says that there is no limit, and refuses more than its OPEN_MAX.
    for limit in (most, OPEN_MAX):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
            return
