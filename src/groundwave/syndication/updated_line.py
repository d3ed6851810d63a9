"""
“Updated at 4 p.m. ET”: where such words stand at the top of a text instead of a field.

They are taken only where they are a paragraph by themselves and mean one instant
without a doubt. Everything else is prose, and stays: “Updated rules at the harbor”,
an hour that the clocks of that night showed twice, EST in July.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from groundwave.newsroom.wall_time import instants_of
from groundwave.syndication.incoming import Block, Heading, Incoming, Text
from groundwave.syndication.markup import Piece, read_markup


FIRST_TEXTS = 3
"""In how many texts from the top such a line is looked for."""

_ZONES = {
    "E": ZoneInfo("America/New_York"),
    "C": ZoneInfo("America/Chicago"),
    "M": ZoneInfo("America/Denver"),
    "P": ZoneInfo("America/Los_Angeles"),
}
_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = rf"(?:on )?{_MONTH} (?P<day>\d\d?)(?:,? (?P<year>(?:19|20)\d\d))?"
_CLOCK = (
    r"(?:(?P<named>noon|midnight)"
    r"|(?P<hour>\d\d?)(?::(?P<minute>\d\d))? ?(?P<half>[ap])\.?m\.?)"
    r",? (?P<zone>[ecmp])(?P<season>[sd]?)\.?t\.?"
)
_LINE = re.compile(
    rf"(?:last )?updated:?(?: {_DAY},?)?(?: at)? {_CLOCK}\.?", re.IGNORECASE | re.ASCII
)
_LINE_DAY_LAST = re.compile(
    rf"(?:last )?updated:?(?: at)? {_CLOCK},? {_DAY}\.?", re.IGNORECASE | re.ASCII
)
_SLACK = timedelta(days=1)
_MIDDAY, _MIDNIGHT = time(12), time(0)


@dataclass(frozen=True, slots=True)
class Line:
    """The words as they stood, and the instant that they mean."""

    words: str
    at: datetime


def lift_updated_line(story: Incoming) -> Incoming:
    """
    Return *story* with such a line taken out of its blocks, if it has one.

    Its ``updated_at`` is then the later of what it said and what the line says.
    """
    texts = [block for block in story.blocks if isinstance(block, Text | Heading)]
    for block in texts[:FIRST_TEXTS]:
        line = None if block.restricted else _line_atop(block, story)
        if line:
            blocks = tuple(_without_line(story.blocks, block))
            at = max(filter(None, (story.updated_at, line.at)))
            return replace(story, blocks=blocks, updated_at=at, updated_line=line.words)
    return story


def read_updated_line(words: str, *, of: Incoming) -> Line | None:
    """
    Return what *words*, all of them, say of an update; None if that is not certain.

    A day that is not named is the one on which the story was significantly updated,
    if it says when; else the one on which it was published, if it was not changed on
    another. No line speaks of a time more than a day after the story's last change.
    """
    spaced = " ".join(words.split())
    found = _LINE.fullmatch(spaced) or _LINE_DAY_LAST.fullmatch(spaced)
    if found is None:
        return None
    zone = _ZONES[found["zone"].upper()]
    wall = _wall(found, zone, of)
    at = _only_instant(wall, zone, found["season"].upper()) if wall else None
    latest = _latest(of)
    if at is None or (latest and at > latest + _SLACK):
        return None
    return Line(spaced, at)


def _line_atop(block: Text | Heading, story: Incoming) -> Line | None:
    words = block.words if isinstance(block, Heading) else _pieces(block)[0].words
    return read_updated_line(words, of=story)


def _without_line(blocks: tuple[Block, ...], atop: Text | Heading) -> Iterator[Block]:
    for block in blocks:
        if block is not atop:
            yield block
        elif isinstance(block, Text) and (left := _pieces(block)[1:]):
            yield replace(block, html="".join(piece.html for piece in left))


def _pieces(text: Text) -> tuple[Piece, ...]:
    return read_markup(text.html).pieces or (Piece("p", ""),)


def _latest(story: Incoming) -> datetime | None:
    known = (story.published_at, story.updated_at, story.modified_at)
    return max(filter(None, known), default=None)


def _only_instant(wall: datetime, zone: ZoneInfo, season: str) -> datetime | None:
    """Return when clocks showed *wall*, in summer (D) or not (S), if it was once."""
    instants = instants_of(wall, zone)
    if season:
        names = (at.astimezone(zone).tzname() or "" for at in instants)
        told = zip(instants, names, strict=True)
        instants = [at for at, name in told if name[1:2] == season]
    return instants[0] if len(instants) == 1 else None


def _wall(found: re.Match[str], zone: ZoneInfo, story: Incoming) -> datetime | None:
    clock = _clock(found)
    if clock is None:
        return None
    if found["month"]:
        day = _named_day(found, zone, story)
        return _on_named_day(day, clock, zone, story) if day else None
    if story.updated_at:
        return _nearest(clock, story.updated_at.astimezone(zone).replace(tzinfo=None))
    known = filter(None, (story.published_at, story.modified_at))
    days = {at.astimezone(zone).date() for at in known}
    if len(days) != 1 or clock == _MIDNIGHT:  # of which there are two in every day
        return None
    return datetime.combine(days.pop(), clock)


def _clock(found: re.Match[str]) -> time | None:
    if found["named"]:
        return _MIDDAY if found["named"].lower() == "noon" else _MIDNIGHT
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return time(hour % 12 + (12 if found["half"].lower() == "p" else 0), minute)


def _named_day(found: re.Match[str], zone: ZoneInfo, story: Incoming) -> date | None:
    latest = _latest(story)
    month, day = 1 + _MONTHS.index(found["month"][:3].lower()), int(found["day"])
    if found["year"]:
        return _date(int(found["year"]), month, day)
    if latest is None:
        return None
    last = latest.astimezone(zone).date()
    this_year = _date(last.year, month, day)
    if this_year and this_year <= last:
        return this_year
    return _date(last.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of June
        return None


def _on_named_day(day: date, clock: time, zone: ZoneInfo, story: Incoming) -> datetime:
    """Return *clock* on *day*; midnight ends the day where it began too early."""
    wall = datetime.combine(day, clock)
    is_too_early = (
        story.published_at is not None
        and wall.replace(tzinfo=zone) < story.published_at
    )
    return wall + timedelta(days=1) if clock == _MIDNIGHT and is_too_early else wall


def _nearest(clock: time, to: datetime) -> datetime:
    days = (to.date() + timedelta(days=offset) for offset in (-1, 0, 1))
    walls = (datetime.combine(day, clock) for day in days)
    return min(walls, key=lambda wall: abs(wall - to))
