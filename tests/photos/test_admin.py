"""Photos as the desk sees them."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ReferenceIndex

from conftest import NOW
from equipment.photos import keep_photo
from groundwave.people.models import Person, User
from groundwave.photos.actions import revoke
from groundwave.photos.models import Photo
from groundwave.photos.rights import Withholding


pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    user = User.objects.create_user(
        "ada@kgnd.example", "along the ground", first_name="Ada"
    )
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def photo():
    return keep_photo(width=60, height=40)


def words(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def revoking(photo):
    return reverse("photos:revoke", args=[photo.pk])


def reinstating(photo):
    return reverse("photos:reinstate", args=[photo.pk])


def form_of(photo):
    return reverse("wagtailimages:edit", args=[photo.pk])


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("wagtailimages:index", ""),
        ("wagtailimages:index", "?layout=list"),
        ("wagtailimages_chooser:choose_results", ""),
        ("wagtailimages_chooser:choose_results", "?layout=list"),
    ],
)
@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({"photographer": "", "agency": ""}, "no credit"),
        ({"rights_basis": "unknown"}, "rights not known"),
        ({"expires_at": NOW}, "rights ended"),
        ({}, None),
    ],
)
def test_what_keeps_a_photo_from_being_shown_is_seen_in_the_list(
    desk, time_machine, name, query, facts, mark
):
    time_machine.move_to(NOW, tick=False)
    keep_photo(width=60, height=40, **facts)

    said = words(desk, reverse(name) + query)

    marks = [each.label for each in Withholding if f">{each.label}</span>" in said]
    assert marks == ([mark] if mark else [])


def test_the_form_says_why_a_photo_is_not_shown_and_what_to_do(desk):
    said = words(desk, form_of(keep_photo(width=60, height=40, rights_basis="unknown")))

    assert "The public is not shown this photo." in said
    assert "Find out, and choose it under “Rights”." in said


def test_the_form_of_a_photo_that_is_shown_says_nothing_of_it(desk, photo):
    said = words(desk, form_of(photo))

    assert "The public is not shown" not in said
    assert revoking(photo) in said


def test_an_editor_revokes_a_photo_and_says_why(desk, ada, photo):
    assert "Revoke A mast? At once it is gone from" in words(desk, revoking(photo))

    answer = desk.post(revoking(photo), {"reason": "The family asked us."}, follow=True)

    said = unescape(answer.content.decode())
    assert "A mast is revoked. The public is not shown it any more." in said
    assert "Revoked by Ada on " in said
    assert "The family asked us." in said
    assert reinstating(photo) in said
    assert Photo.objects.get().revoked_by == ada


def test_before_it_is_revoked_one_sees_how_often_it_is_used(desk, photo):
    assert "It is used" not in words(desk, revoking(photo))

    ida = Person.objects.create(name="Ida Marsh", slug="ida", portrait=photo)
    ReferenceIndex.create_or_update_for_object(ida)

    said = words(desk, revoking(photo))
    assert "It is used in one place." in said
    assert photo.usage_url in said


def test_nobody_revokes_without_a_reason(desk, photo):
    said = desk.post(revoking(photo), {"reason": " "}).content.decode()

    assert "This field is required." in said
    assert Photo.objects.get().revoked_at is None


def test_whoever_is_late_is_told(desk, ada, photo):
    revoke(photo, by=ada, reason="Stolen", now=NOW)

    answer = desk.post(revoking(photo), {"reason": "Mine"}, follow=True)

    assert "Somebody else has just done that." in answer.content.decode()
    assert Photo.objects.get().revoked_reason == "Stolen"


def test_an_editor_lets_it_be_shown_again_and_says_why(desk, ada, photo):
    revoke(photo, by=ada, reason="Stolen", now=NOW)

    desk.post(reinstating(photo), {"reason": ""})
    assert Photo.objects.get().revoked_at

    desk.post(reinstating(photo), {"reason": "It was another one."})
    assert Photo.objects.get().revoked_at is None


def test_the_form_does_not_bring_back_what_was_revoked(desk, ada, photo):
    revoke(photo, by=ada, reason="Stolen", now=NOW)

    desk.post(
        form_of(photo),
        {
            "title": "A mast",
            "description": "A mast",
            "photographer": "Ida",
            "rights_basis": "own",
            "collection": "1",
            "tags": "",
            "revoked_at": "",
            "revoked_reason": "",
        },
    )

    photo.refresh_from_db()
    assert photo.photographer == "Ida"
    assert photo.revoked_at


def test_what_was_revoked_is_in_the_stations_history(client, photo, ada):
    revoke(photo, by=ada, reason="Stolen", now=NOW)
    client.force_login(User.objects.create_superuser("x@kgnd.example", "the ground"))

    said = words(client, reverse("wagtailadmin_reports:site_history"))

    assert "Revoked" in said
    assert "A mast" in said
