"""
What the Icecast and SHOUTcast handshakes have in common.

Laws:

* Nothing of the stream is handed out before ``accept``; what comes early is
  kept, up to ``MAX_EARLY_BYTES``, and handed out then.
* One verdict per request; a second one is our own mistake.
* A source that ends before its verdict is only seen to end after ``accept``:
  nobody has to look for two kinds of leaving.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.icecast.events import AudioReceived, SourceEnded, SourceEvent
from groundwave.wire.icecast.refusals import Refusal


MAX_EARLY_BYTES = 64 * 1024

_TOO_EARLY = (
    "The encoder sent its stream without waiting for an answer; reconnect, and if "
    "that does not help choose Icecast 2 as its server type."
)


class Stage(Enum):
    """How far a source's connection has come."""

    ASKING = "asking"
    CHALLENGED = "challenged"
    REFUSED = "refused"
    ON_AIR = "on air"
    ENDED = "ended"


class Handshake(ABC):
    """A source's connection, from its request to the end of its stream."""

    def __init__(self) -> None:
        self._stage = Stage.ASKING
        self._early = bytearray()
        self._peer_gone = False
        self._events: list[SourceEvent] = []
        self._outgoing = bytearray()

    @property
    def closing(self) -> bool:
        """Whether the connection is to be closed once ``data_to_send`` is sent."""
        return self._stage in {Stage.REFUSED, Stage.ENDED}

    def receive_data(self, data: bytes) -> None:
        """
        Take bytes from the network; those after the end are dropped.

        Raises:
            PeerError: they break the protocol; close the connection.
        """
        if self._stage is Stage.ON_AIR:
            self._hear(data)
        elif not self.closing:
            self._keep(data)

    def receive_eof(self) -> None:
        """Take note that the peer sends no more."""
        self._peer_gone = True
        if self._stage is Stage.ON_AIR:
            self._end()

    def events_received(self) -> list[SourceEvent]:
        """Return what happened since the last call."""
        events, self._events = self._events, []
        return events

    def data_to_send(self) -> bytes:
        """Return what is to be sent now."""
        data = bytes(self._outgoing)
        self._outgoing.clear()
        return data

    def accept(self) -> None:
        """
        Let the source send; its early bytes follow as events.

        Raises:
            PeerError: the early bytes break the protocol.
            UsageError: there is no request that waits for a verdict.
        """
        self._decide(Stage.ON_AIR)
        self._outgoing += self._welcome()
        early = bytes(self._early)
        self._early.clear()
        self._hear(early)
        if self._peer_gone:
            self._end()

    def refuse(self, refusal: Refusal) -> None:
        """
        Send the source away; close the connection after ``data_to_send``.

        Raises:
            UsageError: there is no request that waits for a verdict.
        """
        self._decide(Stage.REFUSED)
        self._outgoing += self._farewell(refusal)

    def _decide(self, verdict: Stage) -> None:
        if self._stage is not Stage.ASKING:
            raise UsageError(f"This source is {self._stage.value}; it asks nothing.")
        self._stage = verdict

    def _keep(self, data: bytes) -> None:
        self._early += data
        if len(self._early) > MAX_EARLY_BYTES:
            raise PeerError(_TOO_EARLY, status=413)

    def _report_audio(self, data: bytes) -> None:
        if data:
            self._events.append(AudioReceived(data))

    def _end(self) -> None:
        if self._stage is Stage.ON_AIR:
            self._stage = Stage.ENDED
            self._outgoing += self._goodbye()
            self._events.append(SourceEnded())

    def _goodbye(self) -> bytes:
        """Write what a source that has ended still waits for."""
        return b""

    @abstractmethod
    def _hear(self, data: bytes) -> None:
        """Turn *data* of an accepted source into events."""

    @abstractmethod
    def _welcome(self) -> bytes:
        """Write what lets the source begin."""

    @abstractmethod
    def _farewell(self, refusal: Refusal) -> bytes:
        """Write what sends the source away."""
