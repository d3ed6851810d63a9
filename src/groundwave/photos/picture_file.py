"""The file of a picture: what cannot be shown is refused in a sentence."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageSequence
from wagtail.images.fields import WagtailImageField


# What decoders raise over bytes that are no picture, or only the beginning of one.
DAMAGED = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
    zlib.error,
)


class PictureField(WagtailImageField):
    """A file whose every pixel can be read, and not too many of them."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.error_messages["invalid_image"] = _(
            "This picture cannot be read: it is damaged, cut off or something else. Save "
            "it again as a JPEG or PNG and upload that."
        )
        self.error_messages["file_too_many_pixels"] = _(
            "This picture has more than %(most)s megapixels. Make it smaller and upload "
            "it again."
        ) % {"most": self.max_image_pixels // 1_000_000}

    def to_python(self, data: Any) -> Any:
        try:
            if data:
                self._refuse_the_largest(data)
            file = super().to_python(data)
            if file:
                _read(file)
        except ValidationError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as many:
            raise self._refusal("file_too_many_pixels") from many
        except DAMAGED as trouble:
            raise self._refusal("invalid_image") from trouble
        return file

    def _refuse_the_largest(self, file: Any) -> None:
        """Look at what its first bytes say, before anything has to make room for it."""
        with Image.open(file) as picture:
            if picture.width * picture.height > self.max_image_pixels:
                raise self._refusal("file_too_many_pixels")
        file.seek(0)

    def check_image_pixel_size(self, file: Any) -> None:
        """Count the pixels of all its frames by what their heads say; all else is slow."""
        with Image.open(file) as picture:
            frames = getattr(picture, "n_frames", 1)
            if picture.width * picture.height * frames > self.max_image_pixels:
                raise self._refusal("file_too_many_pixels")
        file.seek(0)

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


def checked_picture(content: bytes, stem: str) -> SimpleUploadedFile:
    """
    Return *content* as an upload is kept: of a kind we show, and readable to its end.

    *stem* is what the file is called, without the suffix that says its kind.

    Raises:
        ValidationError: of which ``code`` says what is wrong; see ``PictureField``.
    """
    file = SimpleUploadedFile(f"{stem}.{_suffix(content)}", content)
    checked: SimpleUploadedFile = PictureField().to_python(file)
    return checked


def size_of(file: IO[bytes]) -> tuple[int, int]:
    """Return how many pixels wide and high a picture says that it is."""
    with Image.open(file) as picture:
        size = picture.size
    file.seek(0)
    return size


def _suffix(content: bytes) -> str:
    """Return the suffix that fits the first bytes, whatever others call the file."""
    try:
        with Image.open(BytesIO(content)) as picture:
            kind = (picture.format or "").lower()
    except (*DAMAGED, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "jpeg"  # what is wrong with it, the field says
    # Phones put several JPEGs into one.
    return "jpeg" if kind == "mpo" else kind


def _read(file: Any) -> None:
    """Read a picture to its end, as whatever shows it will."""
    with Image.open(file) as picture:
        for frame in ImageSequence.Iterator(picture):
            frame.load()
    file.seek(0)
