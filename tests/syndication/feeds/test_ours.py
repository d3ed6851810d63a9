"""Our own feeds, as another Groundwave reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from equipment.photos import keep_photo
from groundwave.delivery.feed_entries import BODY
from groundwave.delivery.pictures import WIDE
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import Byline, ChangeKind
from groundwave.syndication.feeds.reading import read


VECTORS = Path(__file__).parents[2] / "vectors" / "feeds"
FORMS = ("atom", "rss", "json")
TITLE = "Fewer than < 5 & <script>alert(1)</script>"


@pytest.fixture
def pictured(story):
    photo = keep_photo("The ferry", description="A ferry on a sandbank")
    for spec in (WIDE, BODY):
        photo.get_rendition(spec)
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.title = TITLE
    draft.lead_photo = photo
    draft.lead_caption = "The ferry at noon"
    draft.bylines = [Byline(guest="Sol Reed"), Byline(guest="Ida Marsh")]
    draft.change_kind, draft.change_text = ChangeKind.CORRECTION, "The headline."
    draft.save_revision().publish()
    story.refresh_from_db()
    return story


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_a_story_of_ours_arrives_as_it_left(client, pictured, form):
    answer = client.get(f"/feed.{form}")
    feed = read(answer.content, f"http://testserver/feed.{form}")

    assert feed.title == "KGND Community Radio"
    assert feed.home == "http://testserver/"
    assert feed.oddities == ()
    (entry,) = feed.entries
    assert entry.id == f"urn:uuid:{pictured.translation_key}"
    assert entry.url.endswith(pictured.url)
    assert entry.title == TITLE
    assert entry.authors == ("Sol Reed", "Ida Marsh")
    # Some forms have room for whole seconds only.
    assert pictured.first_published_at - entry.published < timedelta(seconds=1)
    assert "<p>At least 32 people are missing.</p>" in entry.html
    (picture,) = entry.enclosures
    assert picture.medium == "image"
    assert picture.credit == pictured.lead_photo.credit


@pytest.mark.django_db
def test_a_killed_story_of_ours_is_known_to_be_gone(client, pictured, odetta):
    now = datetime(2026, 11, 22, tzinfo=UTC)
    kill(pictured, by=odetta, reason="Wrong.", now=now)

    feed = read(client.get("/feed.atom").content)

    assert feed.entries == ()
    assert [(each.id, each.at) for each in feed.deleted] == [
        (f"urn:uuid:{pictured.translation_key}", now)
    ]


def test_all_our_feeds_say_the_same():
    """What one version wrote, every later one reads."""
    atom, rss, json = (read((VECTORS / f"ours.{each}").read_bytes()) for each in FORMS)

    assert (atom.title, atom.home) == (rss.title, rss.home) == (json.title, json.home)
    (one,), (two,), (three,) = atom.entries, rss.entries, json.entries
    assert one.enclosures == two.enclosures
    assert one.enclosures[0].caption == "The ferry at noon"
    assert [one.enclosures[0].url] == [each.url for each in three.enclosures]
    # RSS has no word for these two, and JSON Feed none for what a picture is.
    bare = {"updated": None, "summary": "", "enclosures": (), "base": ""}
    assert replace(one, **bare) == replace(two, **bare) == replace(three, **bare)
    assert (one.updated, one.summary) == (three.updated, three.summary)
    assert one.title == TITLE
    assert one.html.startswith("<p>\n<strong>Correction</strong>")
