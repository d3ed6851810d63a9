"""Who may keep recordings: those who make episodes and pages."""

from __future__ import annotations

from django.contrib.auth.management import create_permissions
from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


ALL = ["add_recording", "change_recording", "delete_recording", "view_recording"]
GRANTS = {
    "Host": ["add_recording", "change_recording", "view_recording"],
    "Editor": ALL,
    "Administrator": ALL,
}


def grant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    config = apps.get_app_config("pages")
    # A historical app seems to have no models, and would be skipped.
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    for name, codenames in GRANTS.items():
        # A station may have renamed a group, or done away with it.
        if group := Group.objects.filter(name=name).first():
            group.permissions.add(
                *Permission.objects.filter(
                    content_type__app_label="pages", codename__in=codenames
                )
            )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0004_recordings"),
        ("people", "0002_staff_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
