"""Who may revoke photos: those who decide what is published."""

from __future__ import annotations

from django.contrib.auth.management import create_permissions
from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def grant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    config = apps.get_app_config("photos")
    # A historical app seems to have no models, and would be skipped.
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    revoke = Permission.objects.get(
        content_type__app_label="photos", codename="revoke_photo"
    )
    # A station may have renamed a group, or done away with it.
    for group in Group.objects.filter(name__in=["Editor", "Administrator"]):
        group.permissions.add(revoke)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_staff_groups"),
        ("photos", "0003_one_place_for_pictures"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
