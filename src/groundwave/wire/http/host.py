"""The host that a request was sent to, as its ``Host`` header says (RFC 9110 §7.2)."""

from __future__ import annotations

import re
from typing import NamedTuple


_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,255})(?::(\d{1,5}))?")


class Host(NamedTuple):
    """
    A host and its port.

    Attributes:
        name: a name or an address; an IPv6 address is in brackets.
        port: ``None`` where the scheme's own port is meant.
    """

    name: str
    port: int | None


def read_host(value: str) -> Host | None:
    """Return the host that *value* names, or ``None`` where it names none."""
    found = _HOST.fullmatch(value.strip())
    if found is None:
        return None
    port = int(found[2]) if found[2] else None
    return None if port is not None and port > 65535 else Host(found[1], port)
