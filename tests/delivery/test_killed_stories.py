"""A killed story, as everybody outside meets it: nowhere, and 410 at its addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from wagtail.models import Page

from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.models import ChangeKind, Story, Topic
from groundwave.pages.models import HomePage


pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
AT = "{http://purl.org/atompub/tombstones/1.0}"
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
# What it said, of which nothing may be left anywhere.
SAID = ("Ferry sinks", "32 people", "search goes on", "counted one", "31 people")
LISTS = (
    "/",
    "/news/",
    "/topics/bay/",
    "/corrections/",
    "/search/?q=ferry",
    "/text/search/?q=ferry",
    "/text/pages/news/",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/corrections/feed.atom",
    "/sitemap.xml",
    "/news/tide/",
)


@pytest.fixture
def corrected(story, news):
    """The ferry's story: corrected, about a topic, and related to another one."""
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.topics = [Topic.objects.create(name="The bay", slug="bay")]
    draft.body = [("text", "<p>At least 31 people are missing.</p>")]
    draft.change_kind, draft.change_text = (
        ChangeKind.CORRECTION,
        "We counted one twice.",
    )
    draft.save_revision().publish()
    other = news.add_child(
        instance=Story(
            title="Tide tables",
            slug="tide",
            live=False,
            body=[("related", {"story": story}), ("text", "<p>High at noon.</p>")],
        )
    )
    other.save_revision().publish()
    story.refresh_from_db()
    return story


@pytest.fixture
def killed(corrected, odetta):
    kill(
        corrected,
        by=odetta,
        reason="A secret of the desk's.",
        now=NOW,
        public_note="We could not stand by what we said.",
    )
    corrected.refresh_from_db()
    return corrected


def page_of(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/news/ferry-sinks/",
        "/news/ferry-sinks/?utm_source=x&page=2",
        "/text/pages/news/ferry-sinks/",
    ],
)
def test_its_address_says_that_it_was_withdrawn_and_nothing_of_what_it_said(
    client, killed, path
):
    page = page_of(client, path, 410)

    assert "This story was withdrawn" in page
    assert "We could not stand by what we said." in page
    assert "noindex" in page
    for words in (*SAID, "A secret", "og:title", "ld+json", "canonical"):
        assert words not in page, words


def test_without_a_note_it_says_the_usual_sentence(client, story, odetta):
    kill(story, by=odetta, reason="x", now=NOW)

    page = page_of(client, "/news/ferry-sinks/", 410)

    assert "Please do not pass on what it said." in page


def test_what_is_behind_a_password_is_gone_as_well(client, killed):
    Page.objects.get(pk=killed.pk).view_restrictions.create(restriction_type="login")

    page_of(client, "/news/ferry-sinks/", 410)


def test_before_that_it_is_in_all_of_these(client, corrected):
    for path in LISTS:
        if "search" not in path and path not in ("/sitemap.xml", "/text/pages/news/"):
            page = page_of(client, path)
            assert any(words in page for words in SAID), path


@pytest.mark.parametrize("path", LISTS)
def test_no_list_feed_or_other_story_says_anything_of_it(client, killed, path):
    page = page_of(client, path)

    for words in (*SAID, "A secret"):
        assert words not in page, words


@pytest.mark.parametrize("path", ["/sitemap.xml", "/feed.json", "/feed.rss", "/"])
def test_nothing_leads_to_it(client, killed, path):
    assert "ferry-sinks" not in page_of(client, path)


def test_corrections_say_that_a_story_was_withdrawn(client, killed):
    page = page_of(client, "/corrections/")

    assert "A story was withdrawn" in page
    assert "We could not stand by what we said." in page


def test_programs_that_kept_it_are_told_that_it_is_deleted(client, killed):
    feed = ElementTree.fromstring(page_of(client, "/feed.atom"))

    [tombstone] = feed.findall(f"{AT}deleted-entry")

    assert tombstone.get("ref") == f"urn:uuid:{killed.translation_key}"
    assert tombstone.get("when") == "2026-11-22T18:00:00Z"
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert tombstone.get("ref") not in ids


def test_programs_that_kept_its_correction_are_told_so_as_well(client, killed):
    feed = ElementTree.fromstring(page_of(client, "/corrections/feed.atom"))

    [tombstone] = feed.findall(f"{AT}deleted-entry")

    assert tombstone.get("ref") == f"urn:uuid:{killed.updates.get().uid}"
    assert not feed.findall(f"{ATOM}entry")


def test_a_story_that_readers_never_had_has_no_tombstone_in_a_feed(
    client, news, odetta
):
    draft = news.add_child(instance=Story(title="Dam", slug="dam", live=False))
    kill(draft, by=odetta, reason="x", now=NOW)

    assert "deleted-entry" not in page_of(client, "/feed.atom")
    assert "A story was withdrawn" not in page_of(client, "/corrections/")


def test_its_alias_and_its_old_address_are_gone_as_well(client, corrected, odetta):
    corrected.create_alias(parent=HomePage.objects.get(), update_slug="ferry")
    assert client.get("/ferry/").status_code == 200
    corrected.move(HomePage.objects.get(), pos="last-child")
    corrected.refresh_from_db()

    kill(corrected, by=odetta, reason="x", now=NOW)

    page_of(client, "/ferry/", 410)
    page_of(client, "/ferry-sinks/", 410)
    old = client.get("/news/ferry-sinks/", follow=True)
    assert old.status_code == 410


def test_a_revived_story_is_not_there_until_it_is_published(client, killed, odetta):
    revive(killed, by=odetta, reason="x", now=NOW)

    page_of(client, "/news/ferry-sinks/", 404)
    assert "deleted-entry" not in page_of(client, "/feed.atom")

    Story.objects.get(pk=killed.pk).get_latest_revision().publish()

    assert "31 people" in page_of(client, "/news/ferry-sinks/")
    assert "We counted one twice." in page_of(client, "/corrections/")
