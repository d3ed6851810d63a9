"""The editor's side panel says what is missing, and what is needed is asked for."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from equipment.photos import keep_photo
from groundwave.newsroom.errors import NotPublishable
from groundwave.newsroom.models import ChangeKind, StyleTerm
from groundwave.pages.models import HomePage, PlainPage
from groundwave.people.models import User
from groundwave.photos.models import Photo


pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    return client


@pytest.fixture
def photo():
    photo = keep_photo("The bay", width=60, height=40)
    Photo.objects.filter(pk=photo.pk).update(description="Fog over the bay.")
    photo.refresh_from_db()
    return photo


def change(story, **facts):
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.change_kind = ChangeKind.TYPO
    for name, value in facts.items():
        setattr(draft, name, value)
    return draft.save_revision()


def panel(desk, story):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def with_picture(photo):
    image = {"image": photo, "decorative": False, "alt_text": "Fog"}
    return [("picture", {"image": image, "caption": "", "credit": ""})]


def test_it_says_when_nothing_is_missing(desk, story):
    assert "Nothing is missing in the version that was saved last." in panel(
        desk, story
    )


def test_pages_that_are_no_stories_have_wagtails_checks_alone(desk, kgnd):
    assert "Before readers have it" not in panel(desk, HomePage.objects.get())


def test_a_story_with_a_photo_that_is_shown_goes_out(story, photo):
    change(story, lead_photo=photo, body=with_picture(photo)).publish()


@pytest.mark.parametrize("place", ["lead", "body"])
def test_no_story_goes_out_with_a_photo_that_nobody_is_credited_for(
    desk, story, photo, place
):
    Photo.objects.filter(pk=photo.pk).update(photographer="", agency="")
    photo.refresh_from_db()
    facts = {"lead_photo": photo} if place == "lead" else {"body": with_picture(photo)}
    version = change(story, **facts)

    assert "Nobody is credited for it." in panel(desk, story)
    with pytest.raises(NotPublishable, match="Nobody is credited for it"):
        version.publish()


def test_no_story_goes_out_with_a_lead_photo_for_the_sighted_alone(desk, story, photo):
    Photo.objects.filter(pk=photo.pk).update(description="")
    version = change(story, lead_photo=photo)

    assert "says nothing to those who cannot see it" in panel(desk, story)
    with pytest.raises(NotPublishable, match="cannot see it"):
        version.publish()
    change(story, lead_photo=photo, lead_alt="Fog over the bay.").publish()


def test_a_photo_whose_time_is_over_holds_up_no_correction(desk, story, photo):
    Photo.objects.filter(pk=photo.pk).update(expires_at=timezone.now())
    version = change(story, lead_photo=photo)

    assert "The time for which we may show it is over." in panel(desk, story)
    version.publish()


def test_a_link_to_a_page_that_left_is_named(desk, story):
    gone = HomePage.objects.get().add_child(instance=PlainPage(title="Old rules"))
    link = f'<p><a linktype="page" id="{gone.pk}">Rules</a></p>'
    change(story, body=[("text", link)])
    assert "Old rules" not in panel(desk, story)

    gone.unpublish()

    assert "A link leads to “Old rules”, which readers do not have." in panel(
        desk, story
    )


def test_the_stations_own_words_are_kept(desk, story):
    StyleTerm.objects.create(say="crossing", instead_of="search")

    assert "We say “crossing”, not “search”." in panel(desk, story)


def test_an_editor_keeps_the_style_list(desk):
    said = {"say": "died", "instead_of": "passed away", "because": ""}

    desk.post(reverse("style_terms:add"), said)

    assert "passed away" in desk.get(reverse("style_terms:index")).content.decode()
