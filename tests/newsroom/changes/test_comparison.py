"""Two versions of a text, as a reader compares them."""

from __future__ import annotations

from itertools import chain

from hypothesis import given, strategies as st

from groundwave.newsroom.changes.comparison import Mark, Run, compared


LINES = st.lists(st.text("ab .", max_size=12).filter(str.strip), max_size=5)


def words(paragraphs, *marks):
    return [
        " ".join(run.words for run in runs if run.mark in marks).split()
        for runs in paragraphs
    ]


def test_a_number_that_changed_stands_beside_the_old_one():
    [paragraph] = compared("At least 32 are missing.", "At least 42 are missing.")

    assert paragraph == (
        Run(Mark.STAYED, "At least"),
        Run(Mark.WENT, "32"),
        Run(Mark.CAME, "42"),
        Run(Mark.STAYED, "are missing."),
    )


def test_a_new_paragraph_is_new_as_a_whole():
    found = compared("One.\nThree.", "One.\nTwo is here.\nThree.")

    assert found[1] == (Run(Mark.CAME, "Two is here."),)


def test_paragraphs_with_little_in_common_are_two():
    found = compared("The ferry sank at noon.", "Nobody knows what happened.")

    assert [runs[0].mark for runs in found] == [Mark.WENT, Mark.CAME]


def test_a_word_at_the_end_is_the_same_word_before_more():
    [paragraph] = compared("The ferry sank at", "The ferry sank at noon.")

    assert [run.mark for run in paragraph] == [Mark.STAYED, Mark.CAME]


@given(LINES, LINES)
def test_nothing_of_either_version_is_lost_or_made_up(before, after):
    found = compared("\n".join(before), "\n".join(after))

    was = list(chain.from_iterable(words(found, Mark.STAYED, Mark.WENT)))
    now = list(chain.from_iterable(words(found, Mark.STAYED, Mark.CAME)))
    assert was == " ".join(before).split()
    assert now == " ".join(after).split()
