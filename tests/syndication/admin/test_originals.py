"""A carried story at the desk: whose it is, what differs, and who chooses."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from groundwave.newsroom.models import Story
from groundwave.syndication.actions.deciding import detach
from groundwave.syndication.incoming import Text
from syndication.carried import (
    LATER,
    NOW,
    REPAIR,
    come,
    publish_ours,
    rewrite,
    the_original,
)


pytestmark = pytest.mark.django_db

THEIRS = Text(id="text-1", html="<p>The ferry runs again, twice a day.</p>")


@pytest.fixture
def carried(connection):
    come(connection)
    return the_original()


@pytest.fixture
def disputed(connection):
    come(connection)
    publish_ours()
    come(connection, THEIRS, REPAIR, now=LATER)
    return the_original()


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


def show(original):
    return "carried_stories:show", original.pk


def press(client, page, verb, original, *args, **said):
    """Press a button as the page has it, with what it has seen."""
    seen = re.search(r'name="seen" value="(\w+)"', page)
    asset = re.search(r'name="asset" value="([\w-]+)"', page)
    facts = {"seen": seen and seen[1], "asset": asset and asset[1]}
    sent = {k: v for k, v in (facts | said).items() if v}
    url = reverse(f"carried_stories:{verb}", args=[original.pk, *args])
    return client.post(url, sent, follow=True).content.decode()


def words_of(story):
    return Story.objects.get(pk=story.pk).plain_text


def test_its_editor_says_whose_it_is_and_leads_to_the_original(
    editor, carried, page_of
):
    page = page_of("wagtailadmin_pages:edit", carried.story_id)

    assert "A story of Longwave, carried by way of Longwave, national." in page
    assert "It is as Longwave has it, and follows." in page
    assert 'href="https://longwave.example/ferry"' in page
    assert reverse("carried_stories:show", args=[carried.pk]) in page


def test_a_story_of_our_own_is_nobody_elses(editor, story, page_of):
    page = page_of("wagtailadmin_pages:edit", story.pk)

    assert "carried by way of" not in page


def test_what_is_ours_is_said_with_what_upstream_says(editor, carried, page_of):
    story = carried.story
    story.title = "Our ferry runs again"
    story.begin_another_change()
    story.change_kind = "typo"
    story.save_revision().publish()

    page = page_of("wagtailadmin_pages:edit", story.pk)

    assert "Some of it is ours; the rest follows what Longwave has." in page
    assert "Longwave now says: “Ferry runs again”" in page


def test_theirs_is_taken_for_a_field_and_readers_have_it(editor, carried, page_of):
    story = carried.story
    story.title = "Our ferry runs again"
    story.begin_another_change()
    story.change_kind = "typo"
    story.save_revision().publish()
    page = page_of(*show(carried))
    assert "Our ferry" in page

    said = press(editor, page, "take", carried, "title")

    assert "Theirs is taken, and readers have it." in said
    assert "It is as Longwave has it, and follows." in said
    assert Story.objects.get(pk=story.pk).title == "Ferry runs again"
    assert PageLogEntry.objects.filter(action="syndication.take_theirs").exists()


def test_both_sides_of_a_conflict_stand_beside_each_other(editor, disputed, page_of):
    page = page_of(*show(disputed))

    assert "<mark>bay&#x27;s </mark>" in page
    assert "<mark>again, twice a day.</mark>" in page
    assert "Keep ours" in page
    edited = page_of("wagtailadmin_pages:edit", disputed.story_id)
    assert "One passage was changed here and by its origin." in edited


def test_ours_is_kept(editor, disputed, page_of):
    said = press(editor, page_of(*show(disputed)), "decide", disputed, whose="ours")

    assert "Ours stands." in said
    assert the_original().conflicts == []
    assert "The bay's ferry" in words_of(disputed.story)


def test_theirs_is_taken_and_readers_have_it(editor, disputed, page_of):
    said = press(editor, page_of(*show(disputed)), "decide", disputed, whose="theirs")

    assert "Theirs is taken, and readers have it." in said
    assert the_original().conflicts == []
    assert "twice a day" in words_of(disputed.story)


def test_a_draft_that_waits_is_not_published_along(editor, disputed, page_of):
    draft = Story.objects.get(pk=disputed.story_id)
    draft.dek = "Not for readers yet."
    draft.save_revision()

    said = press(editor, page_of(*show(disputed)), "decide", disputed, whose="theirs")

    assert "Theirs is taken into the draft." in said
    live = Story.objects.get(pk=disputed.story_id)
    assert "The bay's ferry" in live.plain_text
    newest = live.get_latest_revision_as_object()
    assert (newest.dek, "twice a day" in newest.plain_text) == (
        "Not for readers yet.",
        True,
    )


def test_who_saw_something_else_is_asked_to_look_again(editor, disputed, page_of):
    page = page_of(*show(disputed))
    other = Text(id="text-1", html="<p>The ferry does not run after all.</p>")
    come(disputed.connection, other, REPAIR, now=LATER)

    said = press(editor, page, "decide", disputed, whose="theirs")

    assert "Look again." in said
    assert "The bay's ferry" in words_of(disputed.story)
    assert len(the_original().conflicts) == 1


def test_it_is_detached_for_a_reason_and_follows_again(editor, carried, page_of):
    url = reverse("carried_stories:detach", args=[carried.pk])
    assert "If it is taken back, it is still taken down." in page_of(
        "carried_stories:detach", carried.pk
    ).replace("\n", " ")
    editor.post(url, {"reason": ""})
    assert not the_original().is_detached

    page = editor.post(url, {"reason": "We wrote it anew."}, follow=True)
    assert "We wrote it anew." in page.content.decode()
    come(carried.connection, THEIRS, REPAIR, now=LATER)
    assert "twice a day" not in words_of(carried.story)
    edited = page_of("wagtailadmin_pages:edit", carried.story_id)
    assert "nothing of it follows but a takedown" in edited

    editor.post(reverse("carried_stories:attach", args=[carried.pk]))
    come(carried.connection, THEIRS, REPAIR, now=LATER)
    assert "twice a day" in words_of(carried.story)


def test_who_detaches_it_second_is_told_so(editor, carried, user):
    detach(carried, by=user("Administrator"), reason="First.", now=NOW)

    url = reverse("carried_stories:detach", args=[carried.pk])
    page = editor.post(url, {"reason": "Second."}, follow=True).content.decode()

    assert "Somebody else has just done that." in page
    assert the_original().detached_reason == "First."


def test_only_who_publishes_decides(sign_in, disputed):
    host = sign_in("Host")

    for verb, args in (
        ("show", ()),
        ("decide", ()),
        ("take", ("title",)),
        ("detach", ()),
        ("attach", ()),
    ):
        url = reverse(f"carried_stories:{verb}", args=[disputed.pk, *args])
        for ask in (host.get, host.post):
            assert ask(url).status_code in (302, 403, 405), verb
    assert len(the_original().conflicts) == 1
    assert not the_original().is_detached


def test_text_of_others_is_shown_as_text(editor, connection, page_of):
    come(connection, title="<script>alert(1)</script> & so on")
    original = the_original()
    story = original.story
    rewrite(story, "<p>Ours</p>")
    story.save_revision()

    for page in (
        page_of(*show(original)),
        page_of("wagtailadmin_pages:edit", story.pk),
        page_of("carried_stories:index"),
    ):
        assert "<script>alert(1)" not in page
