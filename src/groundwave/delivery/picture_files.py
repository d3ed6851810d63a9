"""
Pictures as files.

Laws:

* The public is sent a rendition of a photo that may be shown just now, and nothing else:
  not one whose rights have ended, nor one that a killed story alone had, and never the file as it was uploaded, which may say
  where it was taken.
* Whoever works at the desk is sent the rest.
* What somebody keeps of a photo, they ask about again after ``KEPT_SECONDS``.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve

from groundwave.newsroom.errors import StoryGone
from groundwave.newsroom.withdrawn_files import MAY_READ, kill_of_its_only_use
from groundwave.people.models import User
from groundwave.photos.models import Photo, PhotoRendition


KEPT_SECONDS = 60


@require_safe
def picture_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a rendition of a photo."""
    photo = _photo_shown(path, timezone.now())
    kill = kill_of_its_only_use(photo) if photo else None
    is_public = photo is not None and kill is None
    if kill and not request.user.has_perm(MAY_READ):
        raise StoryGone(kill.public_note, kill.at)
    if not is_public and not _is_at_the_desk(request.user):
        raise Http404(_("There is no such picture, or it is not shown any more."))
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    kept = f"public, max-age={KEPT_SECONDS}" if is_public else "private, no-store"
    response["Cache-Control"] = kept
    return response


def _photo_shown(path: str, now: datetime) -> Photo | None:
    """Return the photo whose rendition for readers that is, if it may be shown."""
    found = PhotoRendition.objects.filter(file=path).select_related("image").first()
    if found is None or found.is_for_the_desk or found.image.why_withheld(now):
        return None
    photo: Photo = found.image
    return photo


def _is_at_the_desk(user: User | AnonymousUser) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
