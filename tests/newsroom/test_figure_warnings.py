"""What an editor is told of the numbers in a story before readers have them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from groundwave.newsroom.figure_warnings import figure_warnings
from groundwave.newsroom.figures.pinned import element
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import Event, Metric, Stage
from newsroom.ledger import NOW, Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db):
    return Ledger()


@pytest.fixture
def figure(ledger):
    return ledger.figure(32, qualifier="at_least", high=None)


@pytest.fixture
def told(ledger, story, figure):
    story.event = ledger.event
    story.body = [
        ("text", f"<p>{element(str(figure.uid), 'At least 32')} are missing.</p>")
    ]
    return story


def test_a_figure_that_stands_is_no_trouble(told):
    assert figure_warnings(told, NOW) == []


def test_an_older_figure_says_what_stands_now(told, ledger, figure):
    ledger.figure(41, qualifier="at_least", high=None, supersedes=figure)

    assert figure_warnings(told, NOW) == [
        "“At least 32” stands no more: Tamarack County now says at least 41. Replace it."
    ]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.WITHDRAWN, "Tamarack County took back “At least 32”."),
        (Status.RETRACTED, "“At least 32” was our mistake: It was miscounted."),
        (Status.DISPUTED, "“At least 32” is disputed: It was miscounted. Say so"),
    ],
)
def test_what_is_thought_of_a_figure_is_said(told, ledger, figure, status, sentence):
    ledger.judge(figure, status)

    (warning,) = figure_warnings(told, NOW)
    assert warning.startswith(sentence)


def test_a_figure_of_another_event_is_out_of_place(told):
    other = Event.objects.create(title="Fire", slug="fire", timezone="UTC")
    Metric.objects.create(event=other, label="Homes burned")
    told.event = other

    (warning,) = figure_warnings(told, NOW)
    assert warning.startswith("“At least 32” is no figure of “Fire”.")


def test_a_figure_in_a_story_without_an_event_asks_for_one(told):
    told.event = None

    (warning,) = figure_warnings(told, NOW)
    assert "Choose its event" in warning


def test_of_something_that_develops_a_day_is_long(told, ledger):
    later = NOW + timedelta(days=2)
    (warning,) = figure_warnings(told, later)
    assert "Ask Tamarack County whether it still stands." in warning

    ledger.event.stage = Stage.SETTLED
    assert figure_warnings(told, later) == []


def test_a_box_that_readers_do_not_see_is_named(told, ledger):
    told.body = [("figures", {"counted": []})]
    ledger.event.is_public = False

    (warning,) = figure_warnings(told, NOW)
    assert warning.startswith("Readers do not see the box of figures")


@pytest.mark.parametrize(
    "prose",
    [
        "Fourteen people are missing.",
        "The storm came early. Some 3 people were <b>killed</b> at the pier.",
        "Only 2.5 people a year are killed &amp; forgotten.",
    ],
)
def test_a_number_of_nobodys_is_named(told, prose):
    told.body = [("text", f"<p>{prose}</p>")]

    (warning,) = figure_warnings(told, NOW)
    assert "does not say whose it is" in warning
    assert "<" not in warning


@pytest.mark.parametrize(
    "prose",
    [
        "Fourteen people are missing, the sheriff said.",
        "According to a witness three people were killed.",
        "Tamarack County: 32 people missing.",
        "The ferry had two decks. People are missing.",
        "People are missing.",
        "<a href='https://kgnd.example/14'>People</a> are missing.",
        "",
    ],
)
def test_a_number_with_a_source_or_of_something_else_is_not(told, figure, prose):
    told.body = [("text", f"<p>{prose}</p>")]

    assert figure_warnings(told, NOW) == []
