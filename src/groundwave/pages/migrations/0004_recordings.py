from __future__ import annotations

import django.core.validators
import modelsearch.index
import wagtail.fields
from django.db import migrations, models


_BODY = {
    "block_lookup": {
        0: ("wagtail.blocks.RichTextBlock", (), {"features": ["bold", "italic", "link", "ol", "ul", "h2", "h3", "hr"], "label": "text"}),
        1: ("wagtail.images.blocks.ImageBlock", [], {"label": "picture"}),
        2: ("wagtail.blocks.CharBlock", (), {"label": "caption", "max_length": 300, "required": False}),
        3: ("wagtail.blocks.CharBlock", (), {"help_text": "Who took it, and for whom.", "label": "credit", "max_length": 120, "required": False}),
        4: ("wagtail.blocks.StructBlock", [[("image", 1), ("caption", 2), ("credit", 3)]], {}),
        5: ("wagtail.blocks.TextBlock", (), {"label": "quotation"}),
        6: ("wagtail.blocks.CharBlock", (), {"label": "whose words", "max_length": 120, "required": False}),
        7: ("wagtail.blocks.StructBlock", [[("quote", 5), ("who", 6)]], {}),
        8: ("groundwave.pages.recording_chooser.RecordingChooserBlock", (), {"label": "recording"}),
        9: ("wagtail.blocks.CharBlock", (), {"help_text": "Only if it is to be called something else here.", "label": "title", "max_length": 200, "required": False}),
        10: ("wagtail.blocks.StructBlock", [[("recording", 8), ("title", 9)]], {}),
    },
    "blank": True,
    "verbose_name": "text",
}
_BLOCKS = [("text", 0), ("picture", 4), ("quote", 7), ("audio", 10)]


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_sections_and_plain_pages")]

    operations = [
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("file", models.FileField(help_text="MP3 or M4A plays everywhere; Ogg, FLAC and WAV nearly so.", upload_to="recordings/", validators=[django.core.validators.FileExtensionValidator(["aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"])], verbose_name="file")),
                ("credit", models.CharField(blank=True, help_text="Who made it, and for whom: Ida Marsh for KGND.", max_length=200, verbose_name="credit")),
                ("transcript", wagtail.fields.RichTextField(blank=True, help_text="What is said, or a link to it, for those who read or cannot hear.", verbose_name="transcript")),
                ("seconds", models.FloatField(default=0.0, editable=False, verbose_name="length in seconds")),
                ("media_type", models.CharField(blank=True, editable=False, max_length=60, verbose_name="media type")),
            ],
            options={
                "verbose_name": "recording",
                "verbose_name_plural": "recordings",
                "ordering": ["-pk"],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name="sectionpage",
            name="body",
            field=wagtail.fields.StreamField(_BLOCKS, **_BODY),
        ),
        migrations.AlterField(
            model_name="plainpage",
            name="body",
            field=wagtail.fields.StreamField(_BLOCKS, **_BODY),
        ),
    ]
