"""What happens to photos: the verbs that admin, commands and the worker all call."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from wagtail.log_actions import log as note

from groundwave.people.models import User
from groundwave.photos.errors import AlreadyRevoked, NotRevoked
from groundwave.photos.models import DESK_SPECS, Photo, PhotoRendition


log = structlog.get_logger(__name__)


def revoke(photo: Photo, *, by: User, reason: str, now: datetime) -> None:
    """
    Show *photo* to nobody any more, from this moment on.

    Its renditions are gone from the disk when this returns; its original is kept, where
    the public cannot fetch it.

    Raises:
        AlreadyRevoked: somebody else was first.
    """
    with transaction.atomic():
        changed = Photo.objects.filter(pk=photo.pk, revoked_at=None).update(
            revoked_at=now, revoked_by=by, revoked_reason=reason
        )
        if not changed:
            raise AlreadyRevoked(f"{photo} had been revoked already")
        _note(photo, "photos.revoke", by=by, reason=reason)
    # Only now: what is made meanwhile either is found here or finds it revoked itself.
    photo.refresh_from_db()
    for rendition in photo.renditions.all():
        rendition.delete_with_file()


@transaction.atomic
def reinstate(photo: Photo, *, by: User, reason: str) -> None:
    """
    Let *photo* be shown again, if nothing else is against it.

    Raises:
        NotRevoked: it is not revoked, or no longer.
    """
    changed = Photo.objects.filter(pk=photo.pk, revoked_at__isnull=False).update(
        revoked_at=None, revoked_by=None, revoked_reason=""
    )
    if not changed:
        raise NotRevoked(f"{photo} is not revoked")
    _note(photo, "photos.reinstate", by=by, reason=reason)
    photo.refresh_from_db()
    photo.save()  # for those who make renditions of what is saved


def clear_away_withheld(now: datetime) -> int:
    """Delete the renditions that nobody is shown at *now*; return how many there were."""
    hidden = PhotoRendition.objects.exclude(filter_spec__in=DESK_SPECS).exclude(
        image__in=Photo.objects.showable(now)
    )
    renditions = list(hidden)
    for rendition in renditions:
        rendition.delete_with_file()
    return len(renditions)


def _note(photo: Photo, action: str, *, by: User, reason: str) -> None:
    """Write it where the desk reads what was done, and where the machine's log is."""
    note(instance=photo, action=action, user=by, data={"reason": reason})
    # Why is the desk's business: the machine's log is read by others.
    log.info(action.replace(".", "_"), photo=photo.pk, by=by.pk)
