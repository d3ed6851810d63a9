"""Rich text stays as it is when somebody opens and saves it."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.syndication.carrying.rich_text import as_edited, without_keys
from groundwave.syndication.markup import read_markup


@pytest.mark.parametrize(
    "html",
    [
        "<p>Fog &amp; <b>more</b> <i>fog</i>.</p>",
        '<p><a href="https://far-shore.example/?a=1&amp;b=2">there</a></p>',
        "<ul><li>One</li><li>Two</li></ul><ol><li>Three</li></ol>",
        "<h2>At noon</h2><h3>In the bay</h3>",
        "<blockquote>We saw it.</blockquote>",
        "<p>One<br/>two</p>",
    ],
)
def test_what_a_story_may_have_stays(html):
    assert as_edited(html) == html


def test_the_keys_of_paragraphs_are_not_kept():
    assert without_keys('<p data-block-key="x1">Fog</p>') == "<p>Fog</p>"
    assert "data-block-key" not in as_edited("<p>Fog</p>")


WORDS = st.text(st.sampled_from("ab <>&\"'é\u202e"), max_size=8)
TAGS = st.sampled_from(["p", "b", "i", "ul", "li", "h2", "blockquote", "a", "script"])


@st.composite
def markup(draw):
    return "".join(
        f"<{tag}>{draw(WORDS)}</{draw(TAGS)}>"
        for tag in draw(st.lists(TAGS, max_size=6))
    )


@given(markup())
def test_opening_it_again_changes_nothing_whatever_came(html):
    once = as_edited(read_markup(html).html)
    assert as_edited(once) == once
