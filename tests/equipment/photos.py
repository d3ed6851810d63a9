"""Photos that may be shown, made of nothing but a color."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Pixels

from groundwave.delivery.pictures import SQUARE, WIDE
from groundwave.photos.models import Photo


def keep_photo(
    title: str = "A mast", *, width: int = 900, height: int = 900, **facts: Any
) -> Photo:
    """Return a photo of ours that anybody may see, but for what *facts* say of it."""
    file = BytesIO()
    Pixels.new("RGB", (width, height), "#0a5a6e").save(file, "PNG")
    said = {"photographer": "Ida Marsh", "agency": "KGND", "rights_basis": "own"}
    return Photo.objects.create(
        title=title,
        file=ImageFile(BytesIO(file.getvalue()), name="mast.png"),
        **(said | facts),
    )


def developed(photo: Photo) -> Photo:
    """Return *photo* once there is of it what pages show."""
    sizes = ("fill-160x160", "width-480")
    for spec in (
        SQUARE,
        WIDE,
        "max-480x120",
        *(f"{size}|format-webp" for size in sizes),
    ):
        photo.get_rendition(spec)
    return photo
