"""What there is to look at in a landscape, each drawn by a function of its own."""

from __future__ import annotations

from collections.abc import Callable

from groundwave.project.demo.newsroom.canvas import Canvas


def _ferry(canvas: Canvas) -> None:
    """A ferry that lies where no ferry should, a little on its side."""
    x, y = 0.40, canvas.scene.horizon + 0.075
    canvas.shape(
        "#24323a",
        (x, y),
        (x + 0.30, y - 0.018),
        (x + 0.275, y + 0.045),
        (x + 0.03, y + 0.05),
    )
    canvas.shape(
        "#f4efe4",
        (x + 0.03, y - 0.002),
        (x + 0.262, y - 0.016),
        (x + 0.255, y - 0.062),
        (x + 0.045, y - 0.05),
    )
    canvas.shape(
        "#e7dfcf",
        (x + 0.075, y - 0.05),
        (x + 0.215, y - 0.058),
        (x + 0.208, y - 0.098),
        (x + 0.085, y - 0.092),
    )
    canvas.shape(
        "#b8330f",
        (x + 0.13, y - 0.092),
        (x + 0.168, y - 0.095),
        (x + 0.164, y - 0.145),
        (x + 0.132, y - 0.143),
    )
    for step in range(9):
        left = x + 0.055 + step * 0.0215
        canvas.shape(
            "#2d4a55",
            (left, y - 0.043),
            (left + 0.012, y - 0.0437),
            (left + 0.012, y - 0.026),
            (left, y - 0.0253),
        )
    canvas.shape(
        "#8c8271",
        (x - 0.10, y + 0.065),
        (x + 0.05, y + 0.038),
        (x + 0.22, y + 0.04),
        (x + 0.40, y + 0.067),
    )


def _boats(canvas: Canvas) -> None:
    """Small boats that go out to something."""
    for x, y, size, color in (
        (0.22, 0.74, 1.0, "#b8330f"),
        (0.47, 0.71, 0.8, "#f4efe4"),
        (0.70, 0.80, 1.5, "#20343c"),
    ):
        long, deep = 0.075 * size, 0.026 * size
        canvas.shape(
            color,
            (x, y),
            (x + long, y),
            (x + long * 0.86, y + deep),
            (x + long * 0.12, y + deep),
        )
        canvas.shape(
            "#fdf6e8",
            (x + long * 0.45, y),
            (x + long * 0.72, y),
            (x + long * 0.72, y - deep),
            (x + long * 0.5, y - deep),
        )
        canvas.line(
            "#fdf6e890",
            0.004,
            (x - long * 0.6, y + deep * 1.1),
            (x + long * 0.1, y + deep),
        )


def _mast(canvas: Canvas) -> None:
    """A mast on guy wires, and waves that leave it along the ground."""
    x, foot, top = 0.66, canvas.scene.horizon + 0.16, 0.10
    for step in range(1, 7):
        radius = step * 0.085
        box = [
            *canvas.at((x - radius, foot - radius * 0.5)),
            *canvas.at((x + radius, foot + radius * 0.5)),
        ]
        canvas.pen.arc(
            [box[0], box[1]],
            180,
            360,
            fill=f"#fdf6e8{130 - step * 18:02x}",
            width=round(0.004 * canvas.height),
        )
    for side in (-1, 1):
        canvas.line("#10202680", 0.002, (x, top + 0.10), (x + side * 0.17, foot))
        canvas.line("#10202680", 0.002, (x, top + 0.30), (x + side * 0.11, foot))
        canvas.line("#b8330f", 0.006, (x + side * 0.008, foot), (x + side * 0.003, top))
    for step in range(22):
        y = top + (foot - top) * step / 22
        wide = 0.003 + 0.005 * step / 22
        canvas.line("#fdf6e8", 0.003, (x - wide, y), (x + wide, y + 0.025))
    canvas.disc("#ff6a4d", x, top, 0.009)


def _lighthouse(canvas: Canvas) -> None:
    x, foot = 0.27, canvas.scene.horizon + 0.03
    canvas.shape(
        "#3b3a3a",
        (x - 0.16, foot + 0.05),
        (x - 0.06, foot - 0.015),
        (x + 0.07, foot - 0.02),
        (x + 0.20, foot + 0.05),
    )
    canvas.shape("#ffe9a836", (x, foot - 0.318), (1.0, 0.10), (1.0, 0.34))
    canvas.shape(
        "#f7f1e6",
        (x - 0.024, foot),
        (x + 0.024, foot),
        (x + 0.014, foot - 0.29),
        (x - 0.014, foot - 0.29),
    )
    canvas.shape(
        "#b8330f",
        (x - 0.021, foot - 0.09),
        (x + 0.021, foot - 0.09),
        (x + 0.018, foot - 0.17),
        (x - 0.018, foot - 0.17),
    )
    canvas.shape(
        "#20343c",
        (x - 0.018, foot - 0.29),
        (x + 0.018, foot - 0.29),
        (x + 0.012, foot - 0.345),
        (x - 0.012, foot - 0.345),
    )
    canvas.disc("#ffe9a8", x, foot - 0.318, 0.014)


def _school(canvas: Canvas) -> None:
    """A long building whose windows are lit before it is day."""
    foot = canvas.scene.horizon + 0.13
    canvas.shape(
        "#2a2b36", (0.16, foot), (0.16, foot - 0.24), (0.84, foot - 0.24), (0.84, foot)
    )
    canvas.shape(
        "#343644",
        (0.42, foot),
        (0.42, foot - 0.32),
        (0.50, foot - 0.38),
        (0.58, foot - 0.32),
        (0.58, foot),
    )
    for row in range(2):
        for step in range(12):
            left = 0.19 + step * 0.053
            if 0.40 < left < 0.58:
                continue
            color = "#ffd483" if canvas.chance.random() < 0.7 else "#4a4d60"
            y = foot - 0.21 + row * 0.1
            canvas.shape(
                color,
                (left, y),
                (left + 0.032, y),
                (left + 0.032, y + 0.055),
                (left, y + 0.055),
            )
    canvas.disc("#fdf6e8", 0.50, foot - 0.29, 0.028)
    canvas.line("#2a2b36", 0.004, (0.50, foot - 0.29), (0.50, foot - 0.31))
    canvas.line("#2a2b36", 0.004, (0.50, foot - 0.29), (0.511, foot - 0.282))


def _cannery(canvas: Canvas) -> None:
    """Saw-toothed roofs on piles, and a chimney."""
    foot = canvas.scene.horizon + 0.09
    for step in range(5):
        left = 0.20 + step * 0.12
        canvas.shape(
            "#7a3b2c",
            (left, foot),
            (left, foot - 0.14),
            (left + 0.12, foot - 0.21),
            (left + 0.12, foot),
        )
        canvas.shape(
            "#ffcf7d",
            (left + 0.03, foot - 0.05),
            (left + 0.09, foot - 0.05),
            (left + 0.09, foot - 0.105),
            (left + 0.03, foot - 0.105),
        )
    canvas.shape(
        "#5c2d22",
        (0.83, foot),
        (0.835, foot - 0.36),
        (0.865, foot - 0.36),
        (0.87, foot),
    )
    for step in range(17):
        left = 0.20 + step * 0.041
        canvas.line("#2b221d", 0.006, (left, foot), (left, foot + 0.07))


def _grass(canvas: Canvas) -> None:
    """Eelgrass that stands in clear water, and small fish above it."""
    chance = canvas.chance
    for _ in range(260):
        x, deep = chance.random(), 1.0
        tall, lean = chance.uniform(0.10, 0.30), chance.uniform(-0.03, 0.05)
        color = chance.choice(("#1f5d45", "#2c7a56", "#3f9467", "#174a3b"))
        canvas.line(
            color,
            0.006,
            (x, deep),
            (x + lean * 0.4, deep - tall * 0.5),
            (x + lean, deep - tall),
        )
    for _ in range(34):
        x, y = chance.gauss(0.55, 0.16), chance.gauss(0.66, 0.05)
        canvas.shape(
            "#e8f3f0d0",
            (x, y),
            (x + 0.012, y - 0.006),
            (x + 0.026, y),
            (x + 0.012, y + 0.006),
        )


def _bell(canvas: Canvas) -> None:
    x, top = 0.5, 0.20
    canvas.line("#3c2c20", 0.030, (0.24, top - 0.02), (0.76, top - 0.02))
    for side in (0.26, 0.74):
        canvas.line("#3c2c20", 0.026, (side, top - 0.03), (side, 1.0))
    outline = [(0.05, 0.0), (0.075, 0.10), (0.085, 0.22), (0.105, 0.32), (0.15, 0.40)]
    left = [(x - wide, top + 0.03 + down) for wide, down in outline]
    right = [(x + wide, top + 0.03 + down) for wide, down in reversed(outline)]
    canvas.shape("#b98a3a", *left, *right)
    canvas.shape("#d9b062", *left[1:4], (x - 0.055, top + 0.35), (x - 0.04, top + 0.13))
    canvas.line("#8a6323", 0.008, (x - 0.112, top + 0.37), (x + 0.112, top + 0.37))
    canvas.disc("#6e4d1b", x, top + 0.455, 0.035)


def _keys(canvas: Canvas) -> None:
    """The keys of a typewriter, four rows of them."""
    for row in range(4):
        for step in range(10 - row // 2):
            x = 0.14 + row * 0.025 + step * 0.076
            y = 0.50 + row * 0.125
            canvas.disc("#16181c", x, y + 0.008, 0.048)
            canvas.disc("#d8cdb4", x, y, 0.046)
            canvas.disc("#22252b", x, y, 0.039)
            canvas.line("#f4efe4", 0.006, (x - 0.009, y), (x + 0.009, y))
    canvas.shape("#f7f1e6", (0.26, 0.0), (0.74, 0.0), (0.74, 0.26), (0.26, 0.26))
    for step in range(5):
        canvas.line(
            "#8c8576",
            0.005,
            (0.31, 0.05 + step * 0.038),
            (0.66 - 0.05 * (step % 3), 0.05 + step * 0.038),
        )
    canvas.shape("#2b2f36", (0.16, 0.25), (0.84, 0.25), (0.84, 0.34), (0.16, 0.34))


MOTIFS: dict[str, Callable[[Canvas], None]] = {
    "ferry": _ferry,
    "boats": _boats,
    "mast": _mast,
    "lighthouse": _lighthouse,
    "school": _school,
    "cannery": _cannery,
    "eelgrass": _grass,
    "bell": _bell,
    "typewriter": _keys,
}
