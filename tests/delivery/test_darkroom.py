"""Pictures are made by the worker, and never while a reader waits."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from django.core.management import call_command

from equipment.photos import keep_photo
from equipment.whole_station import picture
from groundwave.delivery.darkroom import develop, develop_the_rest
from groundwave.delivery.pictures import ALL_SPECS, unmade
from groundwave.pages.models import HomePage, PlainPage
from groundwave.photos.models import Photo, PhotoRendition
from groundwave.programming.models import Show
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    """Do all that waits for the worker, which takes over what Ctrl-C does meanwhile."""
    taken = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    before = {each: signal.getsignal(each) for each in taken}
    yield lambda: call_command(
        "db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0
    )
    for each, handler in before.items():
        signal.signal(each, handler)


def saved(found: Photo, commit) -> Photo:
    with commit(execute=True):
        found.save()
    return found


def test_a_picture_that_is_saved_is_made_in_every_size_by_the_worker(
    worker, django_capture_on_commit_callbacks
):
    found = saved(keep_photo(), django_capture_on_commit_callbacks)
    assert unmade(found) == list(ALL_SPECS)

    worker()

    assert unmade(found) == []


def test_a_picture_that_is_cut_elsewhere_is_made_again_where_that_shows(
    worker, django_capture_on_commit_callbacks
):
    found = picture(pixels=300, height=100)
    found.focal_point_x = found.focal_point_y = 20
    found.focal_point_width = found.focal_point_height = 10
    saved(found, django_capture_on_commit_callbacks)
    assert unmade(found)
    assert "max-480x120" not in unmade(found)

    worker()

    assert unmade(found) == []


def test_pictures_of_before_a_release_with_other_sizes_are_made_up_for(worker):
    old, whole = keep_photo(), picture()
    before = whole.renditions.count()

    develop_the_rest.enqueue()
    worker()

    assert unmade(old) == []
    assert whole.renditions.count() == before


# Wagtail leaves the temporary file open into which it would have drawn.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_that_is_gone_before_its_turn_troubles_nobody(kgnd):
    deleted, lost = keep_photo(), keep_photo()
    number = deleted.pk
    deleted.delete()
    lost.file.storage.delete(lost.file.name)

    develop.call(number)
    develop.call(lost.pk)

    assert len(unmade(lost)) == len(ALL_SPECS)


# Wagtail leaves the temporary file open into which it would have drawn.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_whose_file_is_spoiled_keeps_no_other_waiting(worker):
    spoiled, whole = keep_photo(), keep_photo()
    Path(spoiled.file.path).write_bytes(b"This is no picture.")

    develop_the_rest.enqueue()
    worker()

    assert unmade(spoiled) == list(ALL_SPECS)
    assert unmade(whole) == []


@pytest.fixture
def pictured(week):
    """A site with a picture in every place that has one, just uploaded."""
    Licensee.objects.update(logo=keep_photo("Logo"))
    Show.objects.filter(slug="morning-light").update(image=keep_photo())
    week["ida"].portrait = keep_photo("Ida Marsh")
    week["ida"].save()
    who = PlainPage(title="Who we are", slug="who-we-are")
    mast = {"image": keep_photo(), "decorative": False, "alt_text": "A mast"}
    who.body = [("picture", {"image": mast, "caption": "Our mast", "credit": "Ida"})]
    HomePage.objects.get().add_child(instance=who)
    return [
        "/",
        "/shows/",
        "/shows/morning-light/",
        "/people/",
        "/people/ida-marsh/",
        "/who-we-are/",
        "/stations/kgnd/guide.json",
        "/api/spinitron/shows",
        "/api/spinitron/personas",
    ]


def test_no_readers_request_makes_a_picture_or_shows_what_was_uploaded(
    client, pictured
):
    for path in pictured:
        answer = client.get(path)
        assert answer.status_code == 200
        assert "/media/" not in answer.content.decode(), path

    assert not PhotoRendition.objects.exists()


def test_what_has_been_made_is_shown_also_while_more_is_being_made(client, pictured):
    for each in Photo.objects.all():
        each.get_rendition("width-480|format-webp")
        each.get_rendition("fill-160x160|format-webp")

    for path in ("/shows/morning-light/", "/people/ida-marsh/", "/who-we-are/"):
        page = client.get(path).content.decode()
        found = re.findall(r"<picture>(.*?)</picture>", page, re.DOTALL)
        assert found, path
        for each in found:
            assert each.count(".webp ") == 1, path
            assert "avif" not in each, path
