from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groundwave.newsroom.models import Event, Metric, NewsSource
from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    return client


def form(*metrics, **more):
    usual = {
        "title": "Ferry sinks",
        "slug": "ferry-sinks",
        "place": "Marrow Bay",
        "started_at": "",
        "timezone": "America/Denver",
        "stage": "developing",
        "metrics-TOTAL_FORMS": len(metrics),
        "metrics-INITIAL_FORMS": sum("id" in each for each in metrics),
        "metrics-MIN_NUM_FORMS": 0,
        "metrics-MAX_NUM_FORMS": 1000,
    }
    for number, metric in enumerate(metrics):
        facts = {"label": "", "scope": "", "id": "", "ORDER": number} | metric
        usual |= {f"metrics-{number}-{name}": value for name, value in facts.items()}
    return usual | more


def test_an_event_is_made_with_what_is_counted(editor):
    response = editor.post(
        reverse("events:add"),
        form({"label": "People missing"}, {"label": "People killed"}),
    )

    event = Event.objects.get()
    assert response.url == reverse("events:figures", args=[event.pk])
    assert [str(each) for each in event.metrics.all()] == [
        "People missing",
        "People killed",
    ]
    assert not event.is_public


def test_a_new_event_goes_by_the_stations_clock(editor, kgnd):
    page = editor.get(reverse("events:add")).content.decode()

    assert 'value="America/Denver"' in page


def test_a_clock_that_there_is_not_is_refused(editor):
    page = editor.post(reverse("events:add"), form(timezone="Mars/Olympus"))

    assert "is not a time zone" in page.content.decode()


def test_the_address_of_an_event_stays(editor):
    event = Ledger().event

    editor.post(reverse("events:edit", args=[event.pk]), form(slug="other"))

    event.refresh_from_db()
    assert (event.title, event.slug) == ("Ferry sinks", "ferry")


def test_what_somebody_counted_is_kept(editor):
    ledger = Ledger()
    ledger.figure()
    gone = {"id": ledger.missing.pk, "label": "People missing", "DELETE": "on"}

    page = editor.post(reverse("events:edit", args=[ledger.event.pk]), form(gone))

    assert "Figures rest on “People missing”" in page.content.decode()
    assert Metric.objects.filter(pk=ledger.missing.pk).exists()


def test_what_nobody_counted_may_go(editor):
    ledger = Ledger()
    gone = {"id": ledger.dead.pk, "label": "People killed", "DELETE": "on"}

    editor.post(reverse("events:edit", args=[ledger.event.pk]), form(gone))

    assert not Metric.objects.filter(pk=ledger.dead.pk).exists()


@pytest.mark.parametrize("what", ["event", "news_source"])
def test_what_was_said_keeps_what_it_rests_on(editor, what):
    ledger = Ledger()
    ledger.figure()
    kept = ledger.event if what == "event" else ledger.county

    page = editor.post(reverse(f"{what}s:delete", args=[kept.pk]), follow=True)

    assert "What was said stays known" in page.content.decode()
    kept.refresh_from_db()


def test_two_sources_of_one_name_are_not_made(editor):
    ledger = Ledger()
    said = {"name": ledger.county.name.upper(), "kind": "government"}

    page = editor.post(reverse("news_sources:add"), said).content.decode()

    assert "There is a source of that name." in page
    assert NewsSource.objects.count() == 2


def test_the_list_of_events_leads_to_their_figures(editor):
    event = Ledger().event

    page = editor.get(reverse("events:index")).content.decode()

    assert reverse("events:figures", args=[event.pk]) in page
    assert reverse("events:edit", args=[event.pk]) in page
