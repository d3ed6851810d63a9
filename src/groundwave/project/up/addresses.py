"""What the address we listen on is called, by this machine and by people."""

from __future__ import annotations

import socket


_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared only


def reachable(bind: str) -> str:
    """Return an address at which this machine reaches what listens on *bind*."""
    return _EVERYWHERE.get(bind, bind)


def known_as(bind: str) -> str:
    """Return what people type to reach what listens on *bind*."""
    if bind in {"127.0.0.1", "::1", "localhost"}:
        return "localhost"
    if bind in _EVERYWHERE:
        return socket.gethostname()
    return f"[{bind}]" if ":" in bind else bind
