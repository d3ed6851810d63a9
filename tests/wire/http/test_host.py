from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.http.host import Host, read_host


@pytest.mark.parametrize(
    ("value", "host"),
    [
        ("air.example", Host("air.example", None)),
        ("air.example:8000", Host("air.example", 8000)),
        ("192.0.2.1:80", Host("192.0.2.1", 80)),
        ("[2001:db8::1]", Host("[2001:db8::1]", None)),
        ("[2001:db8::1]:8000", Host("[2001:db8::1]", 8000)),
        (" localhost:8000 ", Host("localhost", 8000)),
    ],
)
def test_name_and_port_are_told_apart(value: str, host: Host):
    assert read_host(value) == host


@pytest.mark.parametrize(
    "value",
    ["", "[", "[::1", "::1", "a:b", "a:65536", "a/b", "a b", "a<b>", "user@host", "ä"],
)
def test_what_is_no_host_names_none(value: str):
    assert read_host(value) is None


@given(st.text())
def test_any_text_is_answered(value: str):
    found = read_host(value)
    assert found is None or found.name in value
