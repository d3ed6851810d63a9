"""What landscapes are drawn on, in parts of its width and height."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from PIL import Image, ImageDraw


WIDTH, HEIGHT = 1440, 960
# Drawn larger and made smaller: edges become smooth.
FINER = 2

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Scene:
    """
    What is to be seen; places and sizes are parts of the picture's height or width.

    Attributes:
        sky: its color at the top and at the horizon.
        ridges: their colors, the farthest first.
        ground: the color in front, at the horizon and at the lower edge.
        sun: across, down, how large, and its color.
        is_water: whether the ground glitters.
        snow: down to what height the ridges are white; 0 for none.
        fog: how many banks of it lie over everything.
    """

    seed: int
    sky: tuple[str, str]
    ridges: tuple[str, ...]
    ground: tuple[str, str]
    motif: str = ""
    sun: tuple[float, float, float, str] | None = None
    horizon: float = 0.62
    is_water: bool = True
    snow: float = 0.0
    fog: int = 0


class Canvas:
    """A picture being drawn, in parts of its width and height."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.chance = Random(scene.seed)  # noqa: S311 -- a picture, not a secret
        self.width, self.height = WIDTH * FINER, HEIGHT * FINER
        self.image = Image.new("RGB", (self.width, self.height))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def at(self, *points: Point) -> list[Point]:
        return [(x * self.width, y * self.height) for x, y in points]

    def shape(self, color: str, *points: Point) -> None:
        self.pen.polygon(self.at(*points), fill=color)

    def line(self, color: str, thick: float, *points: Point) -> None:
        self.pen.line(self.at(*points), fill=color, width=round(thick * self.height))

    def disc(self, color: str, x: float, y: float, radius: float) -> None:
        across, down, reach = x * self.width, y * self.height, radius * self.height
        box = (across - reach, down - reach, across + reach, down + reach)
        self.pen.ellipse(box, fill=color)
