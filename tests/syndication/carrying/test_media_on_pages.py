"""Pictures and sounds of a carried story on our page, from the first poll to the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW
from equipment.network.assets import gallery, picture, sound
from equipment.network.changes import with_asset, with_restricted
from equipment.network.stories import BODY, story
from equipment.photos import developed
from groundwave.newsroom.models import Story
from groundwave.photos.models import Photo
from groundwave.syndication.models import Connection
from groundwave.syndication.polling.rounds import check, poll


pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _it_is_now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def carried(original, network):
    """Return the story that a connection of such a policy carries."""

    def carried(document, **policy):
        facts = {"key": network.token, "arrival": "publish", **policy}
        Connection.objects.update(**facts)
        network.publish(document)
        poll(Connection.objects.get(), now=NOW)
        for photo in Photo.objects.all():
            developed(photo)
        return Story.objects.get()

    return carried


@pytest.fixture
def checked(time_machine, django_capture_on_commit_callbacks):
    """Check what is carried, some minutes later."""

    def checked():
        time_machine.move_to(SOON, tick=False)
        with django_capture_on_commit_callbacks(execute=True):
            check(Connection.objects.get(), now=SOON)

    return checked


@pytest.fixture
def files(settings):
    """Name what is on the disk."""

    def files():
        every = settings.MEDIA_ROOT.rglob("*.*")
        return sorted(each.name for each in every if each.is_file())

    return files


def shown(client, page):
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_pictures_stand_on_the_page_with_their_credit_and_come_from_us(
    carried, client, network
):
    page = carried(story("far-1", pictures=[picture("photo-1")]))

    said = shown(client, page)

    assert "<picture" in said
    assert "Una Farrow" in said
    assert f"{network.url}/pictures" not in said


def test_a_picture_that_becomes_restricted_is_gone_with_the_next_check(
    carried, client, network, checked, files
):
    page = carried(story("far-1", pictures=[picture("photo-1")]))

    network.change("far-1", with_restricted, "photo-1")
    checked()

    said = shown(client, page)
    assert "<picture" not in said
    assert "The ferry between Far Shore" in said
    assert files() == []


def test_of_a_gallery_the_others_stay(carried, client, network, checked):
    pictures = [picture(f"photo-{each}", file=f"mast{each}") for each in "123"]
    body = [*BODY, gallery("gallery", "photo-1", "photo-2", "photo-3"), *pictures]
    document = story("far-1", body=body)
    document["layout"] = document["layout"][:3]
    page = carried(document)
    assert shown(client, page).count("<picture") == 3

    network.change("far-1", with_restricted, "photo-2")
    checked()

    assert shown(client, page).count("<picture") == 2


def test_a_deleted_story_leaves_no_file_behind(
    carried, client, network, checked, files
):
    document = story("far-1", pictures=[picture("photo-1")], sounds=[sound("sound-1")])
    page = carried(document, pictures="keep", keeps_sounds=True)
    assert len(files()) > 2

    network.delete("far-1")
    checked()

    assert client.get(page.url).status_code == 410
    assert files() == []


def test_a_sound_that_may_be_kept_is_played_from_us_and_then_from_its_origin(
    carried, client, network, checked, files
):
    document = story("far-1", sounds=[sound("sound-1")])
    page = carried(document, keeps_sounds=True)
    assert "/media/recordings/ferry.mp3" in shown(client, page)

    network.change("far-1", with_asset, "sound-1", isDownloadable=False)
    checked()

    said = shown(client, page)
    assert f"{network.url}/sounds/ferry.mp3" in said
    assert "/media/recordings/" not in said
    assert files() == []
