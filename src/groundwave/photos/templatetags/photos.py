"""What the desk sees of a photo at a glance."""

from __future__ import annotations

from django import template
from django.utils import timezone

from groundwave.photos.models import Photo
from groundwave.photos.rights import Withholding


register = template.Library()


@register.filter
def withheld(photo: Photo) -> Withholding | None:
    """Return why the public is not shown *photo* just now, if it is not."""
    return photo.why_withheld(timezone.now())
