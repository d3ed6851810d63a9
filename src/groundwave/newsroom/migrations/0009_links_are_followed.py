"""What addresses elsewhere answered when they were followed last."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0008_style_list")]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        max_length=500, unique=True, verbose_name="address"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "status",
                    models.PositiveSmallIntegerField(null=True, verbose_name="answer"),
                ),
            ],
            options={
                "verbose_name": "followed link",
                "verbose_name_plural": "followed links",
                "default_permissions": (),
            },
        ),
    ]
