"""
Membership sees who people are and changes none of them.

It has no pages of its own yet; hosts and their biographies are others' to look after.
"""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


CHANGES = ["add_person", "change_person", "delete_person"]


def take_away(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    membership, changes = _of(apps)
    # A station may have renamed the group, or done away with it.
    if membership:
        membership.permissions.remove(*changes)


def give_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    membership, changes = _of(apps)
    if membership:
        membership.permissions.add(*changes)


def _of(apps: StateApps) -> tuple[Any, Any]:
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    changes = Permission.objects.filter(
        content_type__app_label="people", codename__in=CHANGES
    )
    return Group.objects.filter(name="Membership").first(), changes


class Migration(migrations.Migration):
    dependencies = [("people", "0003_portrait_role_and_biography")]

    operations = [migrations.RunPython(take_away, give_back)]
