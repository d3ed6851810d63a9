from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groundwave.newsroom.figures.standing import Status
from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db

CHOOSE = "/admin/events/figures/choose/"


@pytest.fixture
def ledger(db):
    return Ledger()


@pytest.fixture
def editor(client, ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    return client


def offered(client, event):
    answer = client.get(CHOOSE, {"event": event})
    assert answer.status_code == 200
    told = json.loads(answer.content)
    assert told["step"] == "choose"
    return told["html"]


def test_what_stands_is_offered_with_and_without_who_says_so(editor, ledger):
    first = ledger.figure(32)
    figure = ledger.figure(
        41, supersedes=first, qualifier="at_least", low=Decimal(41), high=None
    )

    html = offered(editor, ledger.event.pk)

    assert f'data-figure="{figure.uid}"' in html
    assert 'data-words="at least 41, according to Tamarack County"' in html
    assert 'data-words="at least 41"' in html
    assert str(first.uid) not in html


def test_who_puts_a_disputed_figure_there_is_told_so(editor, ledger):
    ledger.judge(ledger.figure(32), Status.DISPUTED, "Bay Rescue counts 42.")

    html = offered(editor, ledger.event.pk)

    assert "What Tamarack County says is disputed: Bay Rescue counts 42." in html


@pytest.mark.parametrize("asked", ["", "0", "x", "-1", "999999999999999999"])
def test_a_story_without_an_event_is_told_what_to_do(editor, asked):
    assert "Say first which event the story tells of" in offered(editor, asked)


def test_an_event_without_figures_says_where_they_are_taken_down(editor, ledger):
    assert "Take a figure down first" in offered(editor, ledger.event.pk)


def test_nobody_from_outside_is_offered_figures(client, ledger):
    answer = client.get(CHOOSE, {"event": ledger.event.pk})

    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_the_editor_of_a_story_has_the_button(editor, story):
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))

    assert "newsroom/figure-entity.js" in page.content.decode()
    assert "Choose an event" in page.content.decode()
