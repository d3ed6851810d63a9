from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from conftest import NOW
from equipment.photos import keep_photo
from groundwave.people.models import User
from groundwave.photos.actions import clear_away_withheld, reinstate, revoke
from groundwave.photos.errors import AlreadyRevoked, NotRevoked
from groundwave.photos.models import Photo, PhotoRendition
from groundwave.photos.rights import Withholding


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _it_is_now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def ada():
    return User.objects.create_user("ada@kgnd.example", "along the ground")


@pytest.fixture
def photo():
    return keep_photo(width=60, height=40)


@pytest.fixture
def files(settings):
    """Name what is on the disk."""

    def files(folder):
        return sorted(each.name for each in (settings.MEDIA_ROOT / folder).glob("*"))

    return files


def test_a_revoked_photo_leaves_no_rendition_on_the_disk(photo, ada, files):
    photo.get_renditions("width-30", "width-20|format-webp", "max-165x165")
    assert len(files("images")) == 3

    revoke(photo, by=ada, reason="The family asked us.", now=NOW)

    assert files("images") == []
    assert not PhotoRendition.objects.exists()


def test_its_original_is_kept(photo, ada, files):
    revoke(photo, by=ada, reason="The family asked us.", now=NOW)

    assert files("originals") == ["mast.png"]


def test_it_is_known_who_revoked_it_when_and_why(photo, ada):
    revoke(photo, by=ada, reason="The family asked us.", now=NOW)

    assert photo.why_withheld(NOW) is Withholding.REVOKED
    assert (photo.revoked_at, photo.revoked_by) == (NOW, ada)
    assert photo.revoked_reason == "The family asked us."
    entry = ModelLogEntry.objects.get(action="photos.revoke")
    assert (entry.user, entry.object_id) == (ada, str(photo.pk))
    assert entry.data["reason"] == "The family asked us."


def test_the_log_outlives_whoever_revoked_it(photo, ada):
    revoke(photo, by=ada, reason="The family asked us.", now=NOW)
    ada.delete()

    assert Photo.objects.get().why_withheld(NOW) is Withholding.REVOKED


def test_of_two_who_revoke_one_is_told_that_it_was_done(photo, ada):
    seen_by_the_other = Photo.objects.get()
    revoke(photo, by=ada, reason="The family asked us.", now=NOW)

    with pytest.raises(AlreadyRevoked):
        revoke(seen_by_the_other, by=ada, reason="Stolen", now=NOW)

    assert Photo.objects.get().revoked_reason == "The family asked us."


def test_another_photo_is_left_alone(photo, ada, files):
    other = keep_photo("Another", width=60, height=40)
    other.get_rendition("width-30")

    revoke(photo, by=ada, reason="Stolen", now=NOW)

    assert len(files("images")) == 1
    assert other.get_rendition("width-20").url


def test_it_is_shown_again_only_by_somebody_who_says_why(photo, ada):
    revoke(photo, by=ada, reason="The family asked us.", now=NOW)

    reinstate(photo, by=ada, reason="It was another photo.")

    assert photo.get_rendition("width-30").url
    entry = ModelLogEntry.objects.get(action="photos.reinstate")
    assert entry.data["reason"] == "It was another photo."


def test_what_is_not_revoked_is_not_shown_again(photo, ada):
    with pytest.raises(NotRevoked):
        reinstate(photo, by=ada, reason="It was another photo.")


def test_what_may_not_be_shown_any_more_is_cleared_away(photo, files):
    other = keep_photo("Another", width=60, height=40)
    for each in (photo, other):
        each.get_renditions("width-30", "max-165x165")
    Photo.objects.filter(pk=photo.pk).update(expires_at=NOW + timedelta(hours=1))

    assert clear_away_withheld(NOW) == 0
    assert clear_away_withheld(NOW + timedelta(hours=1)) == 1

    assert len(files("images")) == 3  # the other one's, and what the desk sees
    assert set(photo.renditions.values_list("filter_spec", flat=True)) == {
        "max-165x165"
    }
