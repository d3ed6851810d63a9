"""
What the open Air page is told every second: the boards as data, in words.

The page's template writes the same words into the same places; its script only puts
newer ones there. ``facts`` are texts by the name of their place; an empty one hides it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from groundwave.stations.board import StationBoard
from groundwave.stations.source_row import SourceRow
from groundwave.stations.watch import Word


def live(
    boards: Iterable[StationBoard], word: Word, *, zone: ZoneInfo, newest: str
) -> dict[str, Any]:
    """Return all that may have changed; *newest* tells whether something happened."""
    return {
        "at": clock(word.status.at, zone) if word.status else "",
        "trouble": away(word, zone),
        "newest": newest,
        "stations": {board.station.slug: _station(board, zone) for board in boards},
    }


def away(word: Word, zone: ZoneInfo) -> str:
    """Say that the transmitter does not answer, since when and why; mostly empty."""
    if word.status:
        return ""
    if word.is_awaited:
        return word.trouble
    said = _("The transmitter does not answer.")
    if word.heard_at:
        said = _("The transmitter has not answered since %(time)s.") % {
            "time": clock(word.heard_at, zone)
        }
    unknown = _(
        "What is on the air now is not known here. Changes are saved, and told to it "
        "when it is back."
    )
    return f"{said} {word.trouble} {unknown}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M:%S}"


def day_and_clock(at: datetime | None, zone: ZoneInfo) -> str:
    return formatted(at.astimezone(zone), "D H:i:s") if at else ""


def _station(board: StationBoard, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "lamp": board.lamp,
        "facts": {
            "headline": board.headline,
            "alarm": board.alarm,
            "title": board.title,
            "listeners": board.listeners,
            "held": board.held,
            "troubles": board.troubles,
        },
        "sources": {row.role: _source(row, zone) for row in board.sources},
    }


def _source(row: SourceRow, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "isOnAir": row.is_on_air,
        "facts": {
            "state": row.state,
            "alarm": row.alarm,
            "person": row.person,
            "detail": row.detail,
            "trouble": row.trouble,
            "level": row.level_words,
            "since": day_and_clock(row.since, zone),
        },
        "meter": {
            "now": row.level_now,
            "words": row.level_words or row.no_level,
            "level": row.level_place,
            "peak": row.peak_place,
        },
        "may": {"hold": row.may_be_held, "kick": row.may_be_kicked},
    }
