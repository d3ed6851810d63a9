"""Sounds of carried stories that may be kept: here until their origin takes them back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW
from equipment.network.faults import Flood, HtmlInstead, Unavailable
from groundwave.pages.models import Recording
from groundwave.syndication.carrying import sound_files
from groundwave.syndication.carrying.sounds import (
    MOST,
    end_recordings,
    recordings_for,
)
from groundwave.syndication.models import SoundLease
from groundwave.syndication.rights import Policy
from syndication.stories import sound, story


pytestmark = pytest.mark.django_db

KEEPS = Policy(keeps_sounds=True)
LATER = NOW + timedelta(hours=5)


@pytest.fixture
def ferry(network):
    """Return the sound of a ferry that may be kept, but for what *facts* say of it."""

    def ferry(name="sound-1", *, file="ferry.mp3", **facts):
        url = f"{network.url}/sounds/{file}"
        return sound(name, **{"url": url, "title": "Sound of a ferry", **facts})

    return ferry


@pytest.fixture
def files(settings):
    """Name what is on the disk."""

    def files():
        folder = settings.MEDIA_ROOT / "recordings"
        return sorted(each.name for each in folder.glob("*"))

    return files


# --- what is kept ---


def test_a_sound_that_may_be_kept_is_a_recording_of_its_origin(original, ferry, files):
    theirs = ferry(transcript="<p>A horn, twice.</p>")

    found = recordings_for(original, story(sound=theirs), KEEPS, now=NOW)

    kept = Recording.objects.get()
    assert found.recordings == {"sound-1": kept}
    assert (found.said, found.may_come) == ((), False)
    assert (kept.title, kept.credit) == ("Sound of a ferry", "Far Shore Radio")
    assert kept.media_type == "audio/mpeg"
    assert kept.seconds == pytest.approx(2, abs=0.2)
    assert "A horn, twice." in kept.transcript
    assert files() == ["ferry.mp3"]


def test_sounds_come_from_beside_the_text_and_from_within(original, ferry):
    theirs = story(ferry("sound-2"), sound=ferry("sound-1"))

    found = recordings_for(original, theirs, KEEPS, now=NOW)

    assert set(found.recordings) == {"sound-1", "sound-2"}


NOT_KEPT = {
    "premium": {"is_premium": True},
    "not to be downloaded": {"is_downloadable": False},
    "restricted": {"restricted": True},
    "not available": {"is_available": False},
    "with an end": {"expires_at": NOW + timedelta(days=300)},
    "over": {"expires_at": NOW},
}


@pytest.mark.parametrize("why", NOT_KEPT)
def test_what_may_not_be_kept_without_an_end_is_not_asked_for(
    network, original, ferry, why
):
    theirs = ferry(**NOT_KEPT[why])

    assert recordings_for(original, story(theirs), KEEPS, now=NOW).recordings == {}
    assert network.asked == []


def test_nor_is_the_sound_of_a_story_with_an_end(network, original, ferry):
    newscast = story(ferry(), expires_at=NOW + timedelta(hours=1))

    assert recordings_for(original, newscast, KEEPS, now=NOW).recordings == {}
    assert network.asked == []


def test_a_connection_that_keeps_no_sounds_asks_for_none(network, original, ferry):
    recordings_for(original, story(ferry()), Policy(), now=NOW)

    assert network.asked == []


# --- again ---


def test_what_is_here_already_is_not_fetched_again(network, original, ferry):
    first = recordings_for(original, story(ferry()), KEEPS, now=NOW)

    again = recordings_for(original, story(ferry()), KEEPS, now=LATER)

    assert again == first
    assert len(network.asked_for("/sounds")) == 1


def test_another_title_arrives_without_another_file(network, original, ferry):
    recordings_for(original, story(ferry()), KEEPS, now=NOW)

    recordings_for(original, story(ferry(title="A horn")), KEEPS, now=LATER)

    assert Recording.objects.get().title == "A horn"
    assert len(network.asked_for("/sounds")) == 1


def test_another_file_of_the_same_sound_takes_the_place_of_the_first(
    original, ferry, files, django_capture_on_commit_callbacks
):
    recordings_for(original, story(ferry()), KEEPS, now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        recordings_for(original, story(ferry(file="horn.mp3")), KEEPS, now=LATER)

    assert files() == ["horn.mp3"]
    assert Recording.objects.count() == 1


# --- what cannot be had ---


def test_a_page_instead_of_a_sound_is_told(network, original, ferry, files):
    with network.suffering(HtmlInstead(honest=False), at="/sounds"):
        found = recordings_for(original, story(ferry()), KEEPS, now=NOW)

    assert found.recordings == {}
    (said,) = found.said
    assert said.startswith("No sound could be made out in “Sound of a ferry”: it is a")
    assert files() == []


def test_a_sound_that_never_ends_is_told(network, original, ferry, files, monkeypatch):
    limits = sound_files.Limits(seconds=20, length=1_000_000)
    monkeypatch.setattr(sound_files, "_LIMITS", limits)

    with network.suffering(Flood(megabytes=3), at="/sounds"):
        found = recordings_for(original, story(ferry()), KEEPS, now=NOW)

    assert "more than 1000000 bytes" in found.said[0]
    assert files() == []


def test_a_sound_that_is_away_for_now_may_come(network, original, ferry):
    with network.suffering(Unavailable(times=1), at="/sounds"):
        found = recordings_for(original, story(ferry()), KEEPS, now=NOW)
    assert found.may_come

    assert recordings_for(original, story(ferry()), KEEPS, now=LATER).recordings


def test_a_story_of_a_hundred_sounds_has_some_kept_and_says_so(
    network, original, ferry
):
    sounds = (ferry(f"sound-{each}") for each in range(100))

    found = recordings_for(original, story(*sounds), KEEPS, now=NOW)

    assert len(found.recordings) == MOST
    assert "100 sounds that we may keep, and 10 at most are kept" in found.said[0]


# --- the end ---


def test_a_sound_that_may_not_be_kept_any_more_is_gone(
    original, ferry, files, django_capture_on_commit_callbacks
):
    recordings_for(original, story(ferry()), KEEPS, now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        recordings_for(original, story(ferry(is_premium=True)), KEEPS, now=LATER)

    assert not Recording.objects.exists()
    assert files() == []


def test_of_what_was_taken_back_its_address_says_that_it_is_gone(
    original, ferry, client, django_capture_on_commit_callbacks
):
    kept = recordings_for(original, story(ferry()), KEEPS, now=NOW)
    url = kept.recordings["sound-1"].file.url
    assert client.head(url).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        end_recordings(original, because="Upstream deleted the story.", now=LATER)

    answer = client.get(url)
    assert answer.status_code == 410
    assert "has taken it back" in answer.content.decode()


def test_a_file_of_ours_that_is_called_the_same_later_is_heard(
    original, ferry, client, django_capture_on_commit_callbacks
):
    url = recordings_for(original, story(ferry()), KEEPS, now=NOW)
    url = url.recordings["sound-1"].file.url
    with django_capture_on_commit_callbacks(execute=True):
        end_recordings(original, because="Upstream deleted the story.", now=LATER)

    found = recordings_for(original, story(ferry()), KEEPS, now=LATER)

    assert found.recordings["sound-1"].file.url == url
    assert client.head(url).status_code == 200
    assert SoundLease.objects.count() == 2
