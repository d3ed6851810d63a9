"""What of a photo the public can fetch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from conftest import NOW
from equipment.photos import developed, keep_photo
from groundwave.delivery.pictures import SQUARE, WIDE
from groundwave.people.models import User
from groundwave.photos.actions import revoke
from groundwave.photos.models import Photo, PhotoRendition
from groundwave.programming.models import Show
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _it_is_now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def photo():
    return keep_photo(width=60, height=40)


@pytest.fixture
def ada():
    user = User.objects.create_user("ada@kgnd.example", "along the ground")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


def fetch(client, url):
    answer = client.get(url)
    if answer.status_code == 200:
        answer.close()
    return answer


def test_a_rendition_is_sent_to_anybody_and_asked_about_again(client, photo):
    answer = fetch(client, photo.get_rendition(SQUARE).url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=60"


def test_the_original_is_sent_to_the_desk_alone(client, photo, ada):
    assert fetch(client, photo.file.url).status_code == 404

    client.force_login(ada)
    answer = fetch(client, photo.file.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_an_original_of_before_there_were_photos_is_not_sent_either(client, settings):
    old = settings.MEDIA_ROOT / "original_images" / "mast.jpg"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"taken at 39.7 N, 105 W")

    assert fetch(client, "/media/original_images/mast.jpg").status_code == 404


def test_what_the_desk_sees_is_not_for_the_public(client, photo, ada):
    url = photo.get_rendition("max-165x165").url
    assert fetch(client, url).status_code == 404

    client.force_login(ada)
    assert fetch(client, url).status_code == 200


def test_nobody_is_sent_a_revoked_photo_not_even_by_an_address_they_kept(
    client, photo, ada
):
    url = photo.get_rendition(SQUARE).url

    revoke(photo, by=ada, reason="Stolen", now=NOW)

    assert fetch(client, url).status_code == 404
    client.force_login(ada)
    assert fetch(client, url).status_code == 404  # there is no such file any more


def test_rights_end_at_their_moment_for_addresses_that_were_kept_too(
    client, photo, time_machine
):
    url = photo.get_rendition(SQUARE).url
    Photo.objects.update(expires_at=NOW + timedelta(seconds=1))
    assert fetch(client, url).status_code == 200

    time_machine.move_to(NOW + timedelta(seconds=1), tick=False)

    assert fetch(client, url).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["images/nothing.jpg", "images/../originals/mast.png", "images/%2e%2e/mast.png"],
)
def test_what_is_no_rendition_is_not_there(client, photo, path):
    assert fetch(client, f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    "way", ["../originals", "%2e%2e/originals", "x/../../originals"]
)
def test_no_way_leads_from_the_portraits_of_the_desk_to_what_is_not_shown(
    client, photo, way
):
    name = photo.file.name.rpartition("/")[2]

    answer = fetch(client, f"/media/avatar_images/{way}/{name}")

    assert answer.status_code in {400, 404}


def test_a_page_reads_on_without_its_photo(client, week, photo, ada):
    Show.objects.filter(slug="morning-light").update(image=developed(photo))
    Licensee.objects.update(logo=photo)
    before = client.get("/shows/morning-light/").content.decode()
    urls = {each.url for each in PhotoRendition.objects.all()}
    assert any(url in before for url in urls)

    revoke(photo, by=ada, reason="Stolen", now=NOW)
    answer = client.get("/shows/morning-light/")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Morning Light" in page
    assert not any(url in page for url in urls)


def test_a_photo_that_is_not_for_cards_is_on_the_page_and_on_no_card(
    client, week, photo
):
    Show.objects.filter(slug="morning-light").update(image=developed(photo))
    page = client.get("/shows/morning-light/").content.decode()
    card = photo.get_rendition(WIDE).url
    assert f'content="http://testserver{card}"' in page

    Photo.objects.update(may_be_on_cards=False)
    page = client.get("/shows/morning-light/").content.decode()

    assert card not in page
    assert "<picture>" in page
