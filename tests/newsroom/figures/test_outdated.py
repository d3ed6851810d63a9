from __future__ import annotations

from groundwave.newsroom.figures.known import Counted
from groundwave.newsroom.figures.outdated import Why, outdated
from groundwave.newsroom.figures.standing import Status
from newsroom.figures.said import HOUR, THREE, at_least, said


MISSING = Counted("missing", "People missing")


def reasons(*figures):
    return {
        each.was.name: (each.why, each.now) for each in outdated([MISSING], figures)
    }


def test_what_stands_is_not_outdated():
    assert reasons(said("1", at_least(32))) == {}


def test_an_older_figure_is_and_the_newest_stands_instead():
    first, second = said("1", at_least(32)), said("2", at_least(42), supersedes="1")
    third = said("3", at_least(41), supersedes="2")

    assert reasons(first, second, third) == {
        "1": (Why.SUPERSEDED, third),
        "2": (Why.SUPERSEDED, third),
    }


def test_what_counts_something_else_does_not_stand_in_its_place():
    whole = said("1", at_least(32))
    crew = said("2", at_least(5), supersedes="1", counts="Crew alone")

    (old,) = outdated([MISSING], [whole, crew])

    assert old.now == crew
    assert old.comparable is None


def test_after_a_withdrawal_nothing_stands_instead():
    first = said("1", at_least(32))
    second = said("2", at_least(42), supersedes="1", status=Status.WITHDRAWN)

    assert reasons(first, second) == {
        "1": (Why.WITHDRAWN, None),
        "2": (Why.WITHDRAWN, None),
    }


def test_after_our_mistake_the_figure_before_stands_instead():
    first = said("1", at_least(32))
    mistake = said("2", at_least(420), supersedes="1", status=Status.RETRACTED)

    assert reasons(first, mistake) == {"2": (Why.RETRACTED, first)}


def test_a_disputed_figure_stands_and_is_named():
    figure = said("1", at_least(32), status=Status.DISPUTED)

    assert reasons(figure) == {"1": (Why.DISPUTED, None)}


def test_the_latest_comes_first():
    first = said("1", at_least(32))
    second = said("2", at_least(42), supersedes="1", as_of=THREE + HOUR)
    third = said("3", at_least(43), supersedes="2", as_of=THREE + 2 * HOUR)

    assert list(reasons(first, second, third)) == ["2", "1"]
