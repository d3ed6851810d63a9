"""
A card to be read on the air: who says what, in some twenty seconds.

Law: of two sources that disagree never one is read without the other. What does not
fit is left out as a whole, and named, so that somebody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext as _

from groundwave.newsroom.figures.known import Known, Row
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.figures.words import letters, spoken


LASTS = timedelta(seconds=20)
# A newsreader says some 165 words a minute.
_A_WORD = timedelta(minutes=1) / 165


@dataclass(frozen=True)
class BroadcastCard:
    """What is read, how long that takes, and what it leaves out."""

    sentences: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    @property
    def lasts(self) -> timedelta:
        return reading_time(self.text)


def broadcast_card(
    title: str,
    tables: Iterable[Known],
    *,
    zone: ZoneInfo,
    now: datetime,
    lasts: timedelta = LASTS,
) -> BroadcastCard:
    """
    Return what is known of *title*, as it is said *now* in *zone*.

    The first of *tables* is read, however long that takes.
    """
    read: list[Known] = []
    left_out: list[str] = []
    for table in tables:
        longer = _sentences(title, [*read, table], zone, now)
        if read and reading_time(" ".join(longer)) > lasts:
            left_out.append(table.counted.label)
        else:
            read.append(table)
    sentences = _sentences(title, read, zone, now) if read else []
    return BroadcastCard(tuple(sentences), tuple(left_out))


def reading_time(text: str) -> timedelta:
    """Return how long it takes to read *text* aloud; each part of a compound counts."""
    return len(text.replace("-", " ").split()) * _A_WORD


def spoken_clock(at: datetime, zone: ZoneInfo) -> str:
    """Return the time of day as it is said: ``three p.m.``, ``ten oh five a.m.``."""
    local = at.astimezone(zone)
    hour = letters(Decimal(local.hour % 12 or 12))
    half = _("a.m.") if local.hour < 12 else _("p.m.")
    match local.hour, local.minute:
        case 0, 0:
            return _("midnight")
        case 12, 0:
            return _("noon")
        case _, 0:
            return f"{hour} {half}"
        case _, minute if minute < 10:
            words = _("oh %(minute)s") % {"minute": letters(Decimal(minute))}
            return f"{hour} {words} {half}"
        case _, minute:
            return f"{hour} {letters(Decimal(minute))} {half}"


def _sentences(
    title: str, tables: Iterable[Known], zone: ZoneInfo, now: datetime
) -> list[str]:
    told = [_("%(title)s. Who says what:") % {"title": title}]
    rows: list[Row] = []
    for table in tables:
        told += _table(table, zone, now)
        rows += table.rows
    if rows and not any(row.said.status is Status.VERIFIED for row in rows):
        told.append(_("We have not verified this ourselves."))
    return told


def _table(table: Known, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    label = table.counted.label
    if table.rows:
        words = "; ".join(_row(row, zone, now) for row in table.rows)
        facts = {"counted": label, "rows": words.removesuffix(".")}
        yield _("%(counted)s: %(rows)s.") % facts
    for each in table.withdrawn:
        facts = {"counted": label, "who": each.who}
        yield _("%(counted)s: the figure of %(who)s was withdrawn.") % facts


def _row(row: Row, zone: ZoneInfo, now: datetime) -> str:
    said = row.said
    figure = spoken(said.quantity)
    if said.counts:
        figure = _("%(figure)s (%(counts)s)") % {
            "figure": figure,
            "counts": said.counts,
        }
    words = _("%(figure)s, according to %(who)s, as of %(when)s") % {
        "figure": figure,
        "who": row.source,
        "when": _when(said.as_of, zone, now),
    }
    if said.status is Status.DISPUTED:
        return _("%(row)s, which is disputed") % {"row": words}
    return words


def _when(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    clock = spoken_clock(at, zone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return clock
    if today - local.date() < timedelta(days=7):
        return _("%(clock)s on %(day)s") % {"clock": clock, "day": in_words(local, "l")}
    return _("%(day)s") % {"day": in_words(local, "F j")}
