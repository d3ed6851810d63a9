"""Killing a story at the desk, and what the desk may still see of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from groundwave.newsroom.actions.killing import READ, revive
from groundwave.newsroom.models import Story
from groundwave.pages.models import SectionPage
from groundwave.people.models import User


pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    def sign_in(group):
        address = f"{group.lower()}@kgnd.example"
        user, _ = User.objects.get_or_create(email=address)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def desk(sign_in):
    return sign_in("Editor")


def kill(desk, story, **said):
    said = {"reason": "The court forbids it.", "public_note": "", **said}
    return desk.post(reverse("killed_stories:kill", args=[story.pk]), said)


def page_of(desk, name, *args):
    response = desk.get(reverse(name, args=args))
    assert response.status_code == 200, name
    return response.content.decode()


def test_an_editor_kills_a_story_and_says_why(desk, story):
    assert "Yes, kill it" in page_of(desk, "killed_stories:kill", story.pk)

    response = kill(desk, story)

    assert response.url == reverse("killed_stories:show", args=[story.pk])
    page = page_of(desk, "killed_stories:show", story.pk)
    assert "The court forbids it." in page
    story.refresh_from_db()
    assert not story.live
    assert story.kills.get().by.email == "editor@kgnd.example"


def test_a_story_that_is_killed_again_says_why_both_times(desk, story, odetta):
    kill(desk, story)
    story.refresh_from_db()
    revive(story, by=odetta, reason="The court thought again.", now=timezone.now())

    kill(desk, story, reason="And again.")

    page = page_of(desk, "killed_stories:show", story.pk)
    assert "The court forbids it." in page
    assert "And again." in page


def test_what_is_killed_does_not_come_back_in_the_copy_of_its_section(desk, story):
    kill(desk, story)
    section = story.get_parent()
    said = {
        "new_title": "News 2",
        "new_slug": "news-2",
        "new_parent_page": section.get_parent().pk,
    }
    url = reverse("wagtailadmin_pages:copy", args=[section.pk])

    desk.post(url, said | {"copy_subpages": "on"})
    assert Story.objects.count() == 1

    desk.post(url, said)
    assert SectionPage.objects.filter(slug="news-2").exists()
    assert Story.objects.count() == 1


def test_nobody_kills_without_a_reason(desk, story):
    response = kill(desk, story, reason="")

    assert "This field is required." in response.content.decode()
    story.refresh_from_db()
    assert story.live


def test_who_comes_second_is_told_so(desk, story):
    kill(desk, story)

    response = desk.post(
        reverse("killed_stories:kill", args=[story.pk]), {"reason": "x"}, follow=True
    )

    assert "Somebody else has just done that." in response.content.decode()
    assert story.kills.count() == 1


def test_it_is_found_again_in_a_list_with_its_reason(desk, story):
    assert "No story was ever killed." in page_of(desk, "killed_stories:index")

    kill(desk, story)

    page = page_of(desk, "killed_stories:index")
    assert "The court forbids it." in page
    assert reverse("killed_stories:show", args=[story.pk]) in page
    assert reverse("killed_stories:index") in page_of(desk, "wagtailadmin_home")


def test_the_button_leads_to_it_before_and_after(desk, story):
    parent = story.get_parent().pk
    url = reverse("killed_stories:kill", args=[story.pk])
    assert url in page_of(desk, "wagtailadmin_explore", parent)
    assert url in page_of(desk, "wagtailadmin_pages:edit", story.pk)

    kill(desk, story)

    page = page_of(desk, "wagtailadmin_explore", parent)
    assert url not in page
    assert reverse("killed_stories:show", args=[story.pk]) in page


@pytest.mark.parametrize(
    "name",
    ["edit", "view_draft", "history", "copy", "delete", "move", "unpublish", "usage"],
)
def test_no_page_of_wagtails_shows_what_it_said(sign_in, story, name):
    kill(sign_in("Administrator"), story)
    client = sign_in("Administrator")

    response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[story.pk]))

    assert response.status_code == 302
    version = story.latest_revision_id
    for name in ("revisions_view", "revisions_revert"):
        url = reverse(f"wagtailadmin_pages:{name}", args=[story.pk, version])
        assert client.get(url).status_code == 302


def test_an_editor_does_not_read_it(desk, story):
    kill(desk, story)
    version = story.latest_revision_id
    page = page_of(desk, "killed_stories:show", story.pk)

    read = reverse("killed_stories:read", args=[story.pk, version])
    assert read not in page
    assert desk.get(read).status_code == 302
    assert not PageLogEntry.objects.filter(action=READ).exists()


def test_an_administrator_reads_it_and_that_is_written_down(sign_in, story):
    kill(sign_in("Editor"), story)
    chief = sign_in("Administrator")
    version = story.latest_revision_id

    assert "32 people" not in page_of(chief, "killed_stories:show", story.pk)
    page = page_of(chief, "killed_stories:read", story.pk, version)

    assert "At least 32 people are missing." in page
    entry = PageLogEntry.objects.get(action=READ)
    assert (entry.user.email, entry.revision_id) == (
        "administrator@kgnd.example",
        version,
    )


def test_an_editor_does_not_revive_it(desk, story):
    kill(desk, story)

    url = reverse("killed_stories:revive", args=[story.pk])
    assert url not in page_of(desk, "killed_stories:show", story.pk)
    assert desk.post(url, {"reason": "x"}).status_code == 302
    assert story.kills.in_force().exists()


def test_an_administrator_revives_it_as_a_draft(sign_in, story):
    kill(sign_in("Editor"), story)
    chief = sign_in("Administrator")
    url = reverse("killed_stories:revive", args=[story.pk])
    assert url in page_of(chief, "killed_stories:show", story.pk)

    chief.post(url, {"reason": "The court has changed its mind."})

    page = page_of(chief, "killed_stories:show", story.pk)
    assert "The court has changed its mind." in page
    story.refresh_from_db()
    assert not story.live
    page_of(chief, "wagtailadmin_pages:edit", story.pk)


def test_only_who_may_kill_is_offered_to(sign_in, story):
    host = sign_in("Host")

    assert reverse("killed_stories:index") not in page_of(host, "wagtailadmin_home")
    assert kill(host, story).status_code == 302
    story.refresh_from_db()
    assert story.live


def test_pages_that_are_no_stories_are_not_killed(desk, news):
    url = reverse("killed_stories:kill", args=[news.pk])

    assert url not in page_of(desk, "wagtailadmin_pages:edit", news.pk)
    assert desk.get(url).status_code == 404
