"""Readers see what an update changed, where the station lets them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.models import ChangeKind
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db


def change(story, body, kind, text="", **facts):
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = [("text", body)]
    draft.change_kind, draft.change_text = kind, text
    for name, value in facts.items():
        setattr(draft, name, value)
    return draft.save_revision()


@pytest.fixture
def corrected(story):
    """A correction, after a version that nobody published and one that told nothing."""
    Licensee.objects.update(shows_versions=True)
    change(story, "<p>A secret draft.</p>", ChangeKind.TYPO)
    change(story, "<p>At least 32 are missing.</p>", ChangeKind.TYPO).publish()
    change(
        story,
        "<p>At least 31 are <b>missing</b>.</p>",
        ChangeKind.CORRECTION,
        "One had been counted twice.",
        working_note="Call the sheriff.",
    ).publish()
    return story


def address(story):
    return f"/changes/{story.updates.get().uid}/"


def test_the_story_leads_to_what_was_changed(client, corrected):
    page = client.get("/news/ferry-sinks/").content.decode()

    assert f'href="{address(corrected)}"' in page


def test_what_went_and_what_came_is_marked(client, corrected):
    page = " ".join(client.get(address(corrected)).content.decode().split())

    assert "At least <del>32</del> <ins>31</ins> are missing." in page
    assert "One had been counted twice." in page


def test_what_readers_never_had_is_not_shown(client, corrected):
    page = client.get(address(corrected)).content.decode()

    assert "secret" not in page
    assert "sheriff" not in page


def test_it_is_the_stations_choice(client, corrected):
    Licensee.objects.update(shows_versions=False)

    assert client.get(address(corrected)).status_code == 404
    assert "/changes/" not in client.get("/news/ferry-sinks/").content.decode()


def test_nobody_sees_it_of_a_story_that_was_killed(client, corrected, odetta):
    kill(corrected, by=odetta, reason="x", now=timezone.now())

    assert client.get(address(corrected)).status_code == 404


def test_what_was_killed_stays_unseen_when_the_story_is_back(client, corrected, odetta):
    kill(corrected, by=odetta, reason="x", now=timezone.now())
    corrected.refresh_from_db()
    revive(corrected, by=odetta, reason="y", now=timezone.now())
    change(corrected, "<p>30 are missing.</p>", ChangeKind.UPDATE, "Less.").publish()

    for update in corrected.updates.all():
        assert client.get(f"/changes/{update.uid}/").status_code == 404


def test_nobody_sees_it_of_a_story_for_members(client, corrected):
    corrected.view_restrictions.create(restriction_type="login")

    assert client.get(address(corrected)).status_code == 404


def test_hostile_words_are_words(client, corrected):
    hostile = "<p>&lt;script&gt;alert(1)&lt;/script&gt; at least 31.</p>"
    change(corrected, hostile, ChangeKind.UPDATE, "x").publish()
    update = corrected.updates.first()

    page = client.get(f"/changes/{update.uid}/").content.decode()

    assert "<script>alert" not in page
