"""
Whose address is it, and how much of it is kept.

Addresses are text, because that is how they come and go: from a socket, a
header, to a record. What cannot be read as an address is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from groundwave.patchbay.messages import AddressPrivacy


Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

KEPT_BITS = {4: 24, 6: 48}
"""How much a shortened address names: some 250 lines, or one customer's site."""


def kept_address(address: str, privacy: AddressPrivacy) -> str:
    """
    Return what a record keeps of *address*: all, its network's first, or nothing.

    An IPv4 address inside an IPv6 one is shortened as IPv4. What is not an
    address is kept in full or not at all.
    """
    match privacy:
        case AddressPrivacy.FULL:
            read = read_address(address)
            return str(read) if read else address
        case AddressPrivacy.TRUNCATED:
            read = read_address(address)
            return str(_shortened(read)) if read else ""
        case AddressPrivacy.NONE:
            return ""


def client_address(peer: str, forwarded_for: str, trusted: tuple[Network, ...]) -> str:
    """
    Return the address of whoever is behind *peer*, the socket's other end.

    ``X-Forwarded-For`` is believed from right to left, for as long as whoever
    added an entry is *trusted*: the first that is not is the client. An entry
    that is no address ends the search at the one who added it.
    """
    client = peer
    entries = _entries_from_the_right(forwarded_for)
    while (address := read_address(client)) and _is_in(address, trusted):
        entry = next(entries, None)
        if entry is None or read_address(entry) is None:
            return str(address)
        client = entry
    return str(address) if address else client


def read_address(text: str) -> Address | None:
    """Return the address *text* is, an IPv4 one inside IPv6 unwrapped; else ``None``."""
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _shortened(address: Address) -> Address:
    if isinstance(address, IPv6Address) and address.sixtofour:
        # 2002:AABB:CCDD::/48 is all of the IPv4 address AA.BB.CC.DD.
        address = address.sixtofour
    bits = KEPT_BITS[address.version]
    return ip_network((address, bits), strict=False).network_address


def _is_in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def _entries_from_the_right(forwarded_for: str) -> Iterator[str]:
    for entry in reversed(forwarded_for.split(",")):
        yield _without_port(entry.strip().strip('"'))


def _without_port(entry: str) -> str:
    """Return the address of ``1.2.3.4:567`` and ``[2001:db8::1]:567``."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry
