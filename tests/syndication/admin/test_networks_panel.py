"""The editor's side panel says what the networks have of a story, and what they want."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from groundwave.syndication.models import Dispatch, Network
from syndication.carried import come, the_original


pytestmark = pytest.mark.django_db


@pytest.fixture
def network(settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"
    return Network.objects.create(
        name="Longwave",
        address="https://content.far-shore.example",
        key="the-secret-of-the-network",
        prefix="kgnd",
        service="https://organization.far-shore.example/v4/services/s900",
    )


@pytest.fixture
def panel(sign_in, page_of):
    sign_in("Editor")

    def panel(story):
        page = page_of("wagtailadmin_pages:edit", story.pk)
        return " ".join(html.unescape(page).replace("\xa0", " ").split())

    return panel


def dispatch(network, story, state, **facts):
    said = {"document_id": f"kgnd-{story.translation_key}", "state": state}
    Dispatch.objects.filter(story=story).delete()
    return Dispatch.objects.create(network=network, story=story, **(said | facts))


def test_it_says_what_became_of_it_in_the_networks_own_words(panel, network, story):
    states, now = Dispatch.State, timezone.now()
    for state, facts, sentence in (
        (states.WAITING, {}, "Longwave: it waits to be sent"),
        (
            states.WAITING,
            {"attempts": 3, "due_at": now + timedelta(minutes=9, seconds=30)},
            "it could not be sent (3 tries). The next try is in 9 minutes.",
        ),
        (
            states.SENT,
            {"sent_at": now - timedelta(minutes=5)},
            "it has the story, sent 5 minutes ago.",
        ),
        (
            states.REFUSED,
            {"messages": ["teaser <b>is</b> too long"]},
            "it refused the story. Mend what it says, and publish again.",
        ),
        (states.DELETED, {}, "the story was deleted there."),
    ):
        dispatch(network, story, state, **facts)
        assert sentence in panel(story)


def test_its_messages_are_text(sign_in, page_of, network, story):
    sign_in("Editor")
    messages = ["<script>alert(1)</script>"]
    dispatch(network, story, Dispatch.State.REFUSED, messages=messages)

    page = page_of("wagtailadmin_pages:edit", story.pk)

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_says_what_keeps_it_from_their_front_pages(panel, network, story):
    said = panel(story)

    assert "At the networks" in said
    assert "It has no lead photo" in said
    assert network.key not in said


def test_a_carried_story_goes_nowhere(panel, network, connection):
    come(connection)

    assert "It came from Longwave, national" in panel(the_original().story)


def test_without_networks_nothing_is_said(panel, story):
    assert "At the networks" not in panel(story)
