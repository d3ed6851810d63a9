"""
The darkroom: every picture in all sizes that pages show, made by the worker.

Laws:

* A picture is developed once it is saved, and so is one that was saved with another
  file or another focal point. What is there already is not made again.
* When the worker starts, it looks for pictures that lack a size: those of before a
  release that shows others, and those whose turn was lost.
* Everything else that waits for the worker goes before it.
"""

from __future__ import annotations

import structlog
from django.db import transaction
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from groundwave.delivery.pictures import unmade


# Several seconds of work for each picture; the index of the search is not to wait.
_AFTER_ALL_ELSE = -50
_AT_ONCE = 200

log = structlog.get_logger(__name__)


@task(priority=_AFTER_ALL_ELSE)
def develop(pk: int) -> None:
    """Make what is missing of one picture."""
    picture = get_image_model().objects.filter(pk=pk).first()
    if picture is None:
        return  # deleted meanwhile
    try:
        for spec in unmade(picture):
            picture.get_rendition(spec)
    except OSError as trouble:  # gone, no picture after all, or it ends too early
        log.warning("picture_not_made", picture=picture.title, because=str(trouble))


@task(priority=_AFTER_ALL_ELSE)
def develop_the_rest() -> None:
    """Have every picture developed that lacks something."""
    pictures = get_image_model().objects.prefetch_related("renditions")
    for picture in pictures.iterator(chunk_size=_AT_ONCE):
        if unmade(picture):
            develop.enqueue(picture.pk)


def develop_saved(instance: AbstractImage, **_: object) -> None:
    """Have a picture developed that was just saved."""
    transaction.on_commit(lambda: develop.enqueue(instance.pk))
