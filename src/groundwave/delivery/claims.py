"""
Who says what, for search engines: claims and observations in schema.org's words.

A claim says who said it; an observation says what it would be of the event. Neither
rates the other: that somebody said so is all that we vouch for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from groundwave.delivery.days import utc_text
from groundwave.newsroom.figures.known import Known, Row
from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.figures.standing import Said
from groundwave.newsroom.models import Event


Facts = dict[str, Any]
At = Callable[[str], str]


def event_facts(event: Event, tables: Iterable[Known], at: At) -> list[Facts]:
    """Return the event, and whatever anybody says of it."""
    about = at(f"{event.get_absolute_url()}#event")
    facts = {
        "@type": "Event",
        "@id": about,
        "name": event.title,
        "url": at(event.get_absolute_url()),
        "startDate": utc_text(event.started_at) if event.started_at else "",
        "location": {"@type": "Place", "name": event.place} if event.place else "",
    }
    return [_said(facts), *claims(tables, about=about)]


def claims(
    tables: Iterable[Known], *, about: str, appearance: str = ""
) -> Iterator[Facts]:
    """
    Yield a claim and an observation for each figure that stands.

    *about* names the event, and *appearance* the story that has the claims, if one does.
    """
    for table in tables:
        for row in table.rows:
            yield _claim(table, row, about, appearance)
            yield _observation(table, row, about)


def as_number(number: Decimal | None) -> int | float | None:
    """Return what JSON takes for a number; 6.4 stays 6.4."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def _claim(table: Known, row: Row, about: str, appearance: str) -> Facts:
    said = row.said
    return _said(
        {
            "@type": "Claim",
            "@id": _name(about, said),
            "text": f"{table.counted.label}: {row.figure}",
            "author": _author(said),
            "datePublished": utc_text(said.said_at),
            "about": {"@id": about},
            "firstAppearance": _work(said.url),
            "appearance": {"@id": appearance} if appearance else None,
        }
    )


def _observation(table: Known, row: Row, about: str) -> Facts:
    said = row.said
    return _said(
        {
            "@type": "Observation",
            "observationAbout": {"@id": about},
            "measuredProperty": {"@type": "Property", "name": table.counted.label},
            # schema.org has no word for "about"; a reader has.
            "description": "; ".join(filter(None, (row.figure, row.counts))),
            "observationDate": utc_text(said.as_of),
            **_bounds(said.quantity),
            "subjectOf": {"@id": _name(about, said)},
        }
    )


def _bounds(quantity: Quantity) -> Facts:
    if quantity.qualifier in {Qualifier.EXACT, Qualifier.ABOUT}:
        return {"value": as_number(quantity.low)}
    return {
        "minValue": as_number(quantity.low),
        "maxValue": as_number(quantity.high),
    }


def _author(said: Said) -> Facts:
    kind = "Person" if said.is_person else "Organization"
    return {"@type": kind, "name": said.who}


def _work(url: str) -> Facts | None:
    return {"@type": "CreativeWork", "url": url} if url else None


def _name(about: str, said: Said) -> str:
    return f"{about.partition('#')[0]}#figure-{said.name}"


def _said(facts: Facts) -> Facts:
    """Return *facts* without those that nothing is known of; nought is known."""
    return {name: value for name, value in facts.items() if value not in ("", None)}
