from __future__ import annotations

import pytest

from groundwave.outbound.allowed import HostsUnusable, read_allowed
from groundwave.wire.http.host import Host


def test_private_hosts_that_may_be_asked_are_named_with_or_without_a_port():
    assert read_allowed("10.0.0.7, CMS.kgnd.example:8080 ,[fd00::1]:80,") == {
        Host("10.0.0.7", None),
        Host("cms.kgnd.example", 8080),
        Host("[fd00::1]", 80),
    }
    assert read_allowed("") == frozenset()


@pytest.mark.parametrize("hosts", ["10.0.0.0/8", "http://cms/", "*", "a b", "a:http"])
def test_what_is_no_host_is_a_sentence(hosts):
    with pytest.raises(HostsUnusable, match="GROUNDWAVE_OUTBOUND_ALLOW"):
        read_allowed(hosts)
