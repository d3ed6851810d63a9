"""Sound with a beginning and an end, kept once and heard wherever it belongs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.search import index

from groundwave.audio.errors import Unmeasurable
from groundwave.audio.lending import lent
from groundwave.audio.measuring import Measured, measured
from groundwave.pages.lost_files import forget_file


KINDS = ["aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"]
MOST_BYTES = 1024 * 1024 * 1024


def is_of_recording_size(file: File[bytes]) -> None:
    if file.size > MOST_BYTES:
        sentence = _(
            "This file is larger than 1 GB, too large to listen to on a phone. "
            "Make an MP3 or M4A of it and choose that."
        )
        raise ValidationError({"file": sentence})


class Recording(index.Indexed, models.Model):
    """A sound file, whose it is, and what is said in it."""

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to="recordings/",
        validators=[FileExtensionValidator(KINDS)],
        help_text=_("MP3 or M4A plays everywhere; Ogg, FLAC and WAV nearly so."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it, and for whom: Ida Marsh for KGND."),
    )
    transcript = RichTextField(
        _("transcript"),
        blank=True,
        features=["bold", "italic", "link", "h3"],
        help_text=_(
            "What is said, or a link to it, for those who read or cannot hear."
        ),
    )
    # Learned from the file itself when it is checked.
    seconds = models.FloatField(_("length in seconds"), default=0.0, editable=False)
    media_type = models.CharField(
        _("media type"), max_length=60, blank=True, editable=False
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("credit"),
    ]

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **facts: Any) -> None:
        before = self._kept_name()
        super().save(*args, **facts)
        if before and before != self.file.name:
            forget_file(self.file.storage, before)

    def clean(self) -> None:
        if self.file and self._kept_name() != self.file.name:
            is_of_recording_size(self.file)
            facts = _facts_of(self.file.file)
            self.seconds, self.media_type = facts.seconds, facts.media_type

    def _kept_name(self) -> str | None:
        kept = type(self).objects.filter(pk=self.pk).values_list("file", flat=True)
        return kept.first()


def _facts_of(file: File[bytes]) -> Measured:
    try:
        with lent(file) as path:
            return measured(path)
    except Unmeasurable as fault:
        raise ValidationError(
            {
                "file": _(
                    "No sound could be made out in this file: %(reason)s. Choose an "
                    "MP3, M4A, AAC, Ogg, FLAC or WAV file."
                )
                % {"reason": fault}
            }
        ) from fault
