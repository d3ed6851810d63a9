from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.cds.pointer import fragment, place, tokens_of


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_a_link_leads_back_to_where_it_was_made(tokens):
    assert tokens_of(fragment(*tokens)) == tuple(tokens)


@pytest.mark.parametrize(
    "href", ["", "#", "#assets", "/v1/documents/1", "https://a.b/#/c"]
)
def test_what_is_no_pointer_leads_elsewhere(href):
    assert tokens_of(href) is None


def test_slashes_and_tildes_are_escaped():
    assert place("/assets", "a/b~c") == "/assets/a~1b~0c"
    assert fragment("assets", "a b") == "#/assets/a%20b"
