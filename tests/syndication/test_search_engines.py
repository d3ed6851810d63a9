"""Search engines find the original."""

from __future__ import annotations

import pytest

from groundwave.syndication.search_engines import Ground, Wish, how_found
from syndication.stories import story


PAGE = "https://far-shore.example/news/1"


@pytest.mark.parametrize(
    ("wish", "canonical", "is_indexed"),
    [
        (Wish.CANONICAL, PAGE, True),
        (Wish.CANONICAL_NOINDEX, PAGE, False),
        (Wish.NOINDEX, "", False),
    ],
)
def test_a_connection_has_its_wish(wish, canonical, is_indexed):
    found = how_found(story(canonical=PAGE), wish)

    assert (found.canonical, found.is_indexed) == (canonical, is_indexed)
    assert found.ground is Ground.WISH


@pytest.mark.parametrize("wish", Wish)
def test_an_origin_that_wants_it_nowhere_is_obeyed(wish):
    found = how_found(story(canonical=PAGE, no_index=True), wish)

    assert not found.is_indexed
    assert found.ground is Ground.ORIGIN


def test_a_copy_is_not_taken_for_an_original_that_has_no_page():
    found = how_found(story(), Wish.CANONICAL)

    assert not found.is_indexed
    assert found.ground is Ground.NO_ORIGINAL
    assert "Ask the origin" in found.sentence
