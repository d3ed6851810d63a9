from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.transmitter.tape.title import (
    MOST_TO_COME,
    UNHEARD_SECONDS,
    Title,
    Titles,
    between,
)


NOON = 1_791_720_000.0
VATN, LJOS = Title(NOON + 1, "Vatn"), Title(NOON + 7, "Ljós")


def noted(*titles: Title, held: Title | None = None) -> Titles:
    book = Titles(held)
    for title in titles:
        book.note(title.text, at=title.at)
    return book


def test_a_title_is_told_by_the_segment_it_begins_in_and_those_after():
    book = noted(VATN)

    heard = [book.heard(NOON + 5 * i, NOON + 5 * i + 5) for i in range(3)]
    assert heard == [(VATN,)] * 3


def test_a_segment_tells_every_title_that_is_heard_in_it():
    book = noted(VATN, LJOS)

    assert book.heard(NOON, NOON + 5) == (VATN,)
    assert book.heard(NOON + 5, NOON + 10) == (VATN, LJOS)
    assert book.heard(NOON + 10, NOON + 15) == (LJOS,)


def test_a_title_of_sound_that_is_not_here_yet_is_to_come():
    """Its source is ahead of real time."""
    book = noted(VATN, LJOS)

    assert book.to_come == (VATN, LJOS)
    book.heard(NOON, NOON + 5)
    assert book.to_come == (LJOS,)


def test_a_title_that_is_said_again_began_when_it_was_said_first():
    again = Title(NOON + 9, "Vatn")
    book = noted(VATN, again)
    assert book.to_come == (VATN,)
    book.heard(NOON, NOON + 5)
    book.note("Vatn", at=NOON + 9)
    assert book.to_come == ()


def test_silence_about_titles_is_noted_once_there_was_one():
    assert noted(Title(NOON, "")).to_come == ()
    none = Title(NOON + 3, "")
    assert noted(VATN, none).to_come == (VATN, none)


def test_what_was_said_of_sound_that_was_never_heard_is_not_told():
    """Another source took the air where the first one's sound ended."""
    said_ahead, taken_over = Title(NOON + 8, "Ljós"), Title(NOON + 8, "Stormur")

    assert noted(VATN, said_ahead, taken_over).to_come == (VATN, taken_over)


def test_a_segment_does_not_tell_a_title_that_ends_as_it_begins():
    begins = Title(NOON + 5 + UNHEARD_SECONDS / 2, "Ljós")
    book = noted(VATN, begins)
    book.heard(NOON, NOON + 5)

    assert book.heard(NOON + 5, NOON + 10) == (begins,)


def test_the_title_held_on_the_tape_goes_on_where_it_does():
    book = noted(held=VATN)

    assert book.heard(NOON + 60, NOON + 65) == (VATN,)


def test_a_flood_of_titles_leaves_few_and_the_last():
    book = noted(*(Title(NOON + i / 1000, f"Title {i}") for i in range(1000)))

    heard = book.heard(NOON, NOON + 5)
    assert len(heard) == MOST_TO_COME
    assert heard[-1].text == "Title 999"


def test_titles_are_dated_to_the_millisecond_as_they_are_told():
    book = noted(Title(NOON + 0.0006, "Vatn"))

    assert book.to_come == (Title(NOON + 0.001, "Vatn"),)
    assert book.to_come[0].id == "title-1791720000001"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (NOON, NOON + 1, []),
        (NOON, NOON + 7, [VATN]),
        (NOON + 1, NOON + 2, [VATN]),
        (NOON + 5, NOON + 6, [VATN]),
        (NOON + 5, NOON + 8, [VATN, LJOS]),
        (NOON + 7, NOON + 8, [LJOS]),
        (NOON + 600, NOON + 700, [LJOS]),
    ],
)
def test_a_span_has_the_titles_it_begins_with_and_those_that_begin_in_it(
    start: float, end: float, expected: list[Title]
):
    assert between([VATN, LJOS, VATN], start, end) == expected


@settings(deadline=None)
@given(
    said=st.lists(
        st.tuples(st.sampled_from(["", "A", "B"]), st.floats(0.002, 9)), max_size=30
    ),
    cuts=st.data(),
)
def test_every_instant_has_the_title_that_was_said_last_for_it(said, cuts):
    """Whatever is said, and however the sound is cut."""
    book, at, now, truth, told = Titles(), NOON, NOON, [], {}
    for text, later in said:
        at = max(at, now) + later  # nobody speaks of sound that is over
        if len(book.to_come) < MOST_TO_COME:  # nobody floods
            book.note(text, at=at)
            truth.append((round(at, 3), text))
        if cuts.draw(st.booleans()):
            end = now + 5
            told[now] = book.heard(now, end)
            now = end

    for start, titles in told.items():
        middle = start + 2.5
        expected = [text for at, text in truth if at <= middle][-1:] or [""]
        heard = [title.text for title in titles if title.at <= middle][-1:] or [""]
        assert heard == expected
