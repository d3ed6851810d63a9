"""What readers of a story are told of who says what."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from groundwave.delivery.feed_entries import story_html
from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db):
    return Ledger()


@pytest.fixture
def told(story, ledger):
    """The ferry's story, with a figure in its text and a box of all that is known."""
    figure = ledger.figure(32, qualifier="at_least", high=None)
    ledger.figure(
        3, metric=ledger.dead, statement=ledger.statement(source=ledger.rescue)
    )
    story.event = ledger.event
    story.body = [
        (
            "text",
            f'<p><a linktype="figure" uid="{figure.uid}">At least 32</a> are missing.</p>',
        ),
        ("figures", {"counted": []}),
    ]
    story.save()
    return story


def page_of(client, story):
    return " ".join(client.get(story.url).content.decode().split())


def test_a_box_has_everything_that_is_counted(client, told):
    page = page_of(client, told)

    assert page.count("<table") == 2
    assert "at least 32" in page
    assert "Bay Rescue" in page


def test_a_box_of_chosen_counts_has_no_others(client, told, ledger):
    told.body = [("figures", {"counted": [ledger.dead]})]
    told.save()

    page = page_of(client, told)

    assert re.findall(r"<caption> (.*?) </caption>", page) == ["People killed"]


def test_a_box_says_what_stands_now_and_the_text_what_it_said(client, told, ledger):
    ledger.figure(
        41,
        qualifier="at_least",
        low=Decimal(41),
        high=None,
        supersedes=ledger.missing.figures.get(),
    )

    page = page_of(client, told)

    box = page.partition("<table")[2]
    assert "at least 41" in box
    assert re.search(r'<a class="figure-words"[^>]*>At least 32</a> are missing', page)


def test_two_boxes_make_no_id_twice(client, told, ledger):
    told.body = [
        ("figures", {"counted": [ledger.dead]}),
        ("figures", {"counted": [ledger.missing]}),
    ]
    told.save()

    ids = re.findall(r'\bid="([^"]+)"', page_of(client, told))

    assert sorted(ids) == sorted(set(ids))


def test_a_figure_leads_to_its_row_in_the_events_table(client, told):
    page = page_of(client, told)
    (url,) = re.findall(r'class="figure-words" href="([^"]+)"', page)
    path, _hash, name = url.partition("#")

    assert f'id="{name}"' in client.get(path).content.decode()


def test_of_an_event_that_is_not_public_readers_have_the_words_alone(
    client, told, ledger
):
    ledger.event.is_public = False
    ledger.event.save()

    page = page_of(client, told)

    assert "<a>At least 32</a> are missing" in page
    assert "<table" not in page
    assert "Tamarack" not in page


def test_feeds_carry_the_box_in_sentences(told):
    html = " ".join(story_html(told).split())

    assert "<table" not in html
    assert "at least 32, according to Tamarack County, as of" in html
    assert "3, according to Bay Rescue, as of" in html


def facts_of(client, story):
    page = client.get(story.url).content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(said)["@graph"]


def test_search_engines_are_told_who_says_what(client, told):
    facts = facts_of(client, told)

    article = facts[0]["@id"]
    found = {each["text"]: each for each in facts if each["@type"] == "Claim"}
    assert sorted(found) == ["People killed: 3", "People missing: at least 32"]
    claim = found["People missing: at least 32"]
    assert claim["author"]["name"] == "Tamarack County"
    assert claim["appearance"] == {"@id": article}
    assert claim["about"]["@id"].endswith("/events/ferry/#event")
    bounds = [
        (each.get("value"), each.get("minValue"))
        for each in facts
        if each["@type"] == "Observation"
    ]
    assert sorted(bounds, key=str) == [(3, None), (None, 32)]


def test_search_engines_know_no_more_than_readers(client, told, ledger):
    ledger.event.is_public = False
    ledger.event.save()

    assert [each["@type"] for each in facts_of(client, told)] == ["NewsArticle"]
