"""Which addresses are the public's to reach, and which are somebody's own network."""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
)


Address = IPv4Address | IPv6Address

# Both are called public, and clouds answer there with what only their guests may know.
_CLOUDS = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))
# All that was ever given to anybody (RFC 4291, section 2.4).
_GIVEN = IPv6Network("2000::/3")
# IPv4 as IPv6 alone reaches it (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether anybody on the internet may reach *address*, or the one hidden in it."""
    if isinstance(address, IPv4Address):
        private = address.is_multicast or any(address in each for each in _CLOUDS)
        return address.is_global and not private
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    return address in _GIVEN and address.is_global


def _inside(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
