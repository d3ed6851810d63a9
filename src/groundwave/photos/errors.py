"""
What can go wrong with photos.

* ``SourceImageIOError``, which Wagtail catches wherever it shows a picture

  * ``Withheld``

* ``PhotosError``

  * ``AlreadyRevoked``
  * ``NotRevoked``
  * ``OriginalGone``
"""

from __future__ import annotations

from wagtail.images.models import SourceImageIOError

from groundwave.photos.rights import Withholding


class Withheld(SourceImageIOError):
    """The photo is not for the public."""

    def __init__(self, title: str, why: Withholding) -> None:
        super().__init__(f"{title}: {why.sentence}")
        self.why = why


class PhotosError(Exception):
    """Something about photos could not be done."""


class AlreadyRevoked(PhotosError):
    """Somebody else has revoked the photo."""


class NotRevoked(PhotosError):
    """The photo is not revoked, or no longer."""


class OriginalGone(PhotosError):
    """Whoever lent us the photo took it back, and its file was deleted."""
