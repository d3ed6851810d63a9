"""
The site's word with the transmitter, while somebody waits for a page.

Every function here may raise a ``PatchbayError``, whose text is a sentence for the
person who waits: the transmitter is away, busy, or will not do it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from groundwave.patchbay.blocking import open_line
from groundwave.patchbay.messages import (
    FromSite,
    Listeners,
    ListenersAsked,
    Status,
    StatusAsked,
    Titles,
    TitlesAsked,
)


# A page can wait this long for the transmitter, and no longer.
PATIENCE_SECONDS = 2.0


def ask_status() -> Status:
    """Return the transmitter's state."""
    with open_line(settings.GROUNDWAVE.patchbay_socket, PATIENCE_SECONDS) as line:
        return line.ask(StatusAsked(), expect=Status)


def ask_listeners(*, step_seconds: int) -> Listeners:
    """Return when those came who listen now, by whole steps of the clock."""
    with open_line(settings.GROUNDWAVE.patchbay_socket, PATIENCE_SECONDS) as line:
        return line.ask(ListenersAsked(step_seconds=step_seconds), expect=Listeners)


def ask_titles(station: str, *, since: datetime, until: datetime) -> Titles:
    """Return what *station* was playing, as its tape has it."""
    asked = TitlesAsked(station=station, since=since, until=until)
    with open_line(settings.GROUNDWAVE.patchbay_socket, PATIENCE_SECONDS) as line:
        return line.ask(asked, expect=Titles)


def tell(message: FromSite) -> Status:
    """Say *message* and return the transmitter's state after it took it in."""
    with open_line(settings.GROUNDWAVE.patchbay_socket, PATIENCE_SECONDS) as line:
        line.send(message)
        return line.ask(StatusAsked(), expect=Status)
