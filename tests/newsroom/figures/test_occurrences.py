"""Where an older figure is still written, and what it becomes."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.newsroom.figures.inline import forms
from groundwave.newsroom.figures.known import Counted
from groundwave.newsroom.figures.occurrences import occurrences, replaced
from groundwave.newsroom.figures.outdated import outdated
from groundwave.newsroom.figures.pinned import element, loose_text, pinned_in
from groundwave.newsroom.figures.standing import Status
from newsroom.figures.said import about, at_least, between, exactly, quantities, said


MISSING = Counted("missing", "People missing")
OLD = said("old", at_least(32))
NEW = said("new", at_least(41), supersedes="old")


def found_in(text, *figures, standing=None, is_rich=False):
    figures = figures or (OLD, NEW)
    return occurrences(
        text,
        outdated([MISSING], figures),
        standing=standing if standing is not None else [figures[-1]],
        is_rich=is_rich,
    )


def after(text, *figures, is_rich=False, standing=None):
    return replaced(text, found_in(text, *figures, is_rich=is_rich, standing=standing))


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("At least 32 are missing.", "At least 41 are missing."),
        ("More than 32 are missing.", "More than 41 are missing."),
        ("Thirty-two are missing.", "Forty-one are missing."),
        ("the search for thirty-two sailors", "the search for forty-one sailors"),
        ("32 missing, 42 safe", "41 missing, 42 safe"),
    ],
)
def test_a_number_that_looks_like_it_may_be_one(text, becomes):
    (place,) = found_in(text)

    assert not place.is_certain
    assert after(text) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "132 or 320 or 3.32 or 32.5 or 1,320",
        "a 32-year-old sailor",
        "at 4:32 p.m.",
        "for $32 a seat",
        "Route 7/32",
        "about 32%",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert found_in(text) == []


def test_a_small_number_counts_only_beside_what_is_counted():
    two, three = said("2", exactly(2)), said("3", exactly(3), supersedes="2")

    assert found_in("The two harbors. Nobody spoke.", two, three) == []
    assert after("Two people drowned.", two, three) == "Three people drowned."


def test_long_numbers_are_found_with_and_without_a_comma():
    old, new = said("a", about(1200)), said("b", about(1300), supersedes="a")

    assert after("about 1,200 homes; 1200 homes", old, new) == (
        "about 1,300 homes; 1300 homes"
    )


def test_a_bare_number_has_no_words_instead_if_the_source_is_less_sure_now():
    new = said("new", between(30, 40), supersedes="old")

    (bare,) = found_in("32 missing", OLD, new)
    (whole,) = found_in("at least 32 missing", OLD, new)

    assert bare.becomes is None
    assert whole.becomes == "between 30 and 40"
    assert after("32 missing", OLD, new) == "32 missing"


def test_what_another_source_stands_by_is_nobodys_mistake():
    other = said("other", at_least(32), who="Bay Rescue")

    assert found_in("At least 32 are missing.", OLD, NEW, standing=[NEW, other]) == []


def test_a_withdrawn_figure_is_found_and_nothing_stands_instead():
    gone = said("old", at_least(32), status=Status.WITHDRAWN)

    (place,) = found_in("At least 32 are missing.", gone, standing=[])

    assert place.becomes is None


def test_a_pinned_figure_is_certain_and_its_words_are_renewed():
    text = (
        f"<p>{element('old', 'At least 32, according to Tamarack County')} &amp; so</p>"
    )

    (place,) = found_in(text, is_rich=True)

    assert place.is_certain
    assert place.words == "At least 32, according to Tamarack County"
    assert after(text, is_rich=True) == (
        f"<p>{element('new', 'At least 41, according to Tamarack County')} &amp; so</p>"
    )


def test_a_figure_of_two_changes_ago_becomes_the_newest():
    last = said("last", at_least(50), supersedes="new")

    assert after(element("old", "at least 32"), OLD, NEW, last, is_rich=True) == (
        element("last", "at least 50")
    )


def test_words_that_nobody_put_there_as_a_figure_are_for_a_person_to_change():
    text = f"<p>{element('old', 'nearly three dozen')}</p>"

    (place,) = found_in(text, is_rich=True)

    assert place.is_certain
    assert place.becomes is None
    assert after(text, is_rich=True) == text


def test_a_figure_that_stands_is_left_alone():
    text = (
        f"<p>{element('new', 'at least 41')} and {element('else', 'at least 32')}</p>"
    )

    assert found_in(text, is_rich=True) == []


def test_markup_is_no_text():
    text = (
        '<h2 data-block-key="32">32</h2><p><a href="https://kgnd.example/32">x</a></p>'
    )

    assert after(text, is_rich=True) == (
        '<h2 data-block-key="32">41</h2><p><a href="https://kgnd.example/32">x</a></p>'
    )


def test_words_are_written_as_markup_needs_them():
    old = said("old", at_least(32), who="Smith & <Sons>")
    new = said("new", at_least(41), who="Smith & <Sons>", supersedes="old")
    text = element("old", "at least 32, according to Smith & <Sons>")

    assert after(text, old, new, is_rich=True) == (
        '<a linktype="figure" uid="new">at least 41, according to Smith &amp; &lt;Sons&gt;</a>'
    )


def test_a_disputed_figure_is_found_where_it_is_pinned_and_nowhere_else():
    disputed = said("old", at_least(32), status=Status.DISPUTED)

    found = found_in(
        f"<p>{element('old', 'at least 32')}, or 32</p>", disputed, is_rich=True
    )

    assert [(each.is_certain, each.becomes) for each in found] == [(True, None)]


@given(st.lists(quantities(), min_size=2, max_size=4), st.text(max_size=30))
def test_once_replaced_nothing_pinned_is_outdated(several, around):
    figures = [
        said(str(at), each, supersedes=str(at - 1) if at else None)
        for at, each in enumerate(several)
    ]
    safe = around.replace("<", "").replace(">", "").replace("&", "")
    text = safe + "".join(element(each.name, forms(each)[0]) for each in figures)

    again = replaced(
        text,
        [each for each in found_in(text, *figures, is_rich=True) if each.is_certain],
    )

    assert not [
        each for each in found_in(again, *figures, is_rich=True) if each.is_certain
    ]
    assert {each.uid for each in pinned_in(again)} == {figures[-1].name}


@given(st.text())
def test_a_character_of_a_text_stays_where_it_is(html):
    loose = loose_text(html)

    assert len(loose) == len(html)
    assert all(
        each == other or each in "\0\n" for each, other in zip(loose, html, strict=True)
    )


def test_letters_that_only_look_alike_are_no_number():
    six = said("6", exactly(66)), said("7", exactly(67), supersedes="6")

    assert found_in("\u017fixty-\u017fix are missing", *six) == []
