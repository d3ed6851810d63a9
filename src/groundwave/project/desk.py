"""
The site's end of the patchbay: what the transmitter knows and what it counted.

Laws:

* The desk publishes the line-up whenever it connects, whenever the edition moves on,
  and whenever the transmitter turns out to have another one.
* Listening sessions are stored before they are acknowledged. The transmitter sends
  them until then, so that storing the same batch twice must change nothing.
* The transmitter tells its last incidents whenever the desk connects. What the
  timeline has is not added to it again.
* Nothing ends the desk but ``stop``: with the transmitter or the database away it
  tries again, less and less often, and says why once.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from typing import assert_never

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections, transaction
from django.utils import timezone

from groundwave.delivery.breaking import banner_news
from groundwave.delivery.schedule_news import news_of
from groundwave.delivery.story_news import recent_story_news
from groundwave.patchbay.blocking import BlockingLine, open_line
from groundwave.patchbay.errors import NoAnswer, PatchbayError
from groundwave.patchbay.line import WORKER
from groundwave.patchbay.messages import (
    ADVICE,
    Attempt,
    FromTransmitter,
    LineupTaken,
    Listeners,
    OnAirChanged,
    Refused,
    SessionsEnded,
    SessionsKept,
    SourceAttempted,
    SourceConnected,
    SourceDisconnected,
    Status,
    StatusAsked,
    TitleChanged,
    Titles,
)
from groundwave.stations.actions import current_lineup
from groundwave.stations.models import (
    ListeningSession,
    SourceIncident,
    SourceKey,
    Station,
    Transmission,
)
from groundwave.stations.models.incident import IncidentKind


PATIENCE_SECONDS = 5.0
# A change in the admin is told at once by the admin; this is for when that failed.
LOOK_SECONDS = 1.0
ASK_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 10.0
KEPT_INCIDENTS = 20_000
# Strangers can make any number of these; they must not push out what happened.
KEPT_REFUSALS = 5_000
TRIM_EVERY = 500

log = structlog.get_logger(__name__)


def run_desk(stop: threading.Event) -> None:
    """Attend to the transmitter, whenever it is there, until *stop* is set."""
    waits = _waits()
    said = ""
    while not stop.is_set():
        close_old_connections()
        try:
            with open_line(
                settings.GROUNDWAVE.patchbay_socket, PATIENCE_SECONDS, name=WORKER
            ) as line:
                log.info("patchbay_connected")
                waits, said = _waits(), ""
                Desk(line).attend(stop)
        except (PatchbayError, DatabaseError) as trouble:
            if str(trouble) != said:
                said = str(trouble)
                log.warning("patchbay_waits", because=said)
            stop.wait(next(waits))
    connections.close_all()


class Desk:
    """What is done over one line, from when it opens to when it ends."""

    def __init__(self, line: BlockingLine) -> None:
        self._line = line
        self._published: int | None = None
        self._troubles: set[tuple[str, ...]] = set()
        self._noted = 0

    def attend(self, stop: threading.Event) -> None:
        """
        Publish and listen until *stop* is set.

        Raises:
            PatchbayError: the line has ended.
            DatabaseError: what the transmitter said could not be stored.
        """
        look_at = ask_at = time.monotonic()
        while not stop.is_set():
            if time.monotonic() >= look_at:
                self.publish_if_changed()
                look_at = time.monotonic() + LOOK_SECONDS
            if time.monotonic() >= ask_at:
                self._line.send(StatusAsked())
                ask_at = time.monotonic() + ASK_SECONDS
            try:
                message = self._line.receive(timeout=LOOK_SECONDS)
            except NoAnswer:
                continue
            self.take(message)

    def publish_if_changed(self) -> None:
        """Tell the transmitter the line-up, unless it was told this edition."""
        if Transmission.objects.edition() != self._published:
            lineup = current_lineup()
            self._line.send(lineup)
            self._published = lineup.edition
            log.info(
                "lineup_published",
                edition=lineup.edition,
                stations=len(lineup.stations),
            )

    def take(self, message: FromTransmitter) -> None:
        """Do what *message* asks of the site."""
        match message:
            case SessionsEnded():
                ListeningSession.objects.keep(message.sessions)
                self._line.send(SessionsKept(batch=message.batch))
            case SourceConnected():
                self._note_connected(message)
            case SourceDisconnected(at=at, station=station, role=role, reason=reason):
                self._note(
                    at=at,
                    station=station,
                    kind=IncidentKind.DISCONNECTED,
                    role=role,
                    sentence=reason,
                )
            case SourceAttempted(attempt=attempt, station=station):
                self._note_refusal(attempt, station)
            case OnAirChanged(at=at, station=station, role=role, reason=reason):
                self._note(
                    at=at,
                    station=station,
                    kind=IncidentKind.ON_AIR,
                    role=role or "",
                    sentence=reason,
                )
            case Status():
                self._check(message)
            case LineupTaken(edition=edition):
                log.info("lineup_taken", edition=edition)
                self._tell_pages()
            case Refused(sentence=sentence):
                log.warning("transmitter_refused", because=sentence)
            case TitleChanged() | Listeners() | Titles():
                pass  # whom it concerns hears of it from the transmitter itself
            case _:
                assert_never(message)

    def _tell_pages(self) -> None:
        """Say what pages are told, which a transmitter that was restarted forgot."""
        for news in news_of(Station.objects.all()):
            self._line.send(news)
        now = timezone.now()
        for news in (banner_news(now=now), *recent_story_news(now=now)):
            self._line.send(news)

    def _note_connected(self, message: SourceConnected) -> None:
        source = message.source
        # It may be told again when newer ones were.
        SourceKey.objects.filter(pk=source.key_id).exclude(
            last_used_at__gte=message.at
        ).update(last_used_at=message.at)
        self._note(
            at=message.at,
            station=message.station,
            kind=IncidentKind.CONNECTED,
            role=source.role,
            sentence=" ".join(filter(None, [source.description, source.agent])),
            person=source.person,
            address=source.address,
            agent=source.agent,
        )

    def _note_refusal(self, attempt: Attempt, station: str) -> None:
        if attempt.outcome == "accepted":
            return  # that it connected is told by itself
        is_advice = attempt.outcome in ADVICE  # it is on air all the same
        self._note(
            at=attempt.at,
            station=station,
            kind=IncidentKind.TROUBLE if is_advice else IncidentKind.REFUSED,
            outcome=attempt.outcome,
            sentence=attempt.sentence,
            mount=attempt.mount,
            address=attempt.address,
            agent=attempt.agent,
        )

    def _check(self, status: Status) -> None:
        """Note what the site goes by; publish if the transmitter has another line-up."""
        if status.edition != self._published:
            self._published = None
        for station in status.stations:
            Station.objects.note_tape(station.slug, begins_at=station.tape_begins_at)
        troubles = dict(_troubles(status))
        for place, facts in troubles.items():
            if place not in self._troubles:  # when it begins, and not at every look
                self._note(at=status.at, kind=IncidentKind.TROUBLE, **facts)
        self._troubles = set(troubles)

    def _note(self, **facts: object) -> None:
        """Add to the timeline what it does not have: incidents may be told twice."""
        if SourceIncident.objects.knows(**facts):
            return
        with transaction.atomic():
            SourceIncident.objects.note(**facts)
            self._noted += 1
            if self._noted % TRIM_EVERY == 0:
                SourceIncident.objects.of_the_air().trim(keep=KEPT_INCIDENTS)
                SourceIncident.objects.refusals().trim(keep=KEPT_REFUSALS)


def _troubles(status: Status) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """
    Yield what is wrong, and where: another place is another trouble.

    The words for what is wrong with a source, and with the sessions of all stations,
    change while it lasts.
    """
    if status.trouble:
        yield ("sessions",), {"sentence": status.trouble}
    for station in status.stations:
        of = {"station": station.slug}
        for sentence in filter(None, (station.tape, station.trouble)):
            yield (station.slug, sentence), {**of, "sentence": sentence}
        for source in station.sources:
            if source.trouble:
                facts = {"role": source.role, "sentence": source.trouble}
                yield (station.slug, source.role), {**of, **facts}


def _waits() -> Iterator[float]:
    """Yield how long to wait before the next try: longer each time, never in step."""
    wait = 0.25
    while True:
        yield wait * random.uniform(0.5, 1.0)  # noqa: S311
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
