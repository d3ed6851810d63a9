"""An upgrade carries Wagtail's pictures over, and loses nothing that was known of them."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from taggit.models import Tag, TaggedItem
from wagtail.images.models import Image, Rendition
from wagtail.models import ReferenceIndex

from groundwave.people.models import User
from groundwave.photos.models import Photo
from groundwave.photos.rights import Withholding


pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 2, 29, 12, tzinfo=UTC)
carrying = import_module("groundwave.photos.migrations.0002_pictures_become_photos")
emptying = import_module("groundwave.photos.migrations.0003_one_place_for_pictures")


@pytest.fixture
def picture():
    ada = User.objects.create_user("ada@kgnd.example", "along the ground")
    picture = Image.objects.create(
        pk=40,
        title="Odetta",
        description="At the desk",
        file="original_images/odetta.jpg",
        width=900,
        height=600,
        uploaded_by_user=ada,
        focal_point_x=7,
    )
    Image.objects.update(created_at=LONG_AGO)
    Rendition.objects.create(
        image=picture, filter_spec="width-30", file="images/o.jpg", width=30, height=20
    )
    kind = ContentType.objects.get_for_model(Image)
    host = Tag.objects.create(name="host", slug="host")
    TaggedItem.objects.create(tag=host, object_id=40, content_type=kind)
    person = ContentType.objects.get(app_label="people", model="person")
    ReferenceIndex.objects.create(
        base_content_type=person,
        content_type=person,
        object_id="1",
        to_content_type=kind,
        to_object_id="40",
        model_path="portrait",
        content_path="portrait",
        content_path_hash="4e4b0d3b-c8a3-5a33-8a8b-d1c2a1d2a1d2",
    )
    return picture


def carry_over():
    carrying.carry_over(apps, connection.schema_editor())
    emptying.empty(apps, connection.schema_editor())


def test_a_picture_is_a_photo_under_its_number_and_with_its_file(picture):
    carry_over()

    photo = Photo.objects.get()
    assert (photo.pk, photo.title, photo.description) == (40, "Odetta", "At the desk")
    assert photo.file.name == "original_images/odetta.jpg"
    assert (photo.width, photo.height, photo.focal_point_x) == (900, 600, 7)
    assert (photo.created_at, photo.uploaded_by_user.email) == (
        LONG_AGO,
        "ada@kgnd.example",
    )
    assert photo.renditions.get().file.name == "images/o.jpg"
    assert not Image.objects.exists()
    assert not Rendition.objects.exists()


def test_what_pointed_at_it_still_does(picture):
    carry_over()

    photo = Photo.objects.get()
    assert [tag.name for tag in photo.tags.all()] == ["host"]
    assert photo.get_usage().count() == 1


def test_nobody_is_credited_by_guessing(picture):
    carry_over()

    photo = Photo.objects.get()
    assert photo.credit == ""
    assert photo.rights_basis == "unknown"
    assert photo.why_withheld(LONG_AGO) is Withholding.UNCREDITED


def test_the_way_back_is_open(picture):
    carry_over()

    emptying.fill(apps, connection.schema_editor())
    carrying.carry_back(apps, connection.schema_editor())

    assert Image.objects.get().file.name == "original_images/odetta.jpg"
    assert Rendition.objects.get().image_id == 40
    assert TaggedItem.objects.get().content_type.app_label == "wagtailimages"
