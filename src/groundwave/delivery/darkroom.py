"""
The darkroom: every picture in all sizes that pages show, made by the worker.

Laws:

* A picture is developed once it is saved, and so is one that was saved with another
  file or another focal point. What is there already is not made again.
* Nothing is made of a photo that the public may not see.
* When the worker starts, it looks for pictures that lack a size: those of before a
  release that shows others, and those whose turn was lost.
* Everything else that waits for the worker goes before it.
"""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from groundwave.delivery.pictures import unmade
from groundwave.photos.errors import Withheld
from groundwave.photos.models import Photo


# Several seconds of work for each picture; the index of the search is not to wait.
_AFTER_ALL_ELSE = -50
_AT_ONCE = 200

log = structlog.get_logger(__name__)


@task(priority=_AFTER_ALL_ELSE)
def develop(pk: int) -> None:
    """Make what is missing of one picture."""
    picture = Photo.objects.showable(timezone.now()).filter(pk=pk).first()
    if picture is None:
        return  # deleted meanwhile, or shown to nobody
    try:
        for spec in unmade(picture):
            picture.get_rendition(spec)
    except Withheld:
        return  # since just now
    except OSError as trouble:  # gone, no picture after all, or it ends too early
        log.warning("picture_not_made", picture=picture.title, because=str(trouble))


@task(priority=_AFTER_ALL_ELSE)
def develop_the_rest() -> None:
    """Have every picture developed that lacks something."""
    showable = Photo.objects.showable(timezone.now())
    pictures = showable.prefetch_related("renditions")
    for picture in pictures.iterator(chunk_size=_AT_ONCE):
        if unmade(picture):
            develop.enqueue(picture.pk)


def develop_saved(instance: Photo, **_: object) -> None:
    """Have a picture developed that was just saved."""
    transaction.on_commit(lambda: develop.enqueue(instance.pk))
