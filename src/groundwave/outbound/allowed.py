"""Which private hosts a deployment lets us fetch from, as its setting names them."""

from __future__ import annotations

from groundwave.wire.http.host import Host, read_host


SETTING = "GROUNDWAVE_OUTBOUND_ALLOW"


class HostsUnusable(Exception):
    """What is set is no list of hosts; the message says what would be one."""


def read_allowed(value: str) -> frozenset[Host]:
    """
    Read hosts with commas between them, each with a port or without.

    Raises:
        HostsUnusable: one of them is none.
    """
    entries = filter(None, map(str.strip, value.split(",")))
    return frozenset(map(_read, entries))


def _read(entry: str) -> Host:
    host = read_host(entry.lower())
    if host is None:
        raise HostsUnusable(
            f"{SETTING} has {entry!r}, which is no host; list names or addresses of "
            "your own servers, with commas between them, like 10.0.0.7, "
            "cms.kgnd.lan:8080."
        )
    return host
