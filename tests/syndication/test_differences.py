"""Where two texts differ, word by word."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from groundwave.syndication.differences import MOST_WORDS, differences


def marked(pieces):
    return "".join(f"[{p.words}]" if p.is_other else p.words for p in pieces)


def test_what_only_one_has_is_marked_there():
    ours, theirs = differences("The bay's ferry runs.", "The ferry runs daily.")

    assert marked(ours) == "The [bay's ]ferry [runs.]"
    assert marked(theirs) == "The ferry [runs daily.]"


def test_space_between_words_makes_no_difference():
    ours, theirs = differences("It\nran.", "It ran.")

    assert not any(piece.is_other for piece in (*ours, *theirs))


def test_nothing_is_marked_as_nothing():
    assert differences("", "") == ((), ())
    assert [p.is_other for p in differences("", "It ran.")[1]] == [True]


def test_a_text_that_is_far_too_long_is_wholly_other():
    ours, theirs = differences("word " * (MOST_WORDS + 1), "word")

    assert [each.is_other for each in (*ours, *theirs)] == [True, True]


WORDS = st.text("ab \n", max_size=30).map(str.lstrip)


@given(WORDS, WORDS)
def test_the_pieces_are_the_texts(ours, theirs):
    here, there = differences(ours, theirs)

    assert "".join(piece.words for piece in here) == ours
    assert "".join(piece.words for piece in there) == theirs
    same_here = "".join(p.words for p in here if not p.is_other).split()
    same_there = "".join(p.words for p in there if not p.is_other).split()
    assert same_here == same_there
