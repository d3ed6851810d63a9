from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, strategies as st

from groundwave.outbound.places import is_public


# As IANA's registries of special-purpose addresses have them, and clouds besides.
PRIVATE = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",
    "::/128",
    "::1/128",
    "::/96",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:db8::/32",
    "64:ff9b:1::/48",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]
NETWORKS = [ip_network(each) for each in PRIVATE]
OLD = [each for each in NETWORKS if each.version == 4]


@st.composite
def addresses_in(draw, networks):
    network = draw(st.sampled_from(networks))
    return network[draw(st.integers(0, network.num_addresses - 1))]


@given(address=addresses_in(NETWORKS))
def test_what_is_private_is_not_the_publics(address):
    assert not is_public(address)


@given(address=addresses_in(OLD))
@pytest.mark.parametrize(
    "hiding",
    [
        lambda inner: 0xFFFF << 32 | inner,  # IPv4-mapped
        lambda inner: 0x64FF9B << 96 | inner,  # NAT64
        lambda inner: 0x2002 << 112 | inner << 80,  # 6to4
        lambda inner: inner,  # IPv4-compatible
    ],
)
def test_what_is_private_stays_so_inside_another_address(hiding, address):
    assert not is_public(IPv6Address(hiding(int(address))))


@pytest.mark.parametrize(
    "text",
    [
        "169.254.169.254",  # clouds' secrets
        "100.100.100.200",
        "192.0.0.192",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
    ],
)
def test_no_cloud_tells_its_secrets(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "8.8.8.8",
        "93.184.216.34",
        "100.63.255.255",
        "172.32.0.1",
        "2606:2800:220:1::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_what_is_public_is_asked(text):
    assert is_public(ip_address(text))


@given(address=st.integers(0, 2**32 - 1).map(IPv4Address))
def test_every_old_address_is_judged_as_the_registries_do(address):
    assert is_public(address) != any(address in each for each in OLD)
