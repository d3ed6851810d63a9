from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programming", "0003_episode_audio")]

    operations = [
        migrations.AddField(
            model_name="show",
            name="retired_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="retired"
            ),
        ),
        migrations.AlterField(
            model_name="airing",
            name="show",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="airings",
                to="programming.show",
                verbose_name="show",
            ),
        ),
        migrations.AlterField(
            model_name="slot",
            name="boundary",
            field=models.CharField(
                choices=[
                    ("hard", "on the second"),
                    ("soft", "when what is on has ended"),
                ],
                default="hard",
                help_text=(
                    "Where what comes before may run over, listeners read “about 8 p.m.”."
                ),
                max_length=4,
                verbose_name="begins",
            ),
        ),
    ]
