"""Texts, addresses and instants, as all three kinds of feed have them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

from groundwave.syndication.feeds.oddity import Odd, Report
from groundwave.wire.cds.instants import parse_instant


LONGEST_LINE = 2000
LONGEST_ADDRESS = 2000
LONGEST_DATE = 100
MOST_OF_A_KIND = 100
"""Authors, categories or files of one entry."""

# What PostgreSQL and XML do not take for text, and what would turn a line around.
_UNSAYABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKING = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h\d|tr|td|th|hr|blockquote|figure|figcaption)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_REFERENCE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Reader:
    """
    Reads the fields of one entry, or of the feed itself.

    Args:
        report: where to tell what is odd.
        entry: the number of the entry, from 1; 0 for the feed itself.
        base: what relative addresses are relative to.
    """

    report: Report
    entry: int = 0
    base: str = ""

    def of_entry(self, number: int) -> Reader:
        """Return a reader of one of the feed's entries."""
        return replace(self, entry=number)

    def at(self, base: str | None) -> Reader:
        """Return a reader for whom addresses are relative to *base*, if it says where."""
        return replace(self, base=_joined(self.base, base)) if base else self

    def tell(self, what: Odd, detail: object = "") -> None:
        """Report what is odd here."""
        self.report.tell(self.entry, what, detail)

    def text(self, raw: str) -> str:
        """Return *raw* without the characters that no text has."""
        clean = _UNSAYABLE.sub("", raw)
        if clean != raw:
            self.tell(Odd.BAD_TEXT)
        return clean.strip()

    def line(self, raw: str) -> str:
        """Return *raw*, which is plain text, on one line."""
        line = " ".join(self.text(raw).split())
        if len(line) > LONGEST_LINE:
            self.tell(Odd.TOO_LONG, line)
        return line[:LONGEST_LINE].rstrip()

    def line_of_html(self, raw: str) -> str:
        """Return what is to be read of *raw*, which is HTML, on one line."""
        return self.line(html.unescape(_TAG.sub("", _BREAKING.sub(" ", raw))))

    def line_of_either(self, raw: str) -> str:
        """Return *raw*, plain text that may have been escaped once too often."""
        return self.line(_REFERENCE.sub(lambda found: html.unescape(found[0]), raw))

    def address(self, raw: str) -> str:
        """Return the whole address that *raw* is, of ``http`` or ``https``; or empty."""
        if not (raw := self.text(raw)):
            return ""
        whole = _joined(self.base, raw)
        if len(whole) <= LONGEST_ADDRESS and _is_of_the_web(whole):
            return whole
        self.tell(Odd.BAD_ADDRESS, raw)
        return ""

    def instant(self, raw: str) -> datetime | None:
        """Return the instant that *raw* is, by RFC 3339 or RFC 5322; or None."""
        if not (raw := raw.strip()[:LONGEST_DATE]):
            return None
        found = parse_instant(raw) or _mail_date(raw) or _iso_date(raw)
        if found is None:
            self.tell(Odd.BAD_TIME, raw)
        elif found.tzinfo is None:
            self.tell(Odd.NO_ZONE, raw)
            return found.replace(tzinfo=UTC)
        return found

    def lines(self, raw: Iterable[str]) -> tuple[str, ...]:
        """Return each of *raw* once, on one line, without the empty ones."""
        found = dict.fromkeys(filter(None, map(self.line_of_either, raw)))
        return tuple(self.few(found))

    def few(self, found: Iterable[str]) -> list[str]:
        """Return the first ``MOST_OF_A_KIND``; say so if there are more."""
        first = list(islice(found, MOST_OF_A_KIND + 1))
        if len(first) > MOST_OF_A_KIND:
            self.tell(Odd.TOO_MANY, MOST_OF_A_KIND)
        return first[:MOST_OF_A_KIND]


def html_of_text(text: str) -> str:
    """Return plain *text* as HTML, in its paragraphs."""
    paragraphs = (html.escape(each.strip()) for each in _PARAGRAPHS.split(text))
    return "\n".join(f"<p>{each}</p>" for each in paragraphs if each)


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return ""


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _mail_date(raw: str) -> datetime | None:
    """Return it as RFC 5322 (and RSS) has it; naive if its zone is not known."""
    try:
        found = parsedate_to_datetime(raw)
        return found.astimezone(UTC) if found.tzinfo else found
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso_date(raw: str) -> datetime | None:
    """Return it as ISO 8601 has it otherwise, such as a day alone."""
    try:
        found = datetime.fromisoformat(raw)
        return found.astimezone(UTC) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None
