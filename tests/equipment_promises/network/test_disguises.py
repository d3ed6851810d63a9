"""Each disguise leads to the network in truth, or refusing it would prove nothing."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from equipment.network.disguises import disguises


@pytest.mark.parametrize("name", disguises(80))
def test_it_leads_to_this_machine(network, name):
    port = urlsplit(network.url).port
    assert port
    address = urlsplit(disguises(port)[name])

    with closing(HTTPConnection(address.hostname or "", port, timeout=5)) as line:
        line.request("GET", "/v1/profiles")
        assert line.getresponse().status == 200

    assert [each.path for each in network.asked] == ["/v1/profiles"]
