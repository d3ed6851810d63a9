"""
Whether people can read what is written in a color. Pure; no Django.

Contrast is WCAG 2.2's: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable
from typing import NamedTuple


# For text of any size, at level AA: https://www.w3.org/TR/WCAG22/#contrast-minimum
ENOUGH = 4.5
_STEPS = 200


class ColorUnreadable(ValueError):
    """What was said is not a color such as #b8330f."""


class Color(NamedTuple):
    """Red, green and blue, 0 to 255 each."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


def read_color(text: str) -> Color:
    """
    Return the color written as ``#rrggbb``.

    Raises:
        ColorUnreadable: it is written otherwise, or is no color.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ColorUnreadable(text)
    return Color(*bytes.fromhex(text[1:]))


# What a page is made of, by day and by night: ``tokens.css`` has the same colors.
DAY = (read_color("#fbf8f2"), read_color("#ffffff"))
NIGHT = (read_color("#10161a"), read_color("#182127"))


def contrast(one: Color, other: Color) -> float:
    """Return how many times lighter the lighter of the two is: 1 to 21."""
    lesser, greater = sorted((_luminance(one), _luminance(other)))
    return (greater + 0.05) / (lesser + 0.05)


def worst_contrast(color: Color, *, on: Iterable[Color]) -> float:
    """Return the contrast where *color* is hardest to read."""
    return min(contrast(color, paper) for paper in on)


def readable(color: Color, *, on: Iterable[Color]) -> Color:
    """Return *color*, made only as much darker or lighter as can be read on *on*."""
    papers = tuple(on)
    if worst_contrast(color, on=papers) >= ENOUGH:
        return color
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    away = 0.0 if _luminance(papers[0]) > _luminance(Color(128, 128, 128)) else 1.0
    for step in range(1, _STEPS + 1):
        lighter = lightness + (away - lightness) * step / _STEPS
        tried = _from_hls(hue, lighter, saturation)
        if worst_contrast(tried, on=papers) >= ENOUGH:
            return tried
    return _from_hls(hue, away, saturation)


def _from_hls(hue: float, lightness: float, saturation: float) -> Color:
    parts = colorsys.hls_to_rgb(hue, lightness, saturation)
    return Color(*(round(part * 255) for part in parts))


def _luminance(color: Color) -> float:
    # https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
