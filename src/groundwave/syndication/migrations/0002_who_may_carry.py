"""Who may carry: administrators arrange it, editors decide about what comes."""

from __future__ import annotations

from django.contrib.auth.management import create_permissions
from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


SEEN = [
    "view_connection",
    "view_dispatch",
    "view_network",
    "view_outcome",
    "view_partner",
    "view_poll",
]
STORIES = ["add_original", "change_original", "view_original"]
ARRANGED = [
    f"{verb}_{model}"
    for verb in ("add", "change", "delete")
    for model in ("connection", "network", "partner")
]
GRANTS = {
    "Editor": [*SEEN, *STORIES],
    "Administrator": [*SEEN, *STORIES, *ARRANGED],
}


def grant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    config = apps.get_app_config("syndication")
    # A historical app seems to have no models, and would be skipped.
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    for name, codenames in GRANTS.items():
        # A station may have renamed a group, or done away with it.
        if group := Group.objects.filter(name=name).first():
            group.permissions.add(
                *Permission.objects.filter(
                    content_type__app_label="syndication", codename__in=codenames
                )
            )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_staff_groups"),
        ("syndication", "0001_carrying_the_network"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
