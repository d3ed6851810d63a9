"""
Pictures as files.

Laws:

* The public is sent a rendition of a photo that may be shown just now, and nothing else:
  not one whose rights have ended, and never the file as it was uploaded, which may say
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

from groundwave.people.models import User
from groundwave.photos.models import PhotoRendition


KEPT_SECONDS = 60


@require_safe
def picture_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a rendition of a photo."""
    is_public = _is_public(path, timezone.now())
    if not is_public and not _is_at_the_desk(request.user):
        raise Http404(_("There is no such picture, or it is not shown any more."))
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    kept = f"public, max-age={KEPT_SECONDS}" if is_public else "private, no-store"
    response["Cache-Control"] = kept
    return response


def _is_public(path: str, now: datetime) -> bool:
    found = PhotoRendition.objects.filter(file=path).select_related("image").first()
    if found is None or found.is_for_the_desk:
        return False
    return found.image.why_withheld(now) is None


def _is_at_the_desk(user: User | AnonymousUser) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
