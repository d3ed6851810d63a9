"""What was heard stays with its station; slots last a day and have one part at a time."""

from __future__ import annotations

import django.core.validators
import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, OuterRef

import groundwave.programming.models.slot


def tidy(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep the newest of parts that begin together; end what lasts longer than a day."""
    Slot = apps.get_model("programming", "Slot")
    newer = Slot.objects.filter(
        uid=OuterRef("uid"), starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk")
    )
    Slot.objects.filter(Exists(newer)).delete()
    Slot.objects.filter(minutes__gt=24 * 60).update(minutes=24 * 60)


class Migration(migrations.Migration):
    dependencies = [("programming", "0004_shows_retire_and_history_stays")]

    operations = [
        migrations.RemoveConstraint(
            model_name="slot", name="slot_lasts_a_minute_to_a_week"
        ),
        migrations.RunPython(tidy, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="airing",
            name="station",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="airings",
                to="stations.station",
                verbose_name="station",
            ),
        ),
        migrations.AlterField(
            model_name="slot",
            name="minutes",
            field=models.PositiveSmallIntegerField(
                help_text="By the wall clock; it may go past midnight.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(
                        1440,
                        "A slot lasts 24 hours at most. Plan what goes on in a second "
                        "slot.",
                    ),
                ],
                verbose_name="minutes",
            ),
        ),
        migrations.AlterField(
            model_name="slot",
            name="starts_on",
            field=models.DateField(
                help_text="Every second week and the like is counted from here.",
                validators=[groundwave.programming.models.slot.is_in_reach],
                verbose_name="first date",
            ),
        ),
        migrations.AlterField(
            model_name="slot",
            name="until",
            field=models.DateField(
                blank=True,
                null=True,
                validators=[groundwave.programming.models.slot.is_in_reach],
                verbose_name="last date",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=1440),
                name="slot_lasts_a_minute_to_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                fields=["uid", "starts_on"],
                name="slot_has_one_part_from_a_date_on",
                violation_error_message=(
                    "Another part of this slot begins on that date. Change that one."
                ),
            ),
        ),
    ]
