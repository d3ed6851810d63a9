from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.newsroom.changes.sensitive import Change, Sensitive, sensitive_changes


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (
            "At least 32 people died.",
            "At least 42 people died.",
            [Change(Sensitive.NUMBER, "32", "42")],
        ),
        (
            "Seventeen boats sank.",
            "Eighteen boats sank.",
            [Change(Sensitive.NUMBER, "Seventeen", "Eighteen")],
        ),
        (
            "It cost $1.5 million.",
            "It cost $1.5 billion.",
            [Change(Sensitive.NUMBER, "million", "billion")],
        ),
        (
            "The mayor, Ida Marsh, agreed.",
            "The mayor, Ada Marsh, agreed.",
            [Change(Sensitive.NAME, "Ida", "Ada")],
        ),
        (
            "The ferry did sail.",
            "The ferry did not sail.",
            [Change(Sensitive.NEGATION, "", "not")],
        ),
        (
            "He can't come.",
            "He can come.",
            [Change(Sensitive.NEGATION, "can't", "can")],
        ),
        (
            "She said “we knew nothing” on Monday.",
            "She said “we knew” on Monday.",
            [Change(Sensitive.QUOTE, "we knew nothing", "we knew")],
        ),
        (
            'He said: "Boats left."',
            "He said: “Boats left.”",
            [],
        ),
    ],
)
def test_what_a_reader_should_be_told_of_is_found(before, after, changes):
    assert sensitive_changes(before, after) == changes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The harbor was closed .", "The harbor was closed."),
        ("The harbour was closed.", "The harbor was closed."),
        ("Boats left. the storm came.", "Boats left. The storm came."),
        ("A new, long pier.", "A long, new pier."),
    ],
)
def test_a_typo_is_no_news(before, after):
    assert sensitive_changes(before, after) == []


def test_a_name_at_the_beginning_of_a_sentence_looks_like_any_word():
    # Which is why the law promises no more than it does.
    assert sensitive_changes("Boats left.", "Ships left.") == []


@given(st.text())
def test_nothing_changed_is_nothing_to_tell(text):
    assert sensitive_changes(text, text) == []


@given(st.lists(st.integers(0, 10**9), min_size=1), st.data())
def test_no_number_changes_unnoticed(numbers, data):
    place = data.draw(st.integers(0, len(numbers) - 1))
    other = data.draw(st.integers(0, 10**9).filter(lambda n: n != numbers[place]))
    changed = [*numbers[:place], other, *numbers[place + 1 :]]

    def text(each):
        return " and ".join(f"{number} boats" for number in each)

    found = sensitive_changes(text(numbers), text(changed))

    assert found
    assert all(change.kind is Sensitive.NUMBER for change in found)
