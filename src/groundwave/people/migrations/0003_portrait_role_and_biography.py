import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_staff_groups'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='biography',
            field=wagtail.fields.RichTextField(blank=True, verbose_name='biography'),
        ),
        migrations.AddField(
            model_name='person',
            name='portrait',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='portrait'),
        ),
        migrations.AddField(
            model_name='person',
            name='role_line',
            field=models.CharField(blank=True, help_text='What the public reads under the name: Host of Morning Light. Whoever has one, or a biography, is among the people on the site.', max_length=120, verbose_name='role line'),
        ),
    ]
