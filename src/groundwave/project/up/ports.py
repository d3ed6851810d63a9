"""Whether the ports can be ours, asked before anything is started."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Iterator
from typing import NamedTuple

from groundwave.patchbay.environment import Environment
from groundwave.project.up.errors import PortUnusable
from groundwave.project.up.holder import holder_of


LEASH = "groundwave.project.up.leash"
PATIENCE_SECONDS = 12.0
ENDING_SECONDS = 1.0
LOOK_SECONDS = 0.2


class Wanted(NamedTuple):
    """A port, what it is for, and the variable that moves it."""

    port: int
    use: str
    variable: str


def wait_for_ports(environment: Environment) -> None:
    """
    Make sure that everything can be listened on.

    When an ``up`` was killed, its parts take some seconds to end; they are waited for.

    Raises:
        PortUnusable: as ``check_ports``.
    """
    began = time.monotonic()
    while True:
        try:
            check_ports(environment)
        except PortUnusable as trouble:
            if time.monotonic() - began > _patience_with(trouble.by):
                raise
            time.sleep(LOOK_SECONDS)
        else:
            return


def _patience_with(holder: str) -> float:
    if LEASH in holder:
        return PATIENCE_SECONDS
    # One that is just ending is in no list of processes any more.
    return 0.0 if holder else ENDING_SECONDS


def check_ports(environment: Environment) -> None:
    """
    Make sure that everything can be listened on.

    Raises:
        PortUnusable: a port cannot be had; the sentence says which variable moves it.
    """
    air = (environment.air_port, environment.shoutcast_port)
    if environment.site_port in air:
        raise PortUnusable(
            f"The site and the transmitter both want port {environment.site_port} "
            f"(the transmitter takes {air[0]} and {air[1]}); set GROUNDWAVE_SITE_PORT "
            "to another."
        )
    for wanted in _wanted(environment):
        _check(environment.bind, wanted)


def _wanted(environment: Environment) -> Iterator[Wanted]:
    air = "GROUNDWAVE_AIR_PORT"
    yield Wanted(environment.air_port, "the transmitter", air)
    yield Wanted(environment.shoutcast_port, "the transmitter's SHOUTcast door", air)
    yield Wanted(environment.site_port, "the site", "GROUNDWAVE_SITE_PORT")


def _check(bind: str, wanted: Wanted) -> None:
    if wanted.port > 65535:
        raise PortUnusable(
            "The transmitter needs the port after its own, too; set "
            f"{wanted.variable} to 65534 or less."
        )
    try:
        found = socket.getaddrinfo(bind, wanted.port, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise _no_such_address(bind) from None
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        # What a station that was stopped a moment ago left behind is no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as problem:
            raise _unusable(bind, wanted, problem) from problem


def _unusable(bind: str, wanted: Wanted, problem: OSError) -> PortUnusable:
    if problem.errno == errno.EADDRNOTAVAIL:
        return _no_such_address(bind)
    if problem.errno == errno.EACCES:
        return PortUnusable(
            f"Only the system's administrator may use port {wanted.port} for "
            f"{wanted.use}; set {wanted.variable} to a port above 1023."
        )
    if problem.errno != errno.EADDRINUSE:
        return PortUnusable(
            f"Port {wanted.port} for {wanted.use} cannot be used "
            f"({problem.strerror}); set {wanted.variable} to another."
        )
    holder = holder_of(wanted.port)
    return PortUnusable(
        f"Port {wanted.port}, which {wanted.use} needs, is taken by "
        f"{holder or 'another program'}; stop that first, or set {wanted.variable} to "
        "a free port.",
        by=holder,
    )


def _no_such_address(bind: str) -> PortUnusable:
    return PortUnusable(
        f"This machine has no address {bind}; set GROUNDWAVE_BIND to 127.0.0.1 for "
        "this machine alone, or to 0.0.0.0 for everybody who can reach it."
    )
