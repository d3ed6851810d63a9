"""
Pictures of upstream stories, in our photo library for as long as their origin shows them.

Laws:

* A reader's browser never asks the origin: what may be shown is fetched, once, by us.
* What is leased ends by itself ``LEASE`` after upstream was last found to show it,
  whatever happens to us or to upstream in the meantime.
* What upstream takes back is gone with its file: nobody here has a right to it. So it
  goes from wherever else an editor has put it.
* What the desk has revoked stays away, whatever upstream shows.
* A picture that cannot be had takes nothing else with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from groundwave.pages.lost_files import forget_file
from groundwave.photos.actions import revoke
from groundwave.photos.errors import AlreadyRevoked
from groundwave.photos.models import Photo
from groundwave.photos.picture_file import size_of
from groundwave.photos.rights import RightsBasis
from groundwave.syndication.carrying.origins import NotHad, Origins
from groundwave.syndication.carrying.picture_files import (
    address_of,
    fetched_picture,
    name_of,
)
from groundwave.syndication.incoming import Gallery, Incoming, Photo as Theirs
from groundwave.syndication.models import Original, PhotoLease
from groundwave.syndication.rights import Policy, Treatment, verdict_on_photo


LEASE = timedelta(days=8)
"""
For how long a picture is shown that nobody has confirmed.

An upstream that is away from Friday evening until Tuesday morning loses us none, not even
of an archived story, which is checked every third day (``polling.timetable``).
"""

RENEWED = LEASE / 2
"""
How old what confirms one may be before all are renewed.

Longer than the pause between two checks: by then there is a confirmation since.
"""

MOST = 100
"""Of one story; one with more is no story."""

# What the desk has added stands for as long as upstream says nothing.
_ADDED = ("caption", "description")
_LONGEST = {
    "title": 255,
    "caption": 1000,
    "description": 255,
    "photographer": 120,
    "agency": 120,
    "rights_note": 300,
}


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pictures:
    """
    What there is of a story's pictures.

    Attributes:
        photos: by the upstream id of each.
        said: why others are not among them, in sentences for an editor.
        may_come: whether one of those may be there when it is asked for again.
    """

    photos: Mapping[str, Photo]
    said: tuple[str, ...] = ()
    may_come: bool = False


def photos_for(
    original: Original, story: Incoming, policy: Policy, *, now: datetime
) -> Pictures:
    """
    Return the pictures of *story* that *policy* allows, fetched if they are new here.

    What *original* had before and is not among them is gone when this returns. Do not
    call it in a transaction: other people's servers are waited for.
    """
    photos: dict[str, Photo] = {}
    said: list[str] = []
    may_come = False
    origins = Origins()
    shown = _shown(story, policy)
    for theirs in shown[:MOST]:
        try:
            photos[theirs.id] = _photo_of(original, theirs, policy, origins, now)
        except NotHad as trouble:
            said.append(str(trouble))
            may_come |= trouble.may_come
    if len(shown) > MOST:
        said.append(_too_many(len(shown)))
    because = _("Upstream does not show it any more.")
    _end_all(_leases(original).exclude(photo__in=photos.values()), because, now)
    return Pictures(photos, tuple(said), may_come)


def renew_leases(now: datetime) -> int:
    """
    Move on the ends of all that upstream was found to show since they were last moved.

    That is done for all of them at once, as soon as one has to be: with each write all
    pages are made anew. Returns how many were moved.
    """
    leases = PhotoLease.objects.filter(
        is_kept=False,
        photo__revoked_at=None,
        original__gone_at=None,
        original__checked_at__gt=F("confirmed_at"),
    )
    if not leases.filter(confirmed_at__lte=now - RENEWED).exists():
        return 0
    leased = Photo.objects.filter(lease__in=leases)
    lapsed = list(leased.filter(expires_at__lte=now).values_list("pk", flat=True))
    checked = Original.objects.values("checked_at")
    end = Subquery(checked.filter(leases__photo=OuterRef("pk"))) + LEASE
    with transaction.atomic():
        leased.update(expires_at=ExpressionWrapper(end, output_field=DateTimeField()))
        moved: int = leases.update(
            confirmed_at=Subquery(checked.filter(leases=OuterRef("pk")))
        )
    for photo in Photo.objects.filter(pk__in=lapsed):
        photo.save()  # for those who make renditions of what is saved
    return moved


def end_leases(original: Original, *, because: str, now: datetime) -> None:
    """
    Show none of its pictures any more and keep none of their files.

    *because* stands in the desk's log.
    """
    _end_all(_leases(original), because, now)


def _shown(story: Incoming, policy: Policy) -> list[Theirs]:
    """Return the pictures that may be here, each once, in their order."""
    found: dict[str, Theirs] = {}
    for each in _pictures_in(story):
        if verdict_on_photo(each, policy).treatment >= Treatment.SHOW:
            found.setdefault(each.id, each)
    return list(found.values())


def _pictures_in(story: Incoming) -> Iterator[Theirs]:
    if story.lead:
        yield story.lead
    for block in story.blocks:
        match block:
            case Theirs():
                yield block
            case Gallery():
                yield from block.photos
            case _:
                pass


def _photo_of(
    original: Original,
    theirs: Theirs,
    policy: Policy,
    origins: Origins,
    now: datetime,
) -> Photo:
    """Return our photo of *theirs*; raise NotHad."""
    url = address_of(theirs)
    is_kept = verdict_on_photo(theirs, policy).treatment is Treatment.COPY
    leases = _leases(original).filter(asset=theirs.id)
    if revoked := leases.filter(photo__revoked_at__isnull=False).first():
        return revoked.photo
    if lease := leases.filter(url=url).first():
        return _brought_up_to_date(lease, theirs, is_kept=is_kept, now=now)
    file = fetched_picture(theirs, url, origins)
    # Told what it measures, the library does not decode it once more to find out.
    width, height = size_of(file)
    photo = Photo(
        file=file,
        width=width,
        height=height,
        rights_basis=RightsBasis.LICENSED,
        **_said_of(theirs, original),
        **_terms(is_kept=is_kept, now=now),
    )
    with transaction.atomic():
        photo.save()
        PhotoLease.objects.create(
            original=original,
            asset=theirs.id,
            url=url,
            photo=photo,
            is_kept=is_kept,
            confirmed_at=now,
        )
    return photo


def _brought_up_to_date(
    lease: PhotoLease, theirs: Theirs, *, is_kept: bool, now: datetime
) -> Photo:
    """Return the photo of *lease*, with what upstream says of it now."""
    photo: Photo = lease.photo
    said = _said_of(theirs, lease.original)
    facts = {name: each for name, each in said.items() if each or name not in _ADDED}
    if is_kept != lease.is_kept:
        facts |= _terms(is_kept=is_kept, now=now)
        lease.is_kept = is_kept
        lease.save(update_fields=["is_kept"])
    if any(getattr(photo, name) != each for name, each in facts.items()):
        for name, each in facts.items():
            setattr(photo, name, each)
        photo.save()
    return photo


def _said_of(theirs: Theirs, original: Original) -> dict[str, Any]:
    """Return what the library says of the photo, whose words are upstream's."""
    note = _("Shown by leave of %(upstream)s, as part of %(document)s.") % {
        "upstream": original.connection.name,
        "document": original.upstream_id,
    }
    facts = {
        "title": name_of(theirs),
        "caption": theirs.caption,
        "description": theirs.alt_text,
        "photographer": theirs.photographer,
        "agency": theirs.agency,
        "rights_note": note,
    }
    return {
        name: Truncator(words).chars(_LONGEST[name]) for name, words in facts.items()
    }


def _terms(*, is_kept: bool, now: datetime) -> dict[str, Any]:
    """Return where it may be shown and until when: a leased one is not ours to pass on."""
    return {
        "may_be_on_cards": is_kept,
        "may_be_in_feeds": is_kept,
        "expires_at": None if is_kept else now + LEASE,
    }


def _leases(original: Original) -> QuerySet[PhotoLease]:
    return original.leases.select_related("photo", "original__connection")


def _end_all(leases: Iterable[PhotoLease], because: str, now: datetime) -> None:
    for lease in leases:
        _end(lease, because, now)


def _end(lease: PhotoLease, because: str, now: datetime) -> None:
    photo: Photo = lease.photo
    try:
        with suppress(AlreadyRevoked):
            revoke(photo, by=None, reason=because[:300], now=now)
        for rendition in photo.renditions.all():
            rendition.delete_with_file()
    except OSError as trouble:
        # Shown to nobody any more; the rest is done by ``end_what_is_left``.
        log.warning("picture_not_ended", photo=photo.pk, because=str(trouble))
        return
    photo.refresh_from_db(fields=["revoked_by"])
    if photo.revoked_by_id is None:  # of what the desk revoked the lease reminds us
        lease.delete()
    forget_file(photo.file.storage, photo.file.name)


def _too_many(count: int) -> str:
    return _(
        "The story has %(count)s pictures, and %(most)s at most are taken over. Link to "
        "the original if readers need the others."
    ) % {"count": count, "most": MOST}
