"""
Wagtail's pictures are carried over: same numbers, same files, same renditions.

Nobody has said yet whose they are and why they may be shown, and we do not make it up:
they are shown again once an editor has. What points at a picture (tags, the log, where
it is used, the search's index) points at the photo from then on.
"""

from __future__ import annotations

from django.apps.registry import Apps as StateApps
from django.core.management.color import no_style
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


IMAGE = [
    "id", "title", "file", "description", "width", "height", "created_at",
    "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    "file_size", "file_hash", "collection_id", "uploaded_by_user_id",
]
RENDITION = [
    "id", "filter_spec", "file", "width", "height", "focal_point_key", "image_id",
]
# What a photo has besides, in the words of somebody who knows nothing of it.
NEW: dict[str, str | bool] = {
    "caption": "", "photographer": "", "agency": "", "rights_basis": "unknown",
    "rights_note": "", "license_url": "", "revoked_reason": "", "may_be_on_pages": True,
    "may_be_on_cards": True, "may_be_in_feeds": True,
}
POINTERS = [
    ("taggit", "TaggedItem", "content_type"),
    ("wagtailcore", "ModelLogEntry", "content_type"),
    ("wagtailcore", "ReferenceIndex", "content_type"),
    ("wagtailcore", "ReferenceIndex", "base_content_type"),
    ("wagtailcore", "ReferenceIndex", "to_content_type"),
    ("wagtailsearch", "IndexEntry", "content_type"),
]


def carry_over(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    copy(schema_editor, "wagtailimages_image", "photos_photo", IMAGE, NEW)
    copy(
        schema_editor, "wagtailimages_rendition", "photos_photorendition", RENDITION, {}
    )
    go_on_counting(apps, schema_editor)
    point(apps, ("wagtailimages", "image"), ("photos", "photo"))


def carry_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # The pictures themselves are where they were: 0003 has put them back.
    point(apps, ("photos", "photo"), ("wagtailimages", "image"))


def copy(
    schema_editor: BaseDatabaseSchemaEditor,
    old: str,
    new: str,
    same: list[str],
    added: dict[str, str | bool],
) -> None:
    """Copy rows as they are; a model would date them anew, and look at every file."""
    quote = schema_editor.connection.ops.quote_name
    columns = ", ".join(map(quote, [*same, *added]))
    values = ", ".join([*map(quote, same), *("%s" for _ in added)])
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(new)} ({columns}) SELECT {values} FROM {quote(old)}",
            list(added.values()),
        )


def go_on_counting(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Number the next photo after the last one that was carried over."""
    models = [apps.get_model("photos", name) for name in ("Photo", "PhotoRendition")]
    with schema_editor.connection.cursor() as cursor:
        operations = schema_editor.connection.ops
        for statement in operations.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def point(apps: StateApps, old: tuple[str, str], new: tuple[str, str]) -> None:
    ContentType = apps.get_model("contenttypes", "ContentType")
    before = ContentType.objects.filter(app_label=old[0], model=old[1]).first()
    if before is None:
        return  # a new database, in which nothing points anywhere
    after, _ = ContentType.objects.get_or_create(app_label=new[0], model=new[1])
    for app, model, field in POINTERS:
        rows = apps.get_model(app, model).objects
        rows.filter(**{field: before}).update(**{field: after})


class Migration(migrations.Migration):
    dependencies = [
        ("photos", "0001_photos"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(carry_over, carry_back)]
