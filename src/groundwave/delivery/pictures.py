"""
Pictures as the public meets them: which sizes there are, and where each is found.

Nobody who reads a page waits for a picture to be made: the ``darkroom`` makes every
size once a picture is saved. Until it has, a page looks as if there were no picture.
The file as it was uploaded is never shown: it may say where it was taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.images.models import AbstractImage, AbstractRendition, Filter


# In data for players, of people, and of logos elsewhere.
SQUARE = "fill-480x480"
# What messengers and social networks crop everything else to, in what all of them read.
WIDE = "fill-1200x630|format-jpeg"
LOGO = "max-480x120"
# On pages: each in several widths, of which a browser fetches one.
SIZES = {
    "card": ("fill-480x320", "fill-960x640"),
    "square": ("fill-160x160", "fill-320x320", "fill-640x640"),
    "column": ("width-480", "width-960", "width-1440"),
}
# What every browser shows is made first.
WEBP, AVIF = "|format-webp", "|format-avif"
ALL_SPECS = (
    SQUARE,
    WIDE,
    LOGO,
    *(
        size + kind
        for kind in (WEBP, AVIF)
        for sizes in SIZES.values()
        for size in sizes
    ),
)


@dataclass(frozen=True)
class Shown:
    """A picture as it is shown somewhere, and in words."""

    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True)
class Responsive:
    """A picture as a page offers it: what there is of each kind, from small to large."""

    webp: list[AbstractRendition]
    avif: list[AbstractRendition]


def picture_url(picture: AbstractImage | None) -> str | None:
    """Return where *picture* is shown as a square, if it is."""
    found = shown(picture, SQUARE)
    return found.url if found else None


def shown(picture: AbstractImage | None, spec: str) -> Shown | None:
    """Return *picture* as *spec* has it, if there is one and it was made."""
    for made in _made(picture, [spec]):
        return Shown(made.url, made.width, made.height, made.alt)
    return None


def responsive(picture: AbstractImage | None, shape: str) -> Responsive | None:
    """Return *picture* in the ``SIZES`` of *shape*, if there is one and it was made."""
    sizes = SIZES[shape]
    made = _made(picture, [size + kind for kind in (WEBP, AVIF) for size in sizes])
    webp = [each for each in made if each.filter_spec.endswith(WEBP)]
    avif = [each for each in made if each.filter_spec.endswith(AVIF)]
    return Responsive(webp, avif) if webp else None


def unmade(picture: AbstractImage) -> list[str]:
    """Return the specs that *picture* was not made in yet."""
    made = {each.filter_spec for each in _made(picture, ALL_SPECS)}
    return [spec for spec in ALL_SPECS if spec not in made]


def _made(
    picture: AbstractImage | None, specs: Iterable[str]
) -> list[AbstractRendition]:
    """Return what was made of *picture* by *specs*, in their order."""
    if not picture:
        return []
    filters = [Filter(spec=spec) for spec in specs]
    found = picture.find_existing_renditions(*filters)
    return [found[each] for each in filters if each in found]
