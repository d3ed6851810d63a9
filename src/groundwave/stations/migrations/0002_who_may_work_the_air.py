"""Who may see the air, work it, and let encoders on it."""

from __future__ import annotations

from django.contrib.auth.management import create_permissions
from django.db import migrations


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


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    config = apps.get_app_config("stations")
    config.models_module = True
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
