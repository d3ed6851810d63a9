"""
The demo studio's encoder: it goes on air as any other does, and sends in real time.

Laws:

* The clock decides, never the loop: the frame that ends at second *n* is sent when *n*
  seconds have passed since the first, so that nothing drifts.
* After a stall the encoder goes on from now; listeners do not get the past in a heap.
* The programme is made by a thread of its own, some seconds ahead of what is sent.
* Whatever the transmitter answers, the studio tries again, less and less often.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Queue
from typing import TYPE_CHECKING

import groundwave
from groundwave.audio.encoder import PcmEncoder
from groundwave.audio.job import Encoding
from groundwave.project.demo.sound import RATE
from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import ResponseHead, ResponseReader
from groundwave.wire.icecast.encoder import source_request, title_request


if TYPE_CHECKING:
    from groundwave.project.demo.programme import Part


BITRATE_KBPS = 128
AGENT = f"Groundwave-demo-studio/{groundwave.__version__}"
FRAMES_AT_ONCE = 4
AHEAD = 3  # batches of a few seconds each
PATIENCE_SECONDS = 10.0
MOST_LATE_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 15.0
MOST_OF_AN_ANSWER = 4096


class ProgrammeEnded(Exception):
    """There is nothing more to send."""


class TurnedAway(Exception):
    """The transmitter does not take the studio; the text is its own sentence."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some seconds of one part: MP3 frames that are ready to be sent."""

    title: str
    frames: list[bytes]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the studio sends to, and what lets it in."""

    host: str
    port: int
    station: str
    key: str

    @property
    def mount(self) -> str:
        """The path that the station's sources send to."""
        return f"/{self.station}"


def encoded(parts: Iterator[Part]) -> Iterator[Batch]:
    """Yield *parts* as MP3 frames, made as they are asked for."""
    encoder = PcmEncoder(
        Encoding(name="demo", codec="mp3", bitrate_kbps=BITRATE_KBPS, sample_rate=RATE)
    )
    for part in parts:
        for block in part.blocks:
            yield Batch(part.title, encoder.encode(block.T))


class DemoEncoder:
    """Sends *batches* to *place* until *stop* is set."""

    def __init__(
        self, place: Place, batches: Iterator[Batch], stop: threading.Event
    ) -> None:
        self._place = place
        self._stop = stop
        self._ready: Queue[Batch | None] = Queue(AHEAD)
        self._left: Iterator[bytes] = iter(())
        self._title = ""
        self._told = ""
        maker = threading.Thread(
            target=self._make, args=[batches], name="programme", daemon=True
        )
        maker.start()

    def run(self) -> None:
        """Be on air until the programme ends; come back after every loss."""
        wait = 0.5
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                with self._connected() as line:
                    self._send(line)
            except ProgrammeEnded:
                return
            except TurnedAway as refusal:
                _say(f"The transmitter does not take the studio: {refusal}")
            except OSError as trouble:
                _say(f"The studio is off air: {trouble.strerror or trouble}.")
            if time.monotonic() - started > LONGEST_WAIT_SECONDS:
                wait = 0.5
            self._stop.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    def _make(self, batches: Iterator[Batch]) -> None:
        try:
            for batch in batches:
                self._ready.put(batch)
        finally:
            self._ready.put(None)

    def _connected(self) -> socket.socket:
        """
        Ask to go on air.

        Raises:
            TurnedAway: the transmitter said no.
            OSError: nobody is there.
        """
        place = self._place
        line = socket.create_connection((place.host, place.port), PATIENCE_SECONDS)
        try:
            asked = source_request(
                place.mount,
                "source",
                place.key,
                "audio/mpeg",
                name="The demo studio",
                bitrate_kbps=BITRATE_KBPS,
                host=place.host,
                agent=AGENT,
            )
            line.sendall(asked)
            _check_taken(line)
        except BaseException:
            line.close()
            raise
        _say(f"The demo studio is on air at {place.mount}.")
        return line

    def _send(self, line: socket.socket) -> None:
        self._told = ""
        started, sent = time.monotonic(), 0
        frame_seconds = 1152 / RATE
        while not self._stop.is_set():
            frames = [self._next_frame() for _ in range(FRAMES_AT_ONCE)]
            self._tell_title()
            line.sendall(b"".join(frames))
            sent += len(frames)
            due = started + sent * frame_seconds
            late = time.monotonic() - due
            if late > MOST_LATE_SECONDS:
                started += late
            self._stop.wait(max(0.0, -late))

    def _next_frame(self) -> bytes:
        while (frame := next(self._left, None)) is None:
            if (batch := self._ready.get()) is None:
                self._ready.put(None)
                raise ProgrammeEnded
            self._title, self._left = batch.title, iter(batch.frames)
        return frame

    def _tell_title(self) -> None:
        """Say what is playing, once; sound does not wait for it."""
        if self._title == self._told:
            return
        self._told = self._title
        _say(f"Now playing: {self._title}")
        threading.Thread(target=self._tell, args=[self._title], daemon=True).start()

    def _tell(self, title: str) -> None:
        place = self._place
        asked = title_request(
            place.mount, "source", place.key, title, host=place.host, agent=AGENT
        )
        try:
            with socket.create_connection(
                (place.host, place.port), PATIENCE_SECONDS
            ) as line:
                line.sendall(asked)
                head, text = _answer(line)
        except (OSError, TurnedAway) as trouble:
            _say(f"The title was not told: {trouble}")
            return
        if head.status != 200:
            _say(f"The title was not taken: {text or head.reason}")


def _check_taken(line: socket.socket) -> None:
    head, text = _answer(line)
    if head.status not in (100, 200):
        raise TurnedAway(text or f"{head.status} {head.reason}")


def _answer(line: socket.socket) -> tuple[ResponseHead, str]:
    """Read what the transmitter says: its head, and the sentence after a refusal."""
    reader = ResponseReader()
    try:
        while (head := reader.head) is None:
            data = line.recv(MOST_OF_AN_ANSWER)
            if not data:
                raise TurnedAway("It closed the connection without a word.")
            reader.receive_data(data)
    except PeerError as error:
        raise TurnedAway(str(error)) from error
    if head.status in (100, 200):
        return head, ""
    text = reader.leftover
    while len(text) < MOST_OF_AN_ANSWER and (data := line.recv(MOST_OF_AN_ANSWER)):
        text += data
    return head, text.decode("utf-8", "replace").strip()


def _say(sentence: str) -> None:
    print(sentence, flush=True)
