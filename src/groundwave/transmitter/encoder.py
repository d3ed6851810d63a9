"""
One encoder's connection: from its request, through admission, to its last byte.

The handshake is a value that is fed bytes (``wire.icecast``); this is the loop
that owns the socket. It stops reading when the source is ahead of real time or the
codec behind: the encoder then waits, and TCP tells it so.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

import structlog

from groundwave.transmitter.advice import on_bitrate, on_silence
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.feed import Feed
from groundwave.transmitter.intake import Admission, Intake, type_refusal
from groundwave.transmitter.sign_on import new_source
from groundwave.transmitter.source import Source
from groundwave.wire.errors import PeerError
from groundwave.wire.icecast import refusals
from groundwave.wire.icecast.description import StreamDescription
from groundwave.wire.icecast.events import (
    AudioReceived,
    SourceDescribed,
    SourceEnded,
    SourceRequested,
)
from groundwave.wire.icecast.handshake import Handshake
from groundwave.wire.icecast.refusals import Refusal
from groundwave.wire.icecast.shoutcast import PROTOCOL, ShoutcastHandshake


log = structlog.get_logger()

READ_BYTES = 16_384  # a second at 128 kbit/s, so that a hasty source is held in time
SHORTEST_PAUSE = 0.1
IDLE_SECONDS = 20.0
HANDSHAKE_SECONDS = 15.0


class EncoderConnection:
    """
    Owns an encoder's socket.

    Args:
        ended: called once, when the connection is over; True if the socket was
            sent a refusal that the encoder should be left time to read.
    """

    def __init__(
        self,
        sock: socket.socket,
        address: str,
        handshake: Handshake,
        *,
        intake: Intake,
        clock: Clock,
        ended: Callable[[EncoderConnection, bool], None],
    ) -> None:
        self.sock = sock
        self.address = address
        self._handshake = handshake
        self._intake = intake
        self._clock = clock
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._asked: SourceRequested | None = None
        self._admission: Admission | None = None
        self._source: Source | None = None
        self._deciding: asyncio.Task[None] | None = None
        self._is_reading = False
        self._is_paused = False
        self._is_over = False
        self._announced_kbps: int | None = None
        self._advised: set[str] = set()
        self._deadline = clock.air() + HANDSHAKE_SECONDS

    @property
    def is_admitted(self) -> bool:
        """Whether its key was good; before that it is only a socket."""
        return self._admission is not None

    def start(self) -> None:
        """Go on with whatever the handshake has already been fed."""
        self._read_on()
        self._follow()

    def sweep(self) -> None:
        """End the connection if its time is up; called about once a second."""
        if self._clock.air() > self._deadline and not self._is_paused:
            self.hang_up(
                "Nothing was received from the encoder for too long.", lost=True
            )
        elif self._source is not None:
            self._advise(self._source.feed)

    def hang_up(
        self, reason: str, *, refused: bool = False, lost: bool = False
    ) -> None:
        """
        End the connection.

        *refused* leaves the encoder time to read why; *lost* says that it may well
        be back in a moment.
        """
        if self._is_over:
            return
        self._is_over = True
        self._read_no_more()
        if self._source and self._admission:
            self._admission.station.disconnect(self._source, reason, lost=lost)
            log.info(
                "source_ended", station=self._admission.station.slug, reason=reason
            )
        self._ended(self, refused)

    async def close(self) -> None:
        """Free what the connection held, once it is over."""
        if self._deciding:
            self._deciding.cancel()
        source, self._source = self._source, None
        if source:
            await source.feed.close()

    # --- the socket -------------------------------------------------------------

    def _read_on(self) -> None:
        self._is_reading = True
        self._loop.add_reader(self.sock, self._receive)

    def _read_no_more(self) -> None:
        self._is_reading = False
        self._loop.remove_reader(self.sock)

    def _receive(self) -> None:
        # To the end: a reset right behind the last bytes is announced together with
        # them, once, and would otherwise be noticed when patience ends.
        while self._is_reading and self._receive_some():
            pass

    def _receive_some(self) -> bool:
        """Take in what is there; return whether there may be more."""
        try:
            data = self.sock.recv(READ_BYTES)
        except BlockingIOError:
            return False
        except OSError as error:
            self.hang_up(f"The line to the encoder broke: {error.strerror}.", lost=True)
            return False
        self._take_in(data)
        return bool(data)

    def _take_in(self, data: bytes) -> None:
        try:
            if data:
                self._handshake.receive_data(data)
            else:
                self._handshake.receive_eof()
                self._notice_end()
            self._follow()
        except PeerError as error:
            self._refuse_request(error)

    def _notice_end(self) -> None:
        if self._source is None:
            self.hang_up("The encoder disconnected before it was on air.")

    def _send(self, data: bytes) -> None:
        # A few hundred bytes into an empty socket buffer: taken whole, or the
        # encoder is gone and the next read says so.
        try:
            self.sock.send(data)
        except OSError as error:
            log.info("answer_not_sent", address=self.address, reason=str(error))

    def _follow(self) -> None:
        for event in self._handshake.events_received():
            if self._is_over:
                return
            match event:
                case SourceRequested():
                    self._asked = event
                    # What comes before the verdict waits in the socket.
                    self._read_no_more()
                    self._deciding = self._loop.create_task(self._decide(event))
                case SourceDescribed():
                    self._take_description(event.description)
                case AudioReceived():
                    self._hear(event.data)
                case SourceEnded():
                    # A PUT is answered when it is over.
                    self._send(self._handshake.data_to_send())
                    self.hang_up("The encoder disconnected.", refused=True, lost=True)
                case _:
                    assert_never(event)

    # --- admission --------------------------------------------------------------

    async def _decide(self, asked: SourceRequested) -> None:
        decision = await self._intake.admit(asked, self.address)
        if self._is_over:
            return
        if isinstance(decision, Refusal):
            self._refuse(decision)
            return
        self._admission = decision
        # SHOUTcast's sources describe themselves only after they were let in.
        if not isinstance(self._handshake, ShoutcastHandshake):
            self._go_on_air(asked.description)
        try:
            self._handshake.accept()
        except PeerError as error:
            self.hang_up(error.sentence)
            return
        self._send(self._handshake.data_to_send())
        self._read_on()
        self._follow()

    def _take_description(self, description: StreamDescription) -> None:
        refusal = type_refusal(description.content_type) or self._place_refusal()
        if refusal is None:
            self._go_on_air(description)
        elif self._asked:
            self._intake.note(self._asked, self.address, refusal)
            self.hang_up(refusal.sentence)

    def _place_refusal(self) -> Refusal | None:
        """Look station, key and place up again: it may have taken its time."""
        if self._admission is None:
            return None
        slug, was = self._admission.station.slug, self._admission.key
        station = self._intake.find_station(slug)
        if station is None:
            return refusals.unknown_mount(f"/{slug}")
        key = next((key for key in station.line.keys if key.id == was.id), None)
        if key is None or key.digest != was.digest:
            return refusals.wrong_key()
        if key.role in station.sources:
            return refusals.mount_taken(f"/{slug}")
        self._admission = Admission(station, key)
        return None

    def _refuse_request(self, error: PeerError) -> None:
        refusal = refusals.bad_request(error.sentence, status=error.status)
        # Only on SHOUTcast's port can bytes come here that ask for nothing.
        nothing = SourceRequested("", None, StreamDescription(), PROTOCOL)
        self._intake.note(self._asked or nothing, self.address, refusal)
        self._refuse(refusal)

    def _refuse(self, refusal: Refusal) -> None:
        if self._asked is None:
            self._send(f"{refusal.sentence}\r\n".encode())
        elif self._admission is None:
            self._handshake.refuse(refusal)
            self._send(self._handshake.data_to_send())
        self.hang_up(refusal.sentence, refused=True)

    # --- on air -----------------------------------------------------------------

    def _go_on_air(self, description: StreamDescription) -> None:
        if self._admission is None:
            return
        station, key = self._admission.station, self._admission.key
        self._source = new_source(
            station,
            key.role,
            clock=self._clock,
            content_type=description.content_type,
            hang_up=self.hang_up,
            refuse=self._refuse_sound,
            key=key,
            address=self.address,
            agent=description.agent,
        )
        self._announced_kbps = description.bitrate_kbps
        self._deadline = self._clock.air() + IDLE_SECONDS
        station.connect(self._source)

    def _hear(self, data: bytes) -> None:
        if self._source is None:
            return
        now = self._clock.air()
        self._source.received_at = now
        self._deadline = now + IDLE_SECONDS
        self._source.feed.receive(data)
        wait = self._source.feed.pause()
        if wait > 0 and not self._is_over and not self._is_paused:
            self._pause(self._source, wait)

    def _advise(self, feed: Feed) -> None:
        """Note what its owner should put right, each thing once."""
        found = [on_bitrate(self._announced_kbps, feed.measured_kbps)]
        since = feed.health.silent_since
        if since is not None and self._admission:
            silent = self._clock.air() - since
            if silent > self._admission.station.line.silence_seconds:
                found.append(on_silence(silent))
        for advice in filter(None, found):
            if self._asked and advice.outcome not in self._advised:
                self._advised.add(advice.outcome)
                self._intake.note(self._asked, self.address, advice)

    def _pause(self, source: Source, seconds: float) -> None:
        seconds = max(seconds, SHORTEST_PAUSE)
        self._is_paused = True
        self._read_no_more()
        # It is us who do not listen: until then it counts as heard.
        source.received_at = self._clock.air() + seconds
        self._loop.call_later(seconds, self._resume)

    def _resume(self) -> None:
        self._is_paused = False
        if self._is_over or self._source is None:
            return
        if (wait := self._source.feed.pause()) > 0:
            self._pause(self._source, wait)
            return
        now = self._clock.air()
        self._deadline = now + IDLE_SECONDS
        self._source.received_at = now
        self._read_on()

    def _refuse_sound(self, sentence: str) -> None:
        """End a source whose bytes turned out not to be sound that can go on air."""
        if self._is_over or self._source is None or self._asked is None:
            return
        refusal = refusals.not_audio(self._source.content_type)
        refusal = replace(refusal, sentence=sentence)
        self._intake.note(self._asked, self.address, refusal)
        self.hang_up(sentence)
