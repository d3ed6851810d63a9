"""Who may see the air, work it, and let encoders on it."""

from __future__ import annotations

from django.contrib.auth.management import create_permissions
from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


KEYS = ["add_sourcekey", "change_sourcekey", "view_sourcekey"]
STATIONS = ["add_station", "change_station", "view_station"]
LICENSEES = ["add_licensee", "change_licensee", "view_licensee"]
SETTINGS = ["change_transmission", "view_transmission"]
GRANTS = {
    "Host": ["watch_the_air"],
    "Engineer": ["watch_the_air", "work_the_air", *KEYS, *STATIONS, *SETTINGS],
    "Administrator": [
        "watch_the_air",
        "work_the_air",
        *KEYS,
        *STATIONS,
        "delete_station",
        *LICENSEES,
        *SETTINGS,
    ],
}


def grant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    config = apps.get_app_config("stations")
    # A historical app seems to have no models, and would be skipped.
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    for name, codenames in GRANTS.items():
        Group.objects.get(name=name).permissions.add(
            *Permission.objects.filter(
                content_type__app_label="stations", codename__in=codenames
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0001_stations_mounts_and_keys"),
        ("people", "0002_staff_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
