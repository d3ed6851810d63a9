"""From what an entry says to an entry that can be known again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from groundwave.syndication.feeds.fields import Reader
from groundwave.syndication.feeds.media import each_once
from groundwave.syndication.feeds.oddity import Odd, Report
from groundwave.syndication.feeds.values import Enclosure, Entry


MOST_ENTRIES = 1000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as it is read, for which see ``Entry``; it may lack anything."""

    reader: Reader
    id: str = ""
    url: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    html: str = ""
    summary: str = ""
    categories: tuple[str, ...] = ()
    enclosures: list[Enclosure] = field(default_factory=list)

    def entry(self) -> Entry | None:
        """Return the entry, what it lacks reported; None if it has no name."""
        reader = self.reader
        if not (self.id or self.url):
            reader.tell(Odd.NOT_KNOWN_AGAIN)
            return None
        if not self.id:
            reader.tell(Odd.NO_ID, self.url)
        if not self.title:
            reader.tell(Odd.NO_TITLE)
        if not self.html:
            reader.tell(Odd.NO_TEXT)
        return Entry(
            id=self.id or self.url,
            url=self.url,
            base=reader.base or self.url,
            title=self.title,
            authors=self.authors,
            published=self.published,
            updated=self.updated,
            html=self.html,
            summary=self.summary,
            categories=self.categories,
            enclosures=each_once(self.enclosures, reader),
        )


def entries_of(drafts: Iterable[Draft], report: Report) -> tuple[Entry, ...]:
    """Return the entries of the first ``MOST_ENTRIES``, each id once, in their order."""
    entries: dict[str, Entry] = {}
    for number, draft in enumerate(islice(drafts, MOST_ENTRIES + 1), 1):
        if number > MOST_ENTRIES:
            report.tell(0, Odd.TOO_MANY, MOST_ENTRIES)
            break
        entry = draft.entry()
        if entry is None:
            continue
        if entry.id in entries:
            report.tell(number, Odd.REPEATED, entry.id)
        known = entries.get(entry.id)
        if known is None or _changed(entry) > _changed(known):
            entries[entry.id] = entry
    return tuple(entries.values())


def _changed(entry: Entry) -> datetime:
    return entry.changed or _LONG_AGO
