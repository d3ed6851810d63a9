"""What we show and play because its origin does, and only for as long."""

from __future__ import annotations

from django.db import models

from groundwave.pages.models import Recording
from groundwave.photos.models import Photo
from groundwave.syndication.models.original import Original


class PhotoLease(models.Model):
    """
    A photo of an upstream story in our own store.

    A reader's browser is never sent to somebody else's server for it. A leased one
    expires unless its origin is found to show it still.
    """

    original = models.ForeignKey(
        Original, on_delete=models.CASCADE, related_name="leases"
    )
    asset = models.CharField(max_length=500)
    url = models.URLField(max_length=2000)
    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="lease")
    # A photo that is kept has no end.
    is_kept = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["original", "asset", "url"],
                name="a_photo_of_an_original_is_fetched_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original}: {self.asset}"


class SoundLease(models.Model):
    """
    A sound of an upstream story that its origin lets us keep, until it takes it back.

    The row stays then, without its recording: whoever asks for the file is told that it
    is gone.
    """

    original = models.ForeignKey(
        Original, on_delete=models.CASCADE, related_name="sound_leases"
    )
    asset = models.CharField(max_length=500)
    url = models.URLField(max_length=2000)
    recording = models.OneToOneField(
        Recording, on_delete=models.SET_NULL, null=True, related_name="lease"
    )
    # As our store calls it.
    file = models.CharField(max_length=200, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["original", "asset", "url"],
                condition=models.Q(recording__isnull=False),
                name="a_sound_of_an_original_is_fetched_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original}: {self.asset}"
