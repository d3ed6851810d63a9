from __future__ import annotations

from groundwave.newsroom.figures.known import Counted, known
from groundwave.newsroom.figures.quantity import Spread
from groundwave.newsroom.figures.standing import Status
from newsroom.figures.said import HOUR, THREE, at_least, exactly, said


MISSING = Counted("missing", "People missing", "aboard the ferry")
DEAD = Counted("dead", "People killed")
COUNTY = [
    said("1", at_least(30), as_of=THREE - HOUR),
    said("2", at_least(32), supersedes="1"),
]
RESCUERS = said("3", at_least(42), who="Bay Rescue", as_of=THREE - HOUR)


def test_a_row_says_who_how_many_as_of_when_counting_what_and_what_changed():
    (table,) = known([MISSING], COUNTY)

    (row,) = table.rows
    assert (row.source, row.figure, row.as_of, row.counts, row.change) == (
        "Tamarack County",
        "at least 32",
        THREE,
        "aboard the ferry",
        "up from at least 30",
    )


def test_sources_that_disagree_are_all_there_the_latest_first():
    (table,) = known([MISSING], [RESCUERS, *COUNTY])

    assert [row.source for row in table.rows] == ["Tamarack County", "Bay Rescue"]
    assert table.spread == Spread(32, 42, or_more=True)


def test_what_counts_something_else_is_not_compared():
    crew = said("3", exactly(5), who="Bay Rescue", counts="crew alone")

    (table,) = known([MISSING], [crew, *COUNTY])

    assert table.spread is None
    assert {row.counts for row in table.rows} == {"crew alone", "aboard the ferry"}


def test_what_nobody_speaks_of_has_no_table():
    retracted = said("1", exactly(3), counted="dead", status=Status.RETRACTED)

    assert known([MISSING, DEAD], [retracted]) == ()


def test_whoever_takes_it_back_is_told_of_and_has_no_row():
    gone = said("3", exactly(50), who="Coast Guard", status=Status.WITHDRAWN)

    (table,) = known([MISSING], [*COUNTY, gone])

    assert [row.source for row in table.rows] == ["Tamarack County"]
    assert table.withdrawn == (gone,)
    assert table.spread is None


def test_nothing_rose_or_fell_if_something_else_was_counted_before():
    crew = said("3", exactly(5), supersedes="2", counts="crew alone")

    (table,) = known([MISSING], [*COUNTY, crew])

    assert table.rows[0].change == ""


def test_tables_come_in_the_order_in_which_the_editor_counts():
    dead = said("4", exactly(3), counted="dead")

    tables = known([DEAD, MISSING], [*COUNTY, dead])

    assert [table.counted for table in tables] == [DEAD, MISSING]
