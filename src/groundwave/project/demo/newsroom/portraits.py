"""Portraits of people who are not there: a head, shoulders and hair, in flat color."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw


PIXELS = 640
FINER = 2


@dataclass(frozen=True)
class Likeness:
    """The colors of a portrait, and how long the hair is: 0 to 1."""

    backdrop: str
    skin: str
    hair: str
    coat: str
    long: float
    has_glasses: bool = False


def portrait(of: Likeness) -> bytes:
    """Return the portrait as a PNG."""
    side = PIXELS * FINER
    image = Image.new("RGB", (side, side), of.backdrop)
    pen = ImageDraw.Draw(image)

    def oval(color: str, x: float, y: float, wide: float, high: float) -> None:
        box = (x - wide, y - high, x + wide, y + high)
        pen.ellipse([part * side for part in box], fill=color)

    oval(of.hair, 0.5, 0.40 + 0.12 * of.long, 0.225, 0.225 + 0.16 * of.long)
    oval(of.coat, 0.5, 1.04, 0.40, 0.34)
    pen.rectangle([part * side for part in (0.435, 0.56, 0.565, 0.74)], fill=of.skin)
    oval(of.skin, 0.5, 0.735, 0.09, 0.05)
    oval(of.skin, 0.5, 0.44, 0.165, 0.205)
    pen.chord(
        [part * side for part in (0.315, 0.19, 0.685, 0.56)], 188, 352, fill=of.hair
    )
    if of.has_glasses:
        for x in (0.43, 0.57):
            box = [part * side for part in (x - 0.055, 0.415, x + 0.055, 0.505)]
            pen.ellipse(box, outline="#20252b", width=round(0.011 * side))
    file = BytesIO()
    image.resize((PIXELS, PIXELS), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()
