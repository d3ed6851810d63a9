"""What this machine is called by those who want to reach it."""

from __future__ import annotations

import socket


ON_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104


def reached_at(bind: str) -> str:
    """Return the host to give to people for what listens on *bind*."""
    if bind in ON_THIS_MACHINE:
        return "localhost"
    return _outward_address() if bind in EVERYWHERE else bind


def reachable(bind: str) -> str:
    """Return the host at which this machine itself reaches what listens on *bind*."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104


def web_address(host: str, port: int) -> str:
    """Return ``http://host:port``, with brackets where the host needs them."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _outward_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing; it only picks the way out.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])
