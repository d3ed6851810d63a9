"""What happens to photos: the verbs that admin, commands and the worker all call."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from wagtail.log_actions import log as note

from groundwave.people.models import User
from groundwave.photos.errors import AlreadyRevoked, NotRevoked, OriginalGone
from groundwave.photos.models import DESK_SPECS, Photo, PhotoRendition


# The others would have the file opened, which may be gone.
_DECIDED = ("revoked_at", "revoked_by", "revoked_reason")

log = structlog.get_logger(__name__)


def revoke(photo: Photo, *, by: User | None, reason: str, now: datetime) -> None:
    """
    Show *photo* to nobody any more, from this moment on.

    Its renditions are gone from the disk when this returns; its original is kept, where
    the public cannot fetch it.

    *by* is None if nobody of ours decided it, but whoever lent it to us.

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
    photo.refresh_from_db(fields=_DECIDED)
    for rendition in photo.renditions.all():
        rendition.delete_with_file()


@transaction.atomic
def reinstate(photo: Photo, *, by: User, reason: str) -> None:
    """
    Let *photo* be shown again, if nothing else is against it.

    Raises:
        NotRevoked: it is not revoked, or no longer.
        OriginalGone: there is nothing that could be shown.
    """
    if not photo.has_original:
        raise OriginalGone(f"the file of {photo} was deleted")
    changed = Photo.objects.filter(pk=photo.pk, revoked_at__isnull=False).update(
        revoked_at=None, revoked_by=None, revoked_reason=""
    )
    if not changed:
        raise NotRevoked(f"{photo} is not revoked")
    _note(photo, "photos.reinstate", by=by, reason=reason)
    photo.refresh_from_db(fields=_DECIDED)
    photo.save()  # for those who make renditions of what is saved


def clear_away_withheld(now: datetime) -> int:
    """Delete the renditions that nobody is shown at *now*; return how many there were."""
    # Not "of those that are not showable": that would be to look at every rendition.
    withheld = Photo.objects.exclude(pk__in=Photo.objects.showable(now).values("pk"))
    hidden = PhotoRendition.objects.filter(image__in=withheld.values("pk"))
    renditions = list(hidden.exclude(filter_spec__in=DESK_SPECS))
    for rendition in renditions:
        rendition.delete_with_file()
    return len(renditions)


def _note(photo: Photo, action: str, *, by: User | None, reason: str) -> None:
    """Write it where the desk reads what was done, and where the machine's log is."""
    note(instance=photo, action=action, user=by, data={"reason": reason})
    # Why is the desk's business: the machine's log is read by others.
    log.info(action.replace(".", "_"), photo=photo.pk, by=by and by.pk)
