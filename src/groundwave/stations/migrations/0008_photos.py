"""The logo is a photo, under the number that its picture had."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stations', '0007_when_the_tape_begins'),
        ('photos', '0002_pictures_become_photos'),
    ]

    operations = [
        migrations.AlterField(
            model_name='licensee',
            name='logo',
            field=models.ForeignKey(blank=True, help_text='Shown beside the name on every page. Best is a PNG with a clear background, at least 200 pixels high, that can be seen by day and by night.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo', verbose_name='logo'),
        ),
    ]
