from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.syndication.incoming import Brand
from groundwave.syndication.polling.beside import read_brand


NAMED = b'{"brand": {"displayName": "Far Shore <b>Radio</b>"}'


@pytest.mark.parametrize(
    ("raw", "home"),
    [
        (NAMED + b"}", ""),
        (
            NAMED + b', "links": {"brand": [{"rel": "homepage",'
            b' "href": "https://far-shore.example/"}]}}',
            "https://far-shore.example/",
        ),
        (NAMED + b', "links": {"brand": [3, {"rel": "homepage", "href": 4}]}}', ""),
        (
            NAMED + b', "links": {"brand": [{"rel": "homepage",'
            b' "href": "javascript:alert(1)"}]}}',
            "",
        ),
    ],
)
def test_a_brand_has_a_name_and_maybe_a_home(raw, home):
    assert read_brand(raw) == Brand("Far Shore Radio", home)


@pytest.mark.parametrize(
    "raw",
    [b"", b"3", b"[]", b"{}", b'{"brand": {"displayName": " "}}', b"[" * 100_000],
)
def test_what_names_nobody_is_no_brand(raw):
    assert read_brand(raw) is None


@given(st.binary())
def test_whatever_comes_does_no_harm(raw):
    read_brand(raw)
