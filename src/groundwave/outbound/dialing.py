"""From a name to a connection, by way of addresses that are allowed."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Collection
from ipaddress import ip_address
from queue import Empty, SimpleQueue

from groundwave.outbound.errors import (
    CertificateRefused,
    NotPublic,
    UnknownHost,
    Unreachable,
)
from groundwave.outbound.line import Deadline, Line
from groundwave.outbound.places import Address, is_public
from groundwave.outbound.target import Target
from groundwave.wire.http.host import Host


# Where a server has several addresses, one that is silent must not use up the time.
CONNECT_SECONDS = 10.0

_Places = list[tuple[int, str]]


def dial(
    target: Target, allowed: Collection[Host], tls: ssl.SSLContext, deadline: Deadline
) -> Line:
    """
    Connect to *target*, which is public or one of the *allowed*.

    Raises:
        OutboundError: that could not be done, or may not be.
    """
    reason = ""
    for family, address in _places(target, allowed, deadline):
        try:
            line = _connect(family, address, target, deadline)
        except TimeoutError:
            deadline.left()
            reason = "it does not answer"
        except OSError as problem:
            reason = problem.strerror or str(problem)
        else:
            return _kept(line, target, tls)
    raise Unreachable(target.url, host=target.origin.host, reason=reason)


def _places(target: Target, allowed: Collection[Host], deadline: Deadline) -> _Places:
    """Return where *target* is, without the addresses that may not be connected to."""
    found = _looked_up(target, deadline)
    if target.host in allowed or Host(target.host.name, None) in allowed:
        return found
    public = [(family, each) for family, each in found if is_public(_read(each))]
    if not public:
        addresses = ", ".join(each for _, each in found)
        raise NotPublic(target.url, host=target.origin.host, addresses=addresses)
    return public


def _looked_up(target: Target, deadline: Deadline) -> _Places:
    """Return every address of *target*, in the system's order."""
    found: SimpleQueue[_Places | OSError] = SimpleQueue()

    def look_up() -> None:
        try:
            answer = socket.getaddrinfo(
                target.origin.host, target.origin.port, type=socket.SOCK_STREAM
            )
            found.put([(int(family), str(at[0])) for family, *_, at in answer])
        except OSError as problem:
            found.put(problem)

    # A name service that is silent is waited for in a thread: it knows no deadline.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        places = found.get(timeout=deadline.left())
    except Empty:
        raise deadline.passed() from None
    if isinstance(places, OSError):
        raise UnknownHost(target.url, host=target.origin.host) from places
    return list(dict.fromkeys(places))


def _connect(family: int, address: str, target: Target, deadline: Deadline) -> Line:
    """Connect to an address, never to a name: nobody is asked again where that is."""
    end = socket.socket(family, socket.SOCK_STREAM)
    try:
        end.settimeout(min(CONNECT_SECONDS, deadline.left()))
        end.connect((address, target.origin.port))
    except BaseException:  # nothing is held back: it goes on once the line is closed
        end.close()
        raise
    return Line(end, target.url, deadline)


def _kept(line: Line, target: Target, tls: ssl.SSLContext) -> Line:
    """Return *line*, with TLS on it if *target* wants that; or close it."""
    try:
        return _secured(line, target, tls) if target.origin.scheme == "https" else line
    except BaseException:  # as above: also where somebody is stopped, no socket is left
        line.close()
        raise


def _secured(line: Line, target: Target, tls: ssl.SSLContext) -> Line:
    """Return *line* with TLS on it; that it is who it should be is verified by name."""
    host = target.origin.host
    line.socket.settimeout(line.deadline.left())
    try:
        secured = tls.wrap_socket(line.socket, server_hostname=host)
    except ssl.SSLCertVerificationError as problem:
        reason = problem.verify_message
        raise CertificateRefused(target.url, host=host, reason=reason) from None
    except TimeoutError:
        raise line.deadline.passed() from None
    except OSError as problem:
        reason = getattr(problem, "reason", None) or str(problem)
        raise Unreachable(target.url, host=host, reason=reason) from None
    return Line(secured, target.url, line.deadline)


def _read(address: str) -> Address:
    """Return *address*, of which the system may have said by which card it is."""
    return ip_address(address.partition("%")[0])
