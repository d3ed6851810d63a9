from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

import groundwave.delivery
from groundwave.stations.color import (
    DAY,
    ENOUGH,
    NIGHT,
    Color,
    ColorUnreadable,
    contrast,
    read_color,
    readable,
    worst_contrast,
)
from groundwave.stations.validators import is_readable_color


BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)
TOKENS = (
    Path(groundwave.delivery.__file__).parent / "static/groundwave/tokens.css"
).read_text()

colors = st.builds(Color, *[st.integers(0, 255)] * 3)


def test_contrast_is_that_of_wcag():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    # The example that everybody quotes: the palest gray that may be read on white.
    assert contrast(read_color("#767676"), WHITE) == pytest.approx(4.54, abs=0.01)


@given(one=colors, other=colors)
def test_contrast_does_not_depend_on_which_is_the_ink(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.parametrize("papers", [DAY, NIGHT])
@given(color=colors)
def test_any_color_can_be_made_readable_by_day_and_by_night(papers, color):
    assert worst_contrast(readable(color, on=papers), on=papers) >= ENOUGH


@given(color=colors)
def test_a_color_that_can_be_read_is_left_alone(color):
    once = readable(color, on=DAY)

    assert readable(once, on=DAY) == once


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "b8330f"])
def test_what_is_no_color_is_refused(text):
    with pytest.raises(ColorUnreadable):
        read_color(text)


@given(color=colors)
def test_a_color_is_written_as_it_is_read(color):
    assert read_color(str(color)) == color


def test_too_pale_a_color_is_refused_with_one_that_would_do():
    with pytest.raises(ValidationError) as refusal:
        is_readable_color("#ffcc00")

    sentence = refusal.value.messages[0]
    assert "1.4 to 1, and 4.5 to 1 is needed" in sentence
    is_readable_color(re.search(r"#[0-9a-f]{6}", sentence).group())


def test_what_is_no_color_is_refused_with_an_example():
    with pytest.raises(ValidationError, match="Write one such as #b8330f"):
        is_readable_color("javascript:1")


def tokens(text):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))


def test_the_papers_are_those_of_the_style_sheet():
    day, night = TOKENS.split("@media (prefers-color-scheme: dark)")

    for said, papers in ((tokens(day), DAY), (tokens(night), NIGHT)):
        assert [said["paper"], said["sheet"]] == [str(paper) for paper in papers]


@pytest.mark.parametrize("name", ["ink", "ink-quiet", "link", "accent"])
def test_our_own_colors_can_be_read_by_day_and_by_night(name):
    day, night = map(tokens, TOKENS.split("@media (prefers-color-scheme: dark)"))

    for said in (day, day | night):
        for paper in ("paper", "sheet", "shade"):
            found = contrast(read_color(said[name]), read_color(said[paper]))
            assert found >= ENOUGH, (name, paper)
        ink = contrast(read_color(said["accent-ink"]), read_color(said["accent"]))
        assert ink >= ENOUGH
