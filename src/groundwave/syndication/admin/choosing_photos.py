"""What is offered where a photo is chosen."""

from __future__ import annotations

from django.http import HttpRequest

from groundwave.photos.models import PhotoQuerySet


def without_photos_of_others(
    photos: PhotoQuerySet, request: HttpRequest
) -> PhotoQuerySet:
    """
    Leave out what came with somebody's story: it is shown by leave, and there alone.

    Where it stands already it stays; its origin takes it back from everywhere.
    """
    of_ours: PhotoQuerySet = photos.filter(lease=None)
    return of_ours
