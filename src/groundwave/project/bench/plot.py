"""Two curves over time as an SVG, drawn by hand: one panel each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

from groundwave.project.bench.trend import Trend


WIDTH, LEFT, RIGHT, PANEL, GAP = 760, 64, 728, 200, 44


class Curve(msgspec.Struct, frozen=True):
    """Samples of one thing, and the line fitted through those after the warm-up."""

    name: str
    values: Sequence[float]
    trend: Trend


def draw(
    title: str, at: Sequence[float], curves: Sequence[Curve], *, warm: float
) -> str:
    """
    Return the SVG.

    Args:
        title: the figure's accessible name.
        at: when the samples were taken, in seconds.
        curves: one panel each; all have a value for each of *at*.
        warm: the seconds at the start that the fitted lines leave out.
    """
    height = len(curves) * (PANEL + GAP) + GAP
    end = max([*at, 1.0])
    panels = (
        _panel(_Scale(curve, end, GAP + number * (PANEL + GAP)), at, warm)
        for number, curve in enumerate(curves)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" role="img" '
        f'aria-label="{escape(title)}">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>\n'
        f"{''.join(panels)}</svg>\n"
    )


class _Scale:
    """Where in the figure a panel's seconds and values are."""

    def __init__(self, curve: Curve, end: float, top: float) -> None:
        self.curve = curve
        self.end = end
        self.top = top
        self.bottom = top + PANEL
        # From zero: a curve that only looks steep because of its axis is a lie.
        self.most = max([*curve.values, 1.0]) * 1.15

    def x(self, seconds: float) -> float:
        return LEFT + (RIGHT - LEFT) * seconds / self.end

    def y(self, value: float) -> float:
        return self.bottom - PANEL * value / self.most


def _panel(scale: _Scale, at: Sequence[float], warm: float) -> str:
    curve = scale.curve
    half = curve.trend.growth / 2
    low, high = scale.y(curve.trend.level - half), scale.y(curve.trend.level + half)
    points = " ".join(
        f"{scale.x(seconds):.1f},{scale.y(value):.1f}"
        for seconds, value in zip(at, curve.values, strict=True)
    )
    return (
        f'<rect x="{LEFT}" y="{scale.top}" width="{scale.x(warm) - LEFT:.1f}" '
        f'height="{PANEL}" fill="#eee"/>\n'
        f'<text x="{LEFT + 8}" y="{scale.top + 14}">{escape(curve.name)}</text>\n'
        f"{_axes(scale)}"
        f'<polyline points="{points}" fill="none" stroke="#06c" stroke-width="1.5"/>\n'
        f'<line x1="{scale.x(warm):.1f}" y1="{low:.1f}" x2="{RIGHT}" y2="{high:.1f}" '
        'stroke="#c30" stroke-dasharray="5 4"/>\n'
    )


def _axes(scale: _Scale) -> str:
    values = "".join(
        f'<text x="{LEFT - 8}" y="{scale.y(value) + 4:.1f}" text-anchor="end">'
        f"{value:.0f}</text>\n"
        for value in (0.0, scale.most / 2, scale.most)
    )
    minutes = "".join(
        f'<text x="{scale.x(seconds):.1f}" y="{scale.bottom + 16:.1f}" '
        f'text-anchor="middle">{seconds / 60:.1f} min</text>\n'
        for seconds in (0.0, scale.end / 2, scale.end)
    )
    return (
        f'<path d="M{LEFT} {scale.top}V{scale.bottom}H{RIGHT}" fill="none" '
        f'stroke="#444"/>\n{values}{minutes}'
    )
