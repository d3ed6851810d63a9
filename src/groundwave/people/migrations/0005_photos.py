"""A portrait is a photo, under the number that its picture had."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_membership_only_looks'),
        ('photos', '0002_pictures_become_photos'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='portrait',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='photos.photo', verbose_name='portrait'),
        ),
    ]
