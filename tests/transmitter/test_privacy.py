from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given, strategies as st

from groundwave.patchbay.messages import AddressPrivacy
from groundwave.transmitter.privacy import client_address, kept_address


PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1234:5678:9abc:def0:1:2", "2001:db8:1234::"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("2002:cb00:714d::1", "203.0.113.0"),  # 6to4 spells 203.0.113.77 out
        ("fe80::1234%eth0", "fe80::"),
        (" 203.0.113.77 ", "203.0.113.0"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.777", ""),
    ],
)
def test_a_shortened_address_names_a_network(address, kept):
    assert kept_address(address, AddressPrivacy.TRUNCATED) == kept


@given(st.ip_addresses())
def test_addresses_of_one_network_become_the_same(address):
    kept = kept_address(str(address), AddressPrivacy.TRUNCATED)

    neighbor = address + 1 if int(address) % 2 == 0 else address - 1
    assert kept_address(str(neighbor), AddressPrivacy.TRUNCATED) == kept
    assert kept_address(kept, AddressPrivacy.TRUNCATED) == kept


@given(st.ip_addresses(v=4))
def test_an_address_is_shortened_alike_however_it_is_written(address):
    mapped = ip_address("::ffff:0:0") + int(address)

    for privacy in AddressPrivacy:
        assert kept_address(str(mapped), privacy) == kept_address(str(address), privacy)


@given(st.ip_addresses() | st.text())
def test_nothing_is_kept_where_nothing_may_be(address):
    assert kept_address(str(address), AddressPrivacy.NONE) == ""


def test_a_full_address_is_kept_whole():
    assert kept_address("::ffff:203.0.113.77", AddressPrivacy.FULL) == "203.0.113.77"
    assert kept_address("2001:DB8::1", AddressPrivacy.FULL) == "2001:db8::1"
    assert kept_address("unix:", AddressPrivacy.FULL) == "unix:"


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        # Nobody but a trusted proxy is believed.
        ("198.51.100.1", "203.0.113.7", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        # The right end is what the proxy saw; the left is what the client claims.
        ("10.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.7, 10.9.9.9", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7,10.9.9.9 , fd00::1", "203.0.113.7"),
        # Only proxies: the one farthest out.
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "", "10.0.0.1"),
        # What is no address ends the search at whoever passed it on.
        ("10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.7, _hidden, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "garbage", "10.0.0.1"),
        ("10.0.0.1", ",,,", "10.0.0.1"),
        # Ports and brackets, as some proxies write them.
        ("10.0.0.1", "203.0.113.7:51234", "203.0.113.7"),
        ("10.0.0.1", '"[2001:db8::7]:51234"', "2001:db8::7"),
        ("10.0.0.1", "[2001:db8::7]", "2001:db8::7"),
        # A peer without an address is nobody's proxy.
        ("", "203.0.113.7", ""),
        ("unix:", "203.0.113.7", "unix:"),
        ("::ffff:198.51.100.1", "", "198.51.100.1"),
    ],
)
def test_the_client_is_the_first_from_the_right_that_is_not_trusted(
    peer, forwarded_for, client
):
    assert client_address(peer, forwarded_for, PROXIES) == client


@given(st.text(), st.text())
def test_without_trusted_proxies_the_header_means_nothing(peer, forwarded_for):
    assert client_address(peer, forwarded_for, ()) == client_address(peer, "", ())


@given(forged=st.text(st.characters(exclude_characters=",")), seen=st.ip_addresses())
def test_a_client_cannot_choose_who_it_is(forged, seen):
    header = f"{forged}, {seen}"

    assert client_address("10.0.0.1", header, (ip_network("10.0.0.1/32"),)) in {
        client_address(str(seen), "", ()),
        client_address(forged, "", ()) if str(seen) == "10.0.0.1" else "",
    }
