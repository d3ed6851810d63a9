from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stations', '0005_the_words_for_an_address'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='listeningsession',
            name='stations_li_station_678d47_idx',
        ),
        migrations.AddIndex(
            model_name='listeningsession',
            index=models.Index(fields=['station', 'ended_at', 'started_at'], name='session_of_a_day'),
        ),
    ]
