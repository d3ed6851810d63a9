from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programming", "0002_who_may_plan"),
        ("pages", "0005_who_may_keep_recordings"),
    ]

    operations = [
        migrations.AddField(
            model_name="episode",
            name="audio",
            field=models.ForeignKey(
                blank=True,
                help_text="Listeners hear it on the episode's page, or in their queue.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="episodes",
                to="pages.recording",
                verbose_name="audio",
            ),
        ),
    ]
