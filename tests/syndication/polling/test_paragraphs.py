"""A paragraph is known again in the next version, whatever happens around it."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from groundwave.syndication.polling.paragraphs import named


FERRY = "<p>The ferry between Far Shore and Tern Island ran again on Sunday.</p>"
YARD = "<p>It had been in the yard for eleven days, the harbor office said.</p>"
FLOUR = "<p>On Tern Island there had been flour for one more week.</p>"
MAIL = "<p>Letters from before the storm were handed out at the pier.</p>"
TEXTS = st.lists(st.sampled_from([FERRY, YARD, FLOUR, MAIL, "<p>Yes.</p>"]), max_size=8)


def ids(texts, before=()):
    return [each.id for each in named(texts, before)]


def test_one_that_is_put_above_changes_no_other():
    before = named([FERRY, YARD])

    assert ids([MAIL, FERRY, YARD], before)[1:] == [each.id for each in before]


def test_a_corrected_one_keeps_its_id():
    before = named([FERRY, YARD, FLOUR])
    corrected = YARD.replace("eleven", "twelve")

    after = ids([MAIL, FERRY, corrected, FLOUR], before)

    assert after[1:] == [each.id for each in before]


def test_one_that_is_replaced_by_another_is_another():
    (before,) = named([FERRY])

    assert ids([FLOUR], [before]) != [before.id]


def test_one_that_moved_is_the_same():
    one, two, three = named([FERRY, YARD, FLOUR])

    assert ids([FLOUR, FERRY, YARD], [one, two, three]) == [three.id, one.id, two.id]


def test_the_same_words_twice_are_two():
    before = named([FERRY, "<p>* * *</p>", YARD, "<p>* * *</p>"])

    assert len({each.id for each in before}) == 4
    assert named([each.text for each in before], before) == before


def test_an_id_is_not_given_to_somebody_else_while_its_paragraph_lives_on():
    before = named([FERRY])
    changed = named([FERRY.replace("Sunday", "Monday")], before)
    assert changed[0].id == before[0].id

    again = named([changed[0].text, FERRY], changed)

    assert again[0].id == changed[0].id != again[1].id


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_ids_are_unique_and_what_stays_keeps_its_own(one, two, three):
    versions = [named(one)]
    for texts in (two, three, three):
        versions.append(named(texts, versions[-1]))

    for version in versions:
        assert len({each.id for each in version}) == len(version)
    assert versions[-1] == versions[-2]
    for before, after in pairwise(versions):
        for text in {each.text for each in before} & {each.text for each in after}:
            had = {each.id for each in before if each.text == text}
            has = {each.id for each in after if each.text == text}
            assert had <= has or has <= had


def test_a_text_of_thousands_of_paragraphs_takes_no_time():
    begun = time.monotonic()
    before = named([f"<p>{'far ' * 300}{number}</p>" for number in range(2000)])

    named([f"<p>{'far ' * 300}{number} </p>" for number in range(2000)], before)

    assert time.monotonic() - begun < 5
