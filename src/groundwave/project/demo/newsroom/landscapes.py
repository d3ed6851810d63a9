"""
Landscapes of a bay that is on no map: drawn, and the same every time.

From back to front: a sky that changes color, a sun or moon, ridges one before the
other, land or water, and one thing to look at.
"""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from math import pi, sin

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from groundwave.project.demo.newsroom.canvas import (
    HEIGHT,
    WIDTH,
    Canvas,
    Point,
    Scene,
)
from groundwave.project.demo.newsroom.sights import MOTIFS


QUALITY = 84


def drawn(scene: Scene) -> bytes:
    """Return *scene* as a JPEG."""
    canvas = Canvas(scene)
    _fade(canvas, 0, scene.horizon, *scene.sky)
    if scene.sun:
        across, down, radius, color = scene.sun
        canvas.disc(f"{color}40", across, down, radius * 1.35)
        canvas.disc(color, across, down, radius)
    for place, color in enumerate(scene.ridges):
        _ridge(canvas, place, color)
    _fade(canvas, scene.horizon, 1, *scene.ground)
    if scene.is_water:
        _glitter(canvas)
    if scene.motif:
        MOTIFS[scene.motif](canvas)
    for _ in range(scene.fog):
        _bank(canvas)
    file = BytesIO()
    small = canvas.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    small.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _fade(canvas: Canvas, top: float, bottom: float, above: str, below: str) -> None:
    """Fill from *top* to *bottom* with a color that becomes another."""
    first, last = round(top * canvas.height), round(bottom * canvas.height)
    share = np.linspace(0, 1, last - first)[:, None, None]
    rows = (1 - share) * _rgb(above) + share * _rgb(below)
    # A little noise, so that no steps are seen.
    noise = np.random.default_rng(canvas.scene.seed).normal(0, 1.2, rows.shape)
    band = np.clip(rows + noise, 0, 255).astype(np.uint8)
    canvas.image.paste(
        Image.fromarray(np.repeat(band, canvas.width, axis=1)), (0, first)
    )


def _rgb(color: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)], float)


def _ridge(canvas: Canvas, place: int, color: str) -> None:
    line = _skyline(canvas, place)
    base = canvas.scene.horizon + 0.002
    canvas.shape(color, (0, base), *line, (1, base))
    if canvas.scene.snow and place == 0:
        _snow(canvas, line)


def _skyline(canvas: Canvas, place: int) -> list[Point]:
    """Return a ridge: some waves on top of each other, lower the nearer it is."""
    scene, chance = canvas.scene, canvas.chance
    rise = (0.62 if scene.snow else 0.30) * 0.62**place
    waves = [
        (count, chance.uniform(0, 2 * pi), rise / count**1.1)
        for count in (2, 5, 11, 23)
    ]
    return [
        (x / 240, scene.horizon - rise * 0.45 - _height(x / 240, waves) * 0.4)
        for x in range(241)
    ]


def _height(x: float, waves: list[tuple[int, float, float]]) -> float:
    return sum(
        reach * sin(2 * pi * count * x / 2 + turn) for count, turn, reach in waves
    )


def _snow(canvas: Canvas, line: list[Point]) -> None:
    """Whiten what stands above the snow line, with a torn lower edge."""
    for (x, top), (onward, next_top) in pairwise(line):
        torn = 0.02 * sin(x * 61) + 0.014 * sin(x * 173 + 1)
        edge = canvas.scene.snow + torn
        if max(top, next_top) < edge:
            foot = min(edge, canvas.scene.horizon)
            canvas.shape(
                "#f6f8fb", (x, top), (onward, next_top), (onward, foot), (x, foot)
            )


def _glitter(canvas: Canvas) -> None:
    """Lay strokes of light on the water, longer and rarer towards the front."""
    scene, chance = canvas.scene, canvas.chance
    light = scene.sun[3] if scene.sun else "#ffffff"
    middle = scene.sun[0] if scene.sun else 0.5
    for _ in range(420):
        depth = chance.random() ** 1.7
        y = scene.horizon + 0.004 + depth * (0.99 - scene.horizon)
        x = chance.gauss(middle, 0.10 + 0.34 * depth)
        long = 0.008 + 0.05 * depth * chance.random()
        faint = round(34 + 70 * (1 - depth) * chance.random())
        canvas.line(
            f"{light}{faint:02x}", 0.0015 + 0.003 * depth, (x, y), (x + long, y)
        )


def _bank(canvas: Canvas) -> None:
    """Lay a bank of fog over what is there."""
    chance = canvas.chance
    veil = Image.new("L", (canvas.width // 8, canvas.height // 8))
    pen = ImageDraw.Draw(veil)
    y = (canvas.scene.horizon + chance.uniform(-0.16, 0.07)) * veil.height
    for _ in range(14):
        x, long = chance.random() * veil.width, chance.uniform(0.2, 0.6) * veil.width
        thick = chance.uniform(0.01, 0.05) * veil.height
        pen.ellipse((x - long / 2, y - thick, x + long / 2, y + thick), fill=150)
        y += chance.uniform(-0.02, 0.02) * veil.height
    soft = veil.filter(ImageFilter.GaussianBlur(9)).resize(canvas.image.size)
    canvas.image.paste(Image.new("RGB", canvas.image.size, "#eef1f0"), mask=soft)
