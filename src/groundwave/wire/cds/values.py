"""
Single values, from JSON that may be anything at all.

Each reading returns what it made of the JSON, or ``Nothing`` if nothing, and
reports what it had to bend.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import Enum

import msgspec

from groundwave.wire.cds.grammar import Json
from groundwave.wire.cds.instants import parse_instant
from groundwave.wire.cds.oddity import Odd, Report
from groundwave.wire.cds.pointer import place
from groundwave.wire.cds.rules import LARGEST_NUMBER, clean


class Nothing(Enum):
    """What is there when nothing could be made of what came."""

    NOTHING = "nothing"


NOTHING = Nothing.NOTHING

_DIGITS = re.compile(r"[0-9]{1,16}", re.ASCII)


def shown(raw: Json) -> str:
    """Return what stands for *raw* in a report: a value in short, or what it is."""
    match raw:
        case dict():
            return "an object"
        case list():
            return "a list"
        case None | bool():
            return msgspec.json.encode(raw).decode()
        case _:
            return str(raw)[:200]


def read_text(raw: Json, where: str, report: Report) -> str | Nothing:
    """Return a text; a number is taken for one."""
    if isinstance(raw, str):
        text = clean(raw)
        if text != raw:
            report.tell(where, Odd.BAD_TEXT)
        return text
    report.tell(where, Odd.WRONG_TYPE, shown(raw))
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    return str(raw)[:40] if is_number else NOTHING


def read_flag(raw: Json, where: str, report: Report) -> bool | Nothing:
    """Return true or false, if that is what it is."""
    if isinstance(raw, bool):
        return raw
    report.tell(where, Odd.WRONG_TYPE, shown(raw))
    return NOTHING


def read_whole(raw: Json, least: int, where: str, report: Report) -> int | Nothing:
    """Return a whole number, from *least* up; 61.4 and "61" are taken for 61."""
    number = _whole(raw)
    if number is None or number != raw:
        report.tell(where, Odd.WRONG_TYPE, shown(raw))
    if number is None:
        return NOTHING
    if not least <= number <= LARGEST_NUMBER:
        report.tell(where, Odd.BAD_NUMBER, shown(raw))
        return NOTHING
    return number


def read_instant(raw: Json, where: str, report: Report) -> datetime | Nothing:
    """Return an instant in UTC; one without a zone is taken for UTC."""
    moment = parse_instant(raw) if isinstance(raw, str) else None
    if moment is None:
        report.tell(where, Odd.BAD_TIME, shown(raw))
        return NOTHING
    if moment.tzinfo is None:
        report.tell(where, Odd.NO_ZONE, shown(raw))
    return moment.replace(tzinfo=UTC)


def read_texts(raw: Json, where: str, report: Report) -> tuple[str, ...]:
    """Return a list of texts; one text is taken for a list of one."""
    texts = (read_text(item, at, report) for at, item in read_list(raw, where, report))
    return tuple(text for text in texts if text is not NOTHING)


def read_object(raw: Json, where: str, report: Report) -> dict[str, Json]:
    """Return an object as it came, or an empty one."""
    if isinstance(raw, dict):
        return raw
    report.tell(where, Odd.WRONG_TYPE, shown(raw))
    return {}


def read_list(raw: Json, where: str, report: Report) -> list[tuple[str, Json]]:
    """Return what a list has, each with its place; what is none is all it has."""
    if isinstance(raw, list):
        return [(place(where, index), item) for index, item in enumerate(raw)]
    report.tell(where, Odd.WRONG_TYPE, shown(raw))
    return [(where, raw)]


def _whole(raw: Json) -> int | None:
    match raw:
        case bool():
            return None
        case int() | float():
            return int(raw)
        case str():
            return int(raw) if _DIGITS.fullmatch(raw) else None
        case _:
            return None
