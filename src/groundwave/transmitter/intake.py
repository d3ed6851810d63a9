"""
The encoders' door: who may go on air, on which place, and what is said to the rest.

A key decides the place in the chain. A place in use is refused (403, the one
status every encoder knows), unless what uses it has fallen silent on the wire:
then it is the same encoder coming back from a broken line, and takes over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from groundwave.patchbay.messages import (
    Attempt,
    FromTransmitter,
    KeyLine,
    SourceAttempted,
)
from groundwave.transmitter.advice import Advice
from groundwave.transmitter.attempt import Attempts
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.keys import find_key, may_connect, window_words
from groundwave.transmitter.station import Station
from groundwave.wire.http.text import clean_text
from groundwave.wire.icecast import refusals
from groundwave.wire.icecast.refusals import Refusal
from groundwave.wire.icecast.source import SourceRequested


log = structlog.get_logger()

# A live encoder sends many times a second; one that has not for this long is gone
# or half-open.
HALF_OPEN_SECONDS = 1.5
SHOWN = 200
SOURCE_SUFFIXES = (".mp3", ".aac")


@dataclass(frozen=True, slots=True)
class Admission:
    """A source that may go on air, and where."""

    station: Station
    key: KeyLine


class Intake:
    """Decides about sources and remembers the last attempts, for the doctor."""

    def __init__(
        self,
        stations: Mapping[str, Station],
        *,
        clock: Clock,
        tell: Callable[[FromTransmitter], None],
    ) -> None:
        self._stations = stations
        self._clock = clock
        self._tell = tell
        self.attempts = Attempts()

    async def admit(self, asked: SourceRequested, address: str) -> Admission | Refusal:
        """Return what becomes of a request to go on air; both ways are noted."""
        decision = await self._decide(asked)
        if asked.credentials is not None:  # else it only asks what we can do
            self.note(asked, address, decision)
        return decision

    def note(
        self,
        asked: SourceRequested,
        address: str,
        decision: Admission | Refusal | Advice,
    ) -> None:
        """Remember how an attempt went, or what is wrong with one that went well."""
        outcome, sentence = "accepted", "On its place in the chain."
        if not isinstance(decision, Admission):
            outcome, sentence = decision.outcome, decision.sentence
        username = asked.credentials.username if asked.credentials else ""
        attempt = Attempt(
            at=self._clock.now(),
            address=address,
            outcome=outcome,
            sentence=sentence,
            mount=clean_text(asked.mount, limit=SHOWN),
            username=clean_text(username, limit=SHOWN),
            agent=asked.description.agent,
            content_type=asked.description.content_type,
            protocol=asked.protocol,
        )
        log.info(
            "source_attempted",
            mount=attempt.mount,
            address=address,
            agent=attempt.agent,
            outcome=outcome,
            reason=sentence,
        )
        admitted = decision.station if isinstance(decision, Admission) else None
        station = admitted or self.find_station(asked.mount)
        self._keep(attempt, station.slug if station else "")

    def note_unreadable(self, address: str, sentence: str) -> None:
        """Remember a connection that spoke something else, such as TLS."""
        attempt = Attempt(
            at=self._clock.now(),
            address=address,
            outcome="bad_request",
            sentence=sentence,
        )
        self._keep(attempt, "")

    def _keep(self, attempt: Attempt, station: str) -> None:
        self.attempts.remember(attempt)
        if self.attempts.is_news(attempt, station=station, air=self._clock.air()):
            self._tell(SourceAttempted(attempt=attempt, station=station))

    def find_station(self, mount: str) -> Station | None:
        """Return the station a source's mount means: ``/kgnd``, or ``/kgnd.mp3``."""
        slug = mount.strip("/")
        for suffix in SOURCE_SUFFIXES:
            slug = slug.removesuffix(suffix)
        return self._stations.get(slug)

    async def _decide(self, asked: SourceRequested) -> Admission | Refusal:
        if asked.credentials is None:
            return refusals.needs_password()
        password = asked.credentials.password
        station = self.find_station(asked.mount) or self._station_of_key(
            asked, password
        )
        if station is None and not asked.mount.strip("/"):
            return refusals.wrong_key()
        if station is None:
            return refusals.unknown_mount(asked.mount)
        if (refusal := type_refusal(asked.description.content_type)) is not None:
            return refusal
        key = find_key(station.line, password)
        if key is None:
            return refusals.wrong_key()
        if not may_connect(key, station.line, now=self._clock.now()):
            return refusals.outside_window(window_words(key))
        if not await self._place_is_free(station, key):
            return refusals.mount_taken(f"/{station.slug}")
        now = self._stations.get(station.slug)
        if now is not station or find_key(now.line, password) != key:
            return await self._decide(asked)  # a new line-up came while we waited
        return Admission(station, key)

    def _station_of_key(self, asked: SourceRequested, password: str) -> Station | None:
        """SHOUTcast's encoders name no mount: the key tells the station."""
        if asked.mount.strip("/"):
            return None
        stations = self._stations.values()
        return next((s for s in stations if find_key(s.line, password)), None)

    async def _place_is_free(self, station: Station, key: KeyLine) -> bool:
        """Wait for the place's present source to prove that it is alive."""
        present = station.sources.get(key.role)
        if present is None:
            return True
        if present.key_id != key.id:
            return False
        heard = present.received_at
        wait = heard + HALF_OPEN_SECONDS - self._clock.air()
        if wait > 0:
            await asyncio.sleep(wait)
        if station.sources.get(key.role) is not present:
            return key.role not in station.sources
        if present.received_at > heard:
            return False
        # It was its line that broke: until its encoder sounds again, its grace goes on.
        present.hang_up(
            "The same key connected again; the old connection was half-open.",
            lost=True,
        )
        return True


def type_refusal(content_type: str) -> Refusal | None:
    """Return why this type cannot go on air; None if it may be tried."""
    # Encoders mislabel freely; only what plainly says that it is no sound is refused
    # here, the rest by its bytes.
    if content_type.startswith(("text/", "image/", "multipart/")):
        return refusals.unsupported_type(content_type)
    return None
