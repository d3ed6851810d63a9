"""What readers were told of a change is never changed and never deleted."""

from __future__ import annotations

from django.db import migrations

from groundwave.newsroom.migrations import _guards


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0006_documents_and_what_is_elsewhere"),
    ]

    operations = [
        migrations.RunPython(_guards.put_up_for_updates, _guards.take_down_for_updates),
    ]
