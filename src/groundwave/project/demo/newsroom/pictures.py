"""Hangs the demo's drawings where the picture desk keeps its photos."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.text import slugify

from groundwave.people.models import Person, User
from groundwave.photos.models import Photo
from groundwave.photos.rights import RightsBasis
from groundwave.project.demo.newsroom.landscapes import drawn
from groundwave.project.demo.newsroom.portraits import Likeness, portrait
from groundwave.project.demo.newsroom.told import DemoPhoto


STATION = "KGND"


def hang(told: DemoPhoto, *, by: User, now: datetime) -> Photo:
    """Return *told* as a photo, with whose it is and until when it may be shown."""
    is_ours = not told.handout
    return _kept(
        Photo(
            title=told.title,
            description=told.alt,
            caption=told.caption,
            photographer=told.by,
            agency=STATION if is_ours else told.handout,
            rights_basis=RightsBasis.OWN if is_ours else RightsBasis.HANDOUT,
            rights_note=""
            if is_ours
            else "For reports of the grounding, for two days.",
            expires_at=now + told.shown_for if told.shown_for else None,
            uploaded_by_user=by,
        ),
        drawn(told.scene),
        "jpg",
    )


def hang_portrait(person: Person, of: Likeness, *, by: User) -> None:
    """Give *person* a portrait, unless somebody has."""
    if person.portrait:
        return
    photo = Photo(
        title=person.name,
        photographer="Wren Sallow",
        agency=STATION,
        rights_basis=RightsBasis.OWN,
        uploaded_by_user=by,
    )
    person.portrait = _kept(photo, portrait(of), "png")
    person.save()


def _kept(photo: Photo, picture: bytes, kind: str) -> Photo:
    name = f"{slugify(photo.title)}.{kind}"
    photo.file = ImageFile(ContentFile(picture, name=name), name=name)
    photo.full_clean()
    photo.save()
    return photo
