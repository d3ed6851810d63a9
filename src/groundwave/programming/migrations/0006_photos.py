"""A show's picture is a photo, under the number that it had."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programming', '0005_what_was_heard_stays'),
        ('photos', '0002_pictures_become_photos'),
    ]

    operations = [
        migrations.AlterField(
            model_name='show',
            name='image',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo', verbose_name='picture'),
        ),
    ]
