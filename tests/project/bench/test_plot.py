from __future__ import annotations

from xml.etree import ElementTree

from groundwave.project.bench.plot import Curve, draw
from groundwave.project.bench.trend import Trend


SVG = "{http://www.w3.org/2000/svg}"


def test_a_plot_is_an_svg_with_a_curve_and_a_line_a_panel():
    at = [0.0, 5.0, 10.0, 15.0]
    curves = [
        Curve("memory, MB", [50.0, 51.0, 52.0, 51.0], Trend(51.0, 1.0, 360.0)),
        Curve("open files < 100", [60, 70, 65, 66], Trend(66.0, 0.0, 0.0)),
    ]
    root = ElementTree.fromstring(draw("A soak & more", at, curves, warm=5.0))

    assert root.get("aria-label") == "A soak & more"
    lines = [line.get("points") for line in root.iter(f"{SVG}polyline")]
    assert [len(points.split()) for points in lines] == [4, 4]
    assert len(list(root.iter(f"{SVG}line"))) == 2
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"A soak & more", "memory, MB", "open files < 100"} <= set(words)


def test_axes_begin_at_zero_and_hold_every_sample():
    curve = Curve("open files", [100.0, 200.0], Trend(150.0, 0.0, 0.0))
    root = ElementTree.fromstring(draw("One panel", [0.0, 10.0], [curve], warm=0.0))

    _, _, width, height = map(float, root.get("viewBox").split())
    (line,) = root.iter(f"{SVG}polyline")
    points = [tuple(map(float, p.split(","))) for p in line.get("points").split()]
    assert all(0 < x < width and 0 < y < height for x, y in points)
    assert points[0][1] > points[1][1]


def test_a_soak_that_ended_at_once_can_be_drawn():
    curve = Curve("memory", [], Trend(0.0, 0.0, 0.0))

    ElementTree.fromstring(draw("Nothing", [], [curve], warm=0.0))
