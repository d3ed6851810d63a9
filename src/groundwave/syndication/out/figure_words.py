"""“What we know, and who says so” as sentences, for where no table can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from wagtail.blocks import StructValue

from groundwave.newsroom.changes.updated_line import clock_words, date_words
from groundwave.newsroom.event_tables import box_tables
from groundwave.newsroom.figures.inline import capital
from groundwave.newsroom.figures.known import Known, Row
from groundwave.newsroom.figures.standing import Said, Status
from groundwave.newsroom.models import Story


def box_in_words(box: StructValue, story: Story) -> Iterator[str]:
    """Yield a figure box of *story* as paragraphs and lists of HTML."""
    chosen = [metric for metric in box["counted"] if metric]
    for event, tables in box_tables(chosen, story.event):
        if tables:
            yield f"<b>{_html(_('What we know, and who says so'))}</b>"
        for table in tables:
            yield f"<b>{_html(str(table.counted))}</b>"
            yield _list(_sentences(table, event.zone))
        if _is_unverified(tables):
            yield _html(
                _(
                    "These are the sources' figures; we have not verified them ourselves."
                )
            )


def _sentences(table: Known, zone: ZoneInfo) -> Iterator[str]:
    for row in table.rows:
        yield " ".join(_row(row, zone))
    for said in table.withdrawn:
        facts = {"who": said.who, "reason": said.reason}
        yield _("The figure of %(who)s was withdrawn. %(reason)s") % facts


def _row(row: Row, zone: ZoneInfo) -> Iterator[str]:
    when = f"{date_words(row.as_of, zone)}, {clock_words(row.as_of, zone)}"
    facts = {"figure": row.figure, "who": row.source, "when": when}
    told = _("%(figure)s, according to %(who)s, as of %(when)s") % facts
    counts = f" ({row.said.counts})" if row.said.counts else ""
    yield _ended(f"{told}{counts}")
    for each in (row.change, _status(row.said), row.said.note):
        if each:
            yield _ended(each)


def _status(said: Said) -> str:
    words = {
        Status.CORROBORATED: _("corroborated: %(reason)s"),
        Status.VERIFIED: _("verified by us: %(reason)s"),
        Status.DISPUTED: _("disputed: %(reason)s"),
    }
    return words.get(said.status, "") % {"reason": said.reason}


def _is_unverified(tables: Iterable[Known]) -> bool:
    statuses = [row.said.status for table in tables for row in table.rows]
    return bool(statuses) and Status.VERIFIED not in statuses


def _ended(words: str) -> str:
    """Return *words* as a sentence."""
    return capital(words) if words.endswith((".", "!", "?")) else f"{capital(words)}."


def _list(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_html(each)}</li>' for each in sentences)}</ul>"


def _html(words: str) -> str:
    return escape(words, quote=False)
