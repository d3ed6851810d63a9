"""The site begins at a home page of ours, named for the licensee if there is one."""

from __future__ import annotations

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create_home_page(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("pages", "HomePage")
    Licensee = apps.get_model("stations", "Licensee")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")

    Page.objects.filter(slug="home", depth=2, content_type__model="page").delete()

    licensee = Licensee.objects.first()
    title = licensee.name if licensee else "Home"
    content_type, _ = ContentType.objects.get_or_create(
        app_label="pages", model="homepage"
    )
    home = HomePage.objects.create(
        title=title,
        draft_title=title,
        slug="home",
        content_type=content_type,
        locale=Locale.objects.first(),
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_home_page"),
        ("stations", "0001_stations_mounts_and_keys"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(create_home_page, migrations.RunPython.noop)]
