"""Wagtail's own table of pictures is emptied: everything points at photos by now."""

from __future__ import annotations

from importlib import import_module

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


before = import_module("groundwave.photos.migrations.0002_pictures_become_photos")


def empty(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Rows alone: files and tags are the photos' now.
    for name in ("Rendition", "Image"):
        model = apps.get_model("wagtailimages", name)
        model.objects.all()._raw_delete(schema_editor.connection.alias)


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    before.copy(
        schema_editor, "photos_photo", "wagtailimages_image", before.IMAGE, {}
    )
    before.copy(
        schema_editor,
        "photos_photorendition",
        "wagtailimages_rendition",
        before.RENDITION,
        {},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("photos", "0002_pictures_become_photos"),
        ("people", "0005_photos"),
        ("programming", "0006_photos"),
        ("stations", "0008_photos"),
    ]

    operations = [migrations.RunPython(empty, fill)]
