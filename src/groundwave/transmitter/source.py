"""A source in a station's chain: who it is, and its feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from groundwave.patchbay.messages import Role, SourceStatus
from groundwave.transmitter.chain import Candidate
from groundwave.transmitter.feed import Feed


class HangUp(Protocol):
    """Ends a source's connection."""

    def __call__(self, reason: str, *, lost: bool = False) -> None:
        """End it for *reason*, a sentence; one that is *lost* keeps its grace."""


@dataclass(slots=True, eq=False)
class Source:
    """
    A connected encoder or relay.

    Attributes:
        hang_up: ends the connection.
        received_at: air seconds at which its last bytes came.
    """

    role: Role
    feed: Feed
    since: datetime
    hang_up: HangUp
    key_id: int | None = None
    person: str = ""
    address: str = ""
    agent: str = ""
    content_type: str = ""
    title: str = ""
    received_at: float = 0.0

    def candidate(self) -> Candidate:
        """Return what the chain needs to know."""
        health = self.feed.health
        return Candidate(
            self.role,
            health.heard_at,
            health.sounding_since,
            health.silent_since,
            health.ends_at,
        )

    def status(
        self, *, on_air: bool, unix_at: Callable[[float], float]
    ) -> SourceStatus:
        """Return what a person wants to know; *unix_at* turns air time into wall time."""
        health = self.feed.health
        silent = health.silent_since
        return SourceStatus(
            role=self.role,
            connected=True,
            on_air=on_air,
            person=self.person,
            key_id=self.key_id,
            address=self.address,
            agent=self.agent,
            content_type=self.content_type,
            description=health.description,
            since=self.since,
            title=self.title,
            level_dbfs=self.feed.level_dbfs,
            peak_dbfs=health.peak_dbfs,
            heard_at=_at(health.heard_at, unix_at),
            silent_since=_at(silent, unix_at),
            healthy=self.feed.is_healthy,
            trouble=self.feed.trouble,
        )


def _at(air: float | None, unix_at: Callable[[float], float]) -> datetime | None:
    return None if air is None else datetime.fromtimestamp(unix_at(air), UTC)
