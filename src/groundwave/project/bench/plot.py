"""Two curves over time as an SVG, drawn by hand: one panel each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

from groundwave.project.bench.trend import Trend


WIDTH, PANEL, LEFT, GAP = 760, 200, 64, 44


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
    panels = "".join(
        _panel(curve, at, end, warm, GAP + number * (PANEL + GAP))
        for number, curve in enumerate(curves)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" role="img" '
        f'aria-label="{escape(title)}">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>\n'
        f"{panels}</svg>\n"
    )


def _panel(
    curve: Curve, at: Sequence[float], end: float, warm: float, top: float
) -> str:
    # From zero: a curve that only looks steep because of its axis is a lie.
    most = max([*curve.values, 1.0]) * 1.15
    right, bottom = WIDTH - 28, top + PANEL

    def x(seconds: float) -> float:
        return LEFT + (right - LEFT) * seconds / end

    def y(value: float) -> float:
        return bottom - PANEL * value / most

    points = " ".join(
        f"{x(t):.1f},{y(v):.1f}" for t, v in zip(at, curve.values, strict=True)
    )
    trend = curve.trend
    low, high = trend.level - trend.growth / 2, trend.level + trend.growth / 2
    labels = "".join(
        f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">'
        f"{value:.0f}</text>\n"
        for value in (0.0, most / 2, most)
    )
    minutes = "".join(
        f'<text x="{x(t):.1f}" y="{bottom + 16:.1f}" text-anchor="middle">'
        f"{t / 60:g} min</text>\n"
        for t in (0.0, round(end / 120) * 60.0, round(end))
    )
    return (
        f'<rect x="{LEFT}" y="{top}" width="{x(warm) - LEFT:.1f}" height="{PANEL}" '
        'fill="#eee"/>\n'
        f'<path d="M{LEFT} {top}V{bottom}H{right}" fill="none" stroke="#444"/>\n'
        f'<text x="{LEFT + 8}" y="{top + 14}">{escape(curve.name)}</text>\n'
        f"{labels}{minutes}"
        f'<polyline points="{points}" fill="none" stroke="#06c" stroke-width="1.5"/>\n'
        f'<line x1="{x(warm):.1f}" y1="{y(low):.1f}" x2="{right}" y2="{y(high):.1f}" '
        'stroke="#c30" stroke-dasharray="5 4"/>\n'
    )
