"""
The station's departments: Host, Engineer, Editor, Membership, Administrator.

Wagtail's Moderators become the Editor group, which keeps what they may do with pages,
pictures and documents; Wagtail's Editors, who may not publish, go.
"""

from __future__ import annotations

from django.contrib.auth.management import create_permissions
from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


PEOPLE = ["add_person", "change_person", "delete_person", "view_person"]
USERS = ["add_user", "change_user", "delete_user", "view_user"]
GRANTS = {
    "Host": [],
    "Engineer": ["add_person", "change_person", "view_person"],
    "Editor": PEOPLE,
    "Membership": PEOPLE,
    "Administrator": [*PEOPLE, *USERS],
}


def create_groups(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")

    config = apps.get_app_config("people")
    # A historical app seems to have no models, and would be skipped.
    config.models_module = True  # type: ignore[assignment]
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    Group.objects.filter(name="Moderators").update(name="Editor")
    Group.objects.filter(name="Editors").delete()
    access = Permission.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name, codenames in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            access,
            *Permission.objects.filter(
                content_type__app_label="people", codename__in=codenames
            ),
        )
    copy_page_permissions(apps)


def copy_page_permissions(apps: StateApps) -> None:
    """Let administrators do with pages and files what editors may."""
    Group = apps.get_model("auth", "Group")
    administrators = Group.objects.get(name="Administrator")
    for model in ("GroupPagePermission", "GroupCollectionPermission"):
        Allowed = apps.get_model("wagtailcore", model)
        for allowed in Allowed.objects.filter(group__name="Editor"):
            allowed.pk = None
            allowed.group = administrators
            allowed.save()


def restore_groups(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name="Editor").update(name="Moderators")
    Group.objects.filter(name__in=GRANTS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_users_and_people"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(create_groups, restore_groups)]
