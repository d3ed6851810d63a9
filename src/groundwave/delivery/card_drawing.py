"""Draws a social card: 1200 by 630, a headline over a photo or over the station's waves."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import IO, Any, NamedTuple

from PIL import Image, ImageDraw, ImageFont


SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INK, QUIET, LAMP = "#fdf6e8", "#c9d6d6", "#ffb43a"
DEEP, WAVE = "#0b2128", "#24505c"
# The largest letters that let a headline have this many lines.
SIZES, MOST_LINES = (84, 74, 64, 56, 50), 4
QUALITY = 86
# No font has a letter there: what it draws instead is what it draws for any it lacks.
NOBODYS_LETTER = "\U0010fffd"


class Words(NamedTuple):
    """What is written on a card."""

    headline: str
    station: str
    credit: str


def can_write(font: str, words: Words) -> bool:
    """Tell whether *font* has every letter of *words*, and the headline is one."""
    letters = frozenset("".join(words)) - {" "}
    return bool(words.headline.strip()) and not _lacks(font, letters)


def draw(font: str, words: Words, photo: IO[bytes] | None = None) -> bytes:
    """Return the card as a JPEG."""
    card = _behind(photo)
    pen = ImageDraw.Draw(card)
    face, lines = _fitted(font, words.headline)
    line_height = round(face.size * 1.14)
    y = HEIGHT - MARGIN - 62 - line_height * len(lines)
    pen.rectangle((MARGIN, y - 34, MARGIN + 96, y - 26), fill=LAMP)
    for line in lines:
        pen.text((MARGIN, y), line, font=face, fill=INK)
        y += line_height
    small = _face(font, 30, "SemiBold")
    pen.text((MARGIN, HEIGHT - MARGIN - 34), words.station, font=small, fill=QUIET)
    if words.credit:
        tiny = _face(font, 18, "Regular")
        place = (WIDTH - 24, 18)
        pen.text(place, words.credit, font=tiny, fill=QUIET, anchor="ra")
    file = BytesIO()
    card.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _behind(photo: IO[bytes] | None) -> Image.Image:
    if photo is None:
        return _waves()
    with Image.open(photo) as found:
        seen = found.convert("RGB").resize(SIZE)
    # Dark below, where the words stand; light on dark is read on any photo.
    shade = Image.linear_gradient("L").resize(SIZE).point(lambda v: 70 + v * 170 // 255)
    return Image.composite(Image.new("RGB", SIZE, DEEP), seen, shade)


def _waves() -> Image.Image:
    card = Image.new("RGB", SIZE, DEEP)
    pen = ImageDraw.Draw(card)
    for radius in range(80, 1300, 62):
        x, y = WIDTH - 120, HEIGHT + 40
        box = (x - radius, y - radius, x + radius, y + radius)
        pen.ellipse(box, outline=WAVE, width=3)
    return card


def _fitted(font: str, headline: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the headline in lines, and cut if it is longer than any headline."""
    for size in SIZES:
        face = _face(font, size, "ExtraBold")
        lines = _lines(face, headline)
        if len(lines) <= MOST_LINES:
            return face, lines
    return face, [*lines[: MOST_LINES - 1], _cut(face, f"{lines[MOST_LINES - 1]} …")]


def _lines(face: ImageFont.FreeTypeFont, text: str) -> list[str]:
    """Return the beginning of *text* in lines, one more than a card has at the most."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or face.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
        if len(lines) > MOST_LINES:
            break
    return [_cut(face, line) for line in lines]


def _cut(face: ImageFont.FreeTypeFont, line: str) -> str:
    """Return as much of *line* as there is room for."""
    line = line[:200]
    while face.getlength(line) > WIDTH - 2 * MARGIN:
        line = f"{line[:-2]}…"
    return line


@lru_cache(maxsize=16)
def _face(font: str, size: int, weight: str) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(font, size)
    weights = {"Regular": 400, "SemiBold": 600, "ExtraBold": 800}
    face.set_variation_by_axes([weights[weight]])
    return face


@lru_cache(maxsize=256)
def _lacks(font: str, letters: frozenset[str]) -> bool:
    face = _face(font, 30, "Regular")
    nothing = _drawn(face, NOBODYS_LETTER)
    return any(_drawn(face, letter) == nothing for letter in letters)


def _drawn(face: ImageFont.FreeTypeFont, letter: str) -> Any:
    return bytes(face.getmask(letter))
