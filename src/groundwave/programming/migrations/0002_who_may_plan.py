"""Who may plan the schedule: shows, episodes, slots, and single airings."""

from __future__ import annotations

from django.contrib.auth.management import create_permissions
from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _all(model: str) -> list[str]:
    return [f"{verb}_{model}" for verb in ("add", "change", "delete", "view")]


VIEW = ["view_show", "view_episode", "view_slot", "view_airing", "view_defaultshow"]
EPISODES = ["add_episode", "change_episode"]
# Whoever works the board may preempt, put back and move.
BOARD = ["add_airing", "change_airing", "add_slot", "change_slot", "delete_slot"]
PROGRAMMING = [
    *_all("show"),
    *_all("episode"),
    *_all("slot"),
    *_all("airing"),
    *_all("defaultshow"),
]
GRANTS = {
    "Host": [*VIEW, *EPISODES],
    "Engineer": [*VIEW, *BOARD],
    "Editor": PROGRAMMING,
    "Administrator": PROGRAMMING,
}


def grant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    config = apps.get_app_config("programming")
    # A historical app seems to have no models, and would be skipped.
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    for name, codenames in GRANTS.items():
        Group.objects.get(name=name).permissions.add(
            *Permission.objects.filter(
                content_type__app_label="programming", codename__in=codenames
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("programming", "0001_shows_slots_and_airings"),
        ("people", "0002_staff_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
