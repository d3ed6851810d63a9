"""Each rule is the database's own: no model, form or verb is asked here."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from groundwave.newsroom.errors import NoSuchQuantity
from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.figures.standing import FINAL, Status
from groundwave.newsroom.migrations import _guards
from groundwave.newsroom.models import Figure, FigureStatus, NewsSource, Statement
from newsroom.figures.said import HOUR, THREE, numbers
from newsroom.ledger import NOW, Ledger


pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def ledger(db):
    return Ledger()


@contextmanager
def refused(rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        yield


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


# --- sources and statements -------------------------------------------------------


def test_a_source_is_named_and_by_a_name_of_its_own(ledger):
    with refused("news_source_has_a_name_of_its_own"):
        NewsSource.objects.create(name="TAMARACK COUNTY")
    with refused("news_source_is_named"):
        NewsSource.objects.update(name="")


def test_nobody_knows_it_before_it_is_said(ledger):
    with refused("statement_is_said_before_it_is_known"):
        ledger.statement(said_at=NOW, obtained_at=NOW - SECOND)


@pytest.mark.parametrize("missing", ["described_as", "anonymity_reason", "approved_by"])
def test_an_unnamed_source_has_a_reason_and_an_approver(ledger, odetta, missing):
    whole = {
        "described_as": "a sailor",
        "anonymity_reason": "He would lose his job.",
        "approved_by": odetta,
    }
    ledger.statement(**whole)
    del whole[missing]

    with refused("unnamed_source_has_a_reason_and_an_approver"):
        ledger.statement(**whole)


def test_nobody_passes_on_their_own_words(ledger):
    with refused("statement_is_relayed_by_somebody_else"):
        ledger.statement(relayed_by=ledger.county)


@pytest.mark.parametrize(
    "change",
    [
        {"source": 2},
        {"said_at": THREE - HOUR},
        {"words": "Forty."},
        {"channel": "social"},
        {"described_as": "a sailor"},
    ],
)
def test_what_was_said_is_not_changed_afterwards(ledger, change):
    ledger.statement()
    if "source" in change:
        change = {"source": ledger.rescue}

    with refused("statement_is_never_changed"):
        Statement.objects.update(**change)


def test_where_it_can_be_read_may_move(ledger):
    said = ledger.statement(url="https://tamarack.example/1")

    Statement.objects.update(url="https://tamarack.example/2", archived_url="https://a")

    said.refresh_from_db()
    assert said.archived_url == "https://a"


# --- bounds -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("range", 40, 30),
        ("range", 40, 40),
        ("range", 40, None),
        ("range", None, None),
        ("exact", 40, 41),
        ("exact", None, None),
        ("exact", 40, None),
        ("about", None, 40),
        ("at_least", 40, 40),
        ("at_least", None, None),
        ("at_most", 40, 40),
        ("at_most", None, None),
        ("roughly", 40, 40),
        ("", None, None),
    ],
)
def test_bounds_that_do_not_fit_the_words_are_refused(ledger, qualifier, low, high):
    with refused("figure_has_the_bounds_of_its_qualifier"):
        ledger.figure(qualifier=qualifier, low=low, high=high)


@pytest.mark.parametrize("bounds", [("exact", -1, -1), ("at_least", -1, None)])
def test_nothing_is_counted_below_nothing(ledger, bounds):
    qualifier, low, high = bounds
    with refused("figure_counts_no_less_than_nothing"):
        ledger.figure(qualifier=qualifier, low=low, high=high)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=60,
)
@given(st.sampled_from(Qualifier), st.none() | numbers(), st.none() | numbers())
def test_the_database_and_the_program_agree_on_what_is_a_quantity(
    ledger, qualifier, low, high
):
    try:
        expected = Quantity(qualifier, low, high)
    except NoSuchQuantity:
        expected = None
    statement = ledger.statement(NewsSource.objects.get_or_create(name="Any")[0])
    try:
        with transaction.atomic():
            stored = ledger.figure(
                statement=statement, qualifier=qualifier, low=low, high=high
            )
            stored.refresh_from_db()
            found = stored.quantity
            transaction.set_rollback(True)
    except IntegrityError:
        found = None

    assert found == expected


# --- times ------------------------------------------------------------------------


def test_a_figure_is_of_no_later_than_it_was_said(ledger):
    said = ledger.statement(said_at=THREE)

    with refused("figure_is_of_a_time_before_it_is_said"):
        ledger.figure(statement=said, as_of=THREE + SECOND)
    ledger.figure(statement=said, as_of=THREE)


def test_a_figure_is_of_no_later_than_it_was_added(ledger):
    said = ledger.statement(said_at=NOW)

    with refused("figure_is_of_a_time_before_it_is_added"):
        ledger.figure(statement=said, as_of=NOW, added_at=NOW - SECOND)


# --- append-only ------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"low": 33, "high": 33},
        {"qualifier": "about"},
        {"as_of": THREE - HOUR},
        {"counts": "crew alone"},
        {"note": "oops"},
        {"added_at": NOW + HOUR},
        {"supersedes": None},
    ],
)
def test_a_figure_is_never_changed(ledger, change):
    ledger.figure()

    with refused("figure_is_never_changed"):
        Figure.objects.update(**change)


def test_a_figure_is_never_changed_by_hand_either(ledger):
    ledger.figure()

    with refused("figure_is_never_changed"):
        sql("UPDATE newsroom_figure SET low = %s, high = %s", 1, 1)
    with refused("figure_is_never_deleted"):
        sql("DELETE FROM newsroom_figure")


def test_a_figure_is_never_deleted(ledger):
    figure = ledger.figure()

    with refused("figure_is_never_deleted"):
        Figure.objects.filter(pk=figure.pk).delete()


def test_a_figure_stays_when_whoever_added_it_leaves(ledger, odetta):
    figure = ledger.figure(added_by=odetta)

    odetta.person.delete()
    odetta.delete()

    figure.refresh_from_db()
    assert figure.added_by is None


def test_what_was_thought_of_it_is_never_changed_or_deleted(ledger):
    ledger.judge(ledger.figure(), Status.DISPUTED)

    with refused("figure_status_is_never_changed"):
        FigureStatus.objects.update(status=Status.VERIFIED)
    with refused("figure_status_is_never_changed"):
        sql("UPDATE newsroom_figurestatus SET reason = 'no'")
    with refused("figure_status_is_never_deleted"):
        sql("DELETE FROM newsroom_figurestatus")


# --- supersedes -------------------------------------------------------------------


def test_a_figure_supersedes_one_of_the_same_source(ledger):
    first = ledger.figure()
    theirs = ledger.statement(ledger.rescue)

    with refused("figure_supersedes_its_own_source_and_metric"):
        ledger.figure(statement=theirs, supersedes=first)


def test_a_figure_supersedes_one_of_the_same_metric(ledger):
    first = ledger.figure()

    with refused("figure_supersedes_its_own_source_and_metric"):
        ledger.figure(metric=ledger.dead, supersedes=first)


def test_who_is_not_named_is_not_betrayed_by_what_is_superseded(ledger, odetta):
    first = ledger.figure()
    unnamed = ledger.statement(
        described_as="a sailor", anonymity_reason="His job.", approved_by=odetta
    )

    with refused("figure_supersedes_its_own_source_and_metric"):
        ledger.figure(statement=unnamed, supersedes=first)
    ledger.figure(statement=unnamed)


def test_a_figure_has_one_successor(ledger):
    first = ledger.figure()
    ledger.figure(33, supersedes=first)

    with refused("supersedes_id"):
        ledger.figure(34, supersedes=first)


def test_a_source_has_one_succession_of_figures_for_what_it_counts(ledger):
    ledger.figure()

    with refused("figure_begins_the_only_succession_of_its_source"):
        ledger.figure(33)
    ledger.figure(3, metric=ledger.dead)
    ledger.figure(42, statement=ledger.statement(ledger.rescue))


def test_a_figure_does_not_supersede_itself_and_so_there_is_no_ring(ledger):
    """What is superseded is there before, and never changed: a ring cannot close."""
    statement = ledger.statement()

    with refused("figure_supersedes_its_own_source_and_metric"):
        ledger.figure(statement=statement, id=77, supersedes_id=77)
    first = ledger.figure()
    second = ledger.figure(33, supersedes=first)
    with refused("figure_is_never_changed"):
        Figure.objects.filter(pk=first.pk).update(supersedes=second)


# --- statuses ---------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.REPORTED}))
def test_a_figure_is_not_judged_without_a_reason(ledger, status):
    with refused("figure_status_but_reported_has_a_reason"):
        ledger.judge(ledger.figure(), status, reason="")


def test_a_status_is_one_of_those_there_are(ledger):
    with refused("figure_status_is_known"):
        ledger.judge(ledger.figure(), "confirmed-ish")


@pytest.mark.parametrize("last", sorted(FINAL))
@pytest.mark.parametrize("then", sorted(Status))
def test_nothing_follows_a_figure_that_was_taken_back(ledger, last, then):
    figure = ledger.figure()
    ledger.judge(figure, last)

    with refused("nothing_follows_a_figure_that_was_taken_back"):
        ledger.judge(figure, then)


# --- the guards themselves --------------------------------------------------------


def test_no_guard_was_lost_on_the_way_through_the_migrations(db):
    """SQLite forgets the triggers of a table that a migration makes anew."""
    triggers = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(triggers[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}

    assert {guard.name for guard in _guards.GUARDS} <= found
