from __future__ import annotations

from hypothesis import given, strategies as st

from groundwave.newsroom.figures.quantity import Change
from groundwave.newsroom.figures.standing import Status, standing, successions
from newsroom.figures.said import at_least, exactly, quantities, said


FIRST = said("1", at_least(32))
SECOND = said("2", at_least(42), supersedes="1")


def test_a_later_figure_takes_the_place_of_the_one_before():
    (succession,) = successions([SECOND, FIRST])

    assert succession == (FIRST, SECOND)
    found = standing(succession)
    assert (found.said, found.before, found.change) == (SECOND, FIRST, Change.ROSE)


def test_a_first_figure_has_changed_from_nothing():
    found = standing((FIRST,))

    assert (found.before, found.change) == (None, None)


def test_sources_stand_beside_each_other():
    other = said("2", exactly(30), who="Red Cross")

    assert list(successions([FIRST, other])) == [(FIRST,), (other,)]


def test_what_we_retracted_was_never_said():
    mistake = said("2", at_least(420), supersedes="1", status=Status.RETRACTED)
    third = said("3", at_least(42), supersedes="2")

    assert standing((FIRST, mistake)).said == FIRST
    assert standing((FIRST, mistake, third)).before == FIRST
    assert standing((mistake,)) is None


def test_once_a_source_withdraws_none_of_its_figures_stands():
    withdrawn = said("2", at_least(42), supersedes="1", status=Status.WITHDRAWN)
    again = said("3", at_least(35), supersedes="2")

    assert standing((FIRST, withdrawn)) is None
    assert standing((FIRST, withdrawn, again)).said == again


def test_what_is_disputed_stands_and_is_told():
    disputed = said("1", at_least(32), status=Status.DISPUTED)

    assert standing((disputed,)).said == disputed


def test_a_ring_ends():
    ring = [said("1", at_least(1), supersedes="2"), SECOND]

    assert list(successions(ring)) == []


@given(st.lists(quantities(), min_size=1, max_size=20), st.randoms())
def test_every_figure_is_in_one_line_whatever_the_order(several, random):
    links = [None, *map(str, range(len(several)))]
    made = [
        said(str(number), quantity, supersedes=links[number])
        for number, quantity in enumerate(several)
    ]

    (succession,) = successions(random.sample(made, len(made)))

    assert list(succession) == made
    assert standing(succession).said == made[-1]
