from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stations', '0006_sessions_are_found_by_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='station',
            name='tape_begins_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='tape begins'),
        ),
    ]
