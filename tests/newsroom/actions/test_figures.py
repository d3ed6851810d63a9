from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from groundwave.newsroom.actions.figures import (
    Heard,
    add_figure,
    judge_figure,
    source_named,
)
from groundwave.newsroom.errors import (
    AlreadyGone,
    AlreadySaid,
    AsOfLater,
    LowerWithoutReason,
    NeedsApproval,
    OlderThanKnown,
    ReasonMissing,
)
from groundwave.newsroom.event_tables import all_said, event_broadcast_card, tables
from groundwave.newsroom.figures.standing import FINAL, Status
from groundwave.newsroom.models import Figure, FigureStatus, NewsSource, Statement
from newsroom.figures.said import HOUR, THREE, at_least, exactly
from newsroom.ledger import NOW, Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db):
    return Ledger()


@pytest.fixture
def ida(ines):
    """An editor."""
    ines.groups.set([Group.objects.get(name="Editor")])
    return ines


@pytest.fixture
def add(ledger, ida):
    """Take down that the county says so; of people missing, as of three."""

    def add(quantity, source=None, **facts):
        as_of = facts.pop("as_of", THREE)
        heard = facts.pop("heard", Heard(source or ledger.county, said_at=as_of))
        usual = {"heard": heard, "as_of": as_of, "by": ida, "now": NOW}
        metric = facts.pop("metric", ledger.missing)
        return add_figure(metric, quantity, **(usual | facts))

    return add


def told(ledger):
    return [
        (row.source, row.figure, row.change)
        for table in tables(ledger.event)
        for row in table.rows
    ]


def test_two_sources_that_disagree_stand_beside_each_other(add, ledger):
    add(at_least(32))
    add(at_least(42), ledger.rescue)

    assert told(ledger) == [
        ("Bay Rescue", "at least 42", ""),
        ("Tamarack County", "at least 32", ""),
    ]


def test_a_source_supersedes_what_it_said_itself(add, ledger, ida):
    first = add(at_least(32))
    second = add(at_least(42), as_of=THREE + HOUR)

    assert second.supersedes == first
    assert told(ledger) == [("Tamarack County", "at least 42", "up from at least 32")]
    assert (second.added_by, second.statement.obtained_at) == (ida, NOW)


def test_a_new_figure_is_reported_and_no_more(add, ida):
    figure = add(at_least(32))

    (status,) = figure.statuses.all()
    assert (status.status, status.by, status.at) == (Status.REPORTED, ida, NOW)


def test_the_same_form_sent_twice_is_one_figure(add):
    add(at_least(32))

    with pytest.raises(AlreadySaid, match="nothing was added"):
        add(at_least(32))

    assert Figure.objects.count() == Statement.objects.count() == 1


def test_what_comes_late_does_not_take_the_place_of_something_newer(add):
    add(at_least(42))

    with pytest.raises(OlderThanKnown, match="“at least 42” as of a later time"):
        add(at_least(32), as_of=THREE - HOUR)


def test_a_figure_that_goes_down_says_why(add, ledger):
    add(at_least(42))

    with pytest.raises(LowerWithoutReason, match="It was at least 42 before"):
        add(exactly(35), as_of=THREE + HOUR, note="  ")

    add(exactly(35), as_of=THREE + HOUR, note="Seven had taken the bus.")
    assert told(ledger) == [("Tamarack County", "35", "down from at least 42")]


def test_who_counts_something_else_from_now_on_need_not_say_why_it_is_less(add, ledger):
    add(at_least(42))

    add(exactly(5), as_of=THREE + HOUR, counts="crew alone")

    assert told(ledger) == [("Tamarack County", "5", "")]


def test_a_figure_is_not_of_a_later_time_than_it_was_said(add, ledger):
    heard = Heard(ledger.county, said_at=THREE)

    with pytest.raises(AsOfLater, match="Give an earlier"):
        add(at_least(32), heard=heard, as_of=THREE + timedelta(minutes=1))


def test_after_our_own_mistake_the_figure_before_stands_again(add, ledger, ida):
    add(at_least(32))
    mistake = add(at_least(420), as_of=THREE + HOUR)
    judge_figure(mistake, Status.RETRACTED, reason="We misheard.", by=ida, now=NOW)
    assert told(ledger) == [("Tamarack County", "at least 32", "")]

    add(at_least(42), as_of=THREE + HOUR)
    assert told(ledger) == [("Tamarack County", "at least 42", "up from at least 32")]


def test_once_a_source_withdraws_nothing_of_it_stands_until_it_speaks_again(
    add, ledger, ida
):
    add(at_least(32))
    shelters = add(at_least(42), as_of=THREE + HOUR)
    judge_figure(
        shelters, Status.WITHDRAWN, reason="It counted shelters.", by=ida, now=NOW
    )
    assert told(ledger) == []
    assert tables(ledger.event)[0].withdrawn[0].reason == "It counted shelters."

    add(at_least(35), as_of=THREE + HOUR)
    assert told(ledger) == [("Tamarack County", "at least 35", "down from at least 42")]


def test_what_is_disputed_is_told_with_its_reason(add, ledger, ida):
    figure = add(at_least(32))

    judge_figure(figure, Status.DISPUTED, reason="The crew says 30.", by=ida, now=NOW)

    (table,) = tables(ledger.event)
    assert table.rows[0].said.status is Status.DISPUTED
    assert table.rows[0].said.reason == "The crew says 30."


@pytest.mark.parametrize("status", sorted(FINAL))
def test_what_was_taken_back_is_not_judged_again(add, ida, status):
    figure = add(at_least(32))
    judge_figure(figure, status, reason="No.", by=ida, now=NOW)

    with pytest.raises(AlreadyGone, match="Add what the source says now"):
        judge_figure(figure, Status.VERIFIED, reason="Yes.", by=ida, now=NOW)

    assert FigureStatus.objects.count() == 2


def test_nobody_calls_a_figure_into_question_without_a_reason(add, ida):
    with pytest.raises(ReasonMissing, match="readers are told"):
        judge_figure(add(at_least(32)), Status.DISPUTED, reason=" \n", by=ida, now=NOW)


# --- a source that goes unnamed ---------------------------------------------------


@pytest.fixture
def sailor(ledger):
    return Heard(
        NewsSource.objects.create(
            name="Jonah Quill",
            website="https://quill.example",
            description="the mate, Jonah Quill",
        ),
        said_at=THREE,
        relayed_by=ledger.rescue,
        url="https://quill.example/post",
        described_as="a sailor aboard",
        anonymity_reason="He would lose his job.",
    )


def test_an_editor_agrees_by_adding_it(add, sailor, ida):
    figure = add(at_least(50), heard=sailor)

    assert figure.statement.approved_by == ida


def test_nobody_else_leaves_a_source_unnamed(add, sailor, odetta):
    with pytest.raises(NeedsApproval, match="ask an editor"):
        add(at_least(50), heard=sailor, by=odetta)

    assert not Statement.objects.exists()


def test_nothing_that_is_told_names_who_is_not_to_be_named(add, sailor, ledger):
    named = add(at_least(48), sailor.source)
    unnamed = add(at_least(50), heard=sailor)

    said = {each.name: each for each in all_said(ledger.event)}
    told = repr(said[str(unnamed.uid)])
    assert "a sailor aboard" in told
    assert "quill" not in told.lower()
    assert "Bay Rescue" not in told
    # Neither takes the other's place: that would say that they are one and the same.
    assert unnamed.supersedes is None
    assert named.statement.is_anonymous is False


# --- sources, and the whole -------------------------------------------------------


def test_a_source_is_known_however_it_is_capitalized(ledger, ida):
    assert source_named("tamarack county", by=ida) == ledger.county
    assert source_named("Coast Guard", by=ida).pk not in (None, ledger.county.pk)


def test_the_card_speaks_by_the_events_clock(add, ledger):
    add(at_least(32))

    assert event_broadcast_card(ledger.event, now=NOW).text == (
        "Ferry sinks off Marrow Bay. Who says what: People missing: at least "
        "thirty-two, according to Tamarack County, as of three p.m. We have not "
        "verified this ourselves."
    )


def test_a_table_costs_the_same_queries_however_much_was_said(
    add, ledger, django_assert_num_queries
):
    for number in range(10, 20):
        add(at_least(number), as_of=THREE + timedelta(minutes=number))
    add(at_least(42), ledger.rescue)

    with django_assert_num_queries(3):
        tables(ledger.event)
