"""What an editor is told of a story before readers have it, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.newsroom.preflight import (
    PhotoUsed,
    Term,
    about_embargo,
    about_headline,
    about_links,
    about_photo,
    about_terms,
)


NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_a_headline_that_lists_show_whole_needs_no_word():
    assert not list(about_headline("Ferry sinks off Marrow Bay"))


def test_a_long_headline_is_counted():
    [finding] = about_headline("x" * 120)

    assert "120 characters" in finding.sentence
    assert not finding.is_blocking


@pytest.mark.parametrize("headline", ["🌊🚢", "—", "?!"])
def test_a_headline_without_a_word_keeps_it_back(headline):
    [finding] = about_headline(headline)

    assert finding.is_blocking


def test_a_headline_in_another_script_has_words():
    assert not list(about_headline("غرقت العبّارة"))


def test_a_photo_that_nobody_is_credited_for_keeps_it_back():
    [finding] = about_photo(PhotoUsed("The bay", "Name the photographer.", True))

    assert finding.sentence == (
        "Readers are not shown the photo “The bay”. Name the photographer."
    )
    assert finding.is_blocking


def test_a_photo_whose_time_is_over_does_not():
    [finding] = about_photo(PhotoUsed("The bay", "Its time is over."))

    assert not finding.is_blocking


def test_a_photo_without_alt_text_keeps_it_back():
    [finding] = about_photo(PhotoUsed("The bay", has_alt_text=False))

    assert finding.is_blocking
    assert "those who cannot see it" in finding.sentence


def test_an_embargo_of_the_past_is_named():
    assert list(about_embargo(NOW, now=NOW))
    assert not list(about_embargo(NOW + timedelta(seconds=1), now=NOW))
    assert not list(about_embargo(None, now=NOW))


def test_each_link_that_leads_nowhere_is_named():
    found = [each.sentence for each in about_links(["The dam", "Old page"])]

    assert "“The dam”" in found[0]
    assert "“Old page”" in found[1]


@pytest.mark.parametrize(
    ("text", "instead_of", "is_found"),
    [
        ("He passed away.", "passed away", True),
        ("Passed away on Monday", "passed away", True),
        ("He bypassed away", "passed away", False),
        ("The Fed met", "Fed", True),
        ("They are well fed", "Fed", False),
        ("C++ (the language)", "C++", True),
    ],
)
def test_words_that_the_station_does_not_use_are_named(text, instead_of, is_found):
    found = list(about_terms(text, [Term("died", instead_of, "It is plain.")]))

    assert bool(found) is is_found
    if found:
        assert found[0].sentence == f"We say “died”, not “{instead_of}”. It is plain."
