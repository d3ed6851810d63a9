"""The desk says where the old number stands, and one step mends it."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groundwave.newsroom.figures.pinned import element
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import Figure, Story
from newsroom.figures.said import THREE
from newsroom.ledger import NOW, Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db, time_machine):
    time_machine.move_to(NOW, tick=False)
    return Ledger()


@pytest.fixture
def editor(client, ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    return client


@pytest.fixture
def places(ledger):
    return reverse("events:places", args=[ledger.event.pk])


@pytest.fixture
def old(ledger):
    return ledger.figure(32, qualifier="at_least", high=None, as_of=THREE)


@pytest.fixture
def told(ledger, story, old):
    story.event = ledger.event
    story.dek = "Nobody knows where the 32 are."
    story.body = [
        ("text", f"<p>{element(str(old.uid), 'At least 32')} &amp; their dog.</p>")
    ]
    story.save()
    return story


def page_of(response):
    return " ".join(response.content.decode().split())


def ticked(page):
    boxes = re.findall(r'<input type="checkbox" name="place"[^>]*>', page)
    return [re.search(r'value="(\w+)"', each)[1] for each in boxes if "checked" in each]


def add_newer(editor, ledger):
    return editor.post(
        reverse("events:figures", args=[ledger.event.pk]),
        {
            "metric": ledger.missing.pk,
            "source": "Tamarack County",
            "qualifier": "at_least",
            "number": "41",
            "to_number": "",
            "as_of": "2026-11-22T15:30",
            "url": "",
        },
        follow=True,
    )


def test_whoever_adds_a_newer_figure_is_told_where_the_older_stands(
    editor, ledger, told, places
):
    page = page_of(add_newer(editor, ledger))

    assert "An older or disputed figure stands in 1 place." in page
    assert "An older figure may stand in 1 place." in page
    assert f'href="{places}"' in page


def test_nobody_is_told_of_places_that_are_not_there(editor, ledger, told, places):
    desk = page_of(editor.get(reverse("events:figures", args=[ledger.event.pk])))

    assert "stands in" not in desk
    assert "No older figure stands in a story" in page_of(editor.get(places))


def test_one_step_from_the_list_to_readers(editor, ledger, told, places, client):
    add_newer(editor, ledger)
    page = page_of(editor.get(places))
    assert "<del>At least 32</del> <ins>At least 41</ins> &amp; their dog." in page
    assert "Tamarack County now says: at least 41 (People missing)." in page
    chosen = ticked(page)
    assert len(chosen) == 1

    page = page_of(
        editor.post(
            places,
            {"place": chosen, "kind": "update", "text": "Now at least 41."},
            follow=True,
        )
    )

    assert "1 place is replaced. Readers have the new version." in page
    read = page_of(client.get(told.url))
    assert ">At least 41</a> &amp; their dog." in read
    assert "Now at least 41." in read
    assert "Nobody knows where the 32 are." in read


def test_a_correction_without_words_is_asked_for_them(editor, ledger, told, places):
    add_newer(editor, ledger)
    chosen = ticked(page_of(editor.get(places)))

    response = editor.post(places, {"place": chosen, "kind": "correction", "text": ""})

    assert response.status_code == 422
    assert "Write what readers are told." in page_of(response)
    assert ticked(page_of(response)) == chosen
    told.refresh_from_db()
    assert "At least 32" in told.plain_text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"place": []}, "Choose at least one place."),
        ({"place": ["nonsense"]}, "has changed meanwhile"),
    ],
)
def test_places_that_are_not_there_are_not_replaced(
    editor, ledger, told, places, sent, sentence
):
    add_newer(editor, ledger)

    response = editor.post(places, {"kind": "update", "text": "", **sent})

    assert response.status_code == 422
    assert sentence in page_of(response)


def test_each_story_that_could_not_be_says_why(editor, ledger, told, places, odetta):
    add_newer(editor, ledger)
    chosen = ticked(page_of(editor.get(places)))
    told.locked, told.locked_by = True, odetta
    told.save()

    page = page_of(
        editor.post(
            places, {"place": chosen, "kind": "update", "text": "More."}, follow=True
        )
    )

    assert "It is locked. Ask whoever locked it" in page


def test_a_headline_that_would_be_too_long_is_a_sentence(editor, ledger, told, places):
    told.title = "32 " + "x" * 252
    told.save()
    figure = Figure.objects.get()
    ledger.figure(
        4100,
        qualifier="at_least",
        high=None,
        as_of=NOW,
        statement=ledger.statement(said_at=NOW),
        supersedes=figure,
    )
    page = page_of(editor.get(places))
    (key,) = re.findall(r'value="(\w{24})"[^>]*> <span> …<del>32</del>', page)

    page = page_of(
        editor.post(places, {"place": [key], "kind": "typo", "text": ""}, follow=True)
    )

    assert "at most 255 characters" in page


def test_a_withdrawn_figure_has_nothing_to_be_replaced_with(
    editor, ledger, told, places, old
):
    ledger.judge(old, Status.WITHDRAWN)

    page = page_of(editor.get(places))

    assert "Tamarack County says nothing instead." in page
    assert "<button" not in page.partition("gw-places")[2].partition("</form>")[0]


def test_who_adds_no_figures_replaces_none(client, odetta, ledger, told, places):
    client.force_login(odetta)

    for answer in (client.get(places), client.post(places, {"kind": "update"})):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
    told.refresh_from_db()
    assert "At least 32" in told.plain_text


def test_the_events_own_page_leads_there(editor, ledger, places):
    page = page_of(editor.get(reverse("events:edit", args=[ledger.event.pk])))

    assert f'href="{places}"' in page


@pytest.fixture
def other(ledger, news, old, told):
    """Another story in which the old number stands."""
    pinned = element(str(old.uid), "At least 32")
    story = Story(
        title="The bay is closed",
        slug="bay",
        event=ledger.event,
        body=[("text", f"<p>{pinned} are missing.</p>")],
        live=False,
    )
    news.add_child(instance=story)
    story.save_revision().publish()
    return Story.objects.get(pk=story.pk)


def test_what_readers_are_told_is_asked_once_and_may_differ_by_story(
    editor, ledger, told, other, places
):
    add_newer(editor, ledger)
    chosen = ticked(page_of(editor.get(places)))
    sent = {"place": chosen, "kind": "update", "text": "Now at least 41."}

    editor.post(places, sent | {f"text_{other.pk}": "The bay has 41 missing."})

    assert [each.text for each in told.updates.all()] == ["Now at least 41."]
    assert [each.text for each in other.updates.all()] == ["The bay has 41 missing."]


def test_a_correction_may_be_told_in_each_storys_own_words_alone(
    editor, ledger, told, other, places
):
    add_newer(editor, ledger)
    chosen = ticked(page_of(editor.get(places)))
    sent = {"place": chosen, "kind": "correction", "text": ""}
    of_other = {f"text_{other.pk}": "The bay has 41."}

    refused = editor.post(places, sent | of_other)
    done = editor.post(places, sent | of_other | {f"text_{told.pk}": "It is 41."})

    assert refused.status_code == 422
    assert "The bay has 41." in page_of(refused)
    assert done.status_code == 302


def test_words_are_not_lost_when_one_of_the_stories_is_refused(
    editor, ledger, told, other, places, odetta
):
    add_newer(editor, ledger)
    chosen = ticked(page_of(editor.get(places)))
    told.locked, told.locked_by = True, odetta
    told.save()
    sent = {"place": chosen, "kind": "correction", "text": "We had misheard."}
    sent[f"text_{told.pk}"] = "The bay has 41."

    page = page_of(editor.post(places, sent | {"must_air": "on"}))

    assert "It is locked. Ask whoever locked it" in page
    assert "1 place is replaced." in page
    assert "We had misheard.</textarea>" in page
    assert "The bay has 41.</textarea>" in page
    assert '<option value="correction" selected>' in page
    assert len(ticked(page)) == 1
