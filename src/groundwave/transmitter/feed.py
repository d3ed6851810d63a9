"""
One connected source: its bytes in, its frames for every output of the station out.

What matches an output passes through bit for bit; a codec in a process of its own
makes the rest, and measures the level. The codec may die: what passes through
goes on. The bytes decide what the source is, not its headers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from groundwave.audio.job import (
    CodecJob,
    Consumed,
    Encoded,
    Encoding,
    Measured,
    NotAudio,
    Recognized,
    Report,
)
from groundwave.audio.supervision import SupervisedCodec
from groundwave.transmitter.arrival import ArrivalClock
from groundwave.transmitter.passage import Passage
from groundwave.transmitter.program import Output
from groundwave.transmitter.shelf import Shelf
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame


SHELF_SECONDS = 15.0
# A source may send this far ahead of real time before it is made to wait: enough
# for an encoder that fills buffers when it connects, too little to matter on disk.
AHEAD_SECONDS = 8.0
# A codec this far behind is hung or overloaded; its supervisor sees to it.
CODEC_BEHIND_BYTES = 1 << 20
# Where nothing passes through, how long these bytes sound is not known before the
# codec has worked them off: 2.7 seconds at 96 kbit/s, 16 at 16.
UNHEARD_BYTES = 32_768
CODEC_PAUSE = 0.1
# Sound with holes no longer than this counts as sounding without a break.
BREAK_SECONDS = 2.0

Hear = Callable[[str, Sequence[StampedFrame]], None]


@dataclass(slots=True)
class Health:
    """
    What the chain and a person want to know; instants in air seconds.

    Attributes:
        heard_at: when sound arrived last, or until when it lasts if that is later.
        ends_at: when the newest sound ends on the timeline, which may be behind.
    """

    heard_at: float | None = None
    ends_at: float | None = None
    sounding_since: float | None = None
    silent_since: float | None = None
    level_dbfs: float | None = None
    description: str = ""
    trouble: str = ""

    def sounds(self, now: float, *, until: float) -> None:
        """Note that sound arrived which lasts *until* then, later than now if ahead."""
        if self.heard_at is None or now - self.heard_at > BREAK_SECONDS:
            self.sounding_since = now
        # A source that is ahead is made to wait: it has not stopped sending.
        self.heard_at = max(now, until)
        # Some outputs are heard a little later than others: the best of them counts.
        self.ends_at = until if self.ends_at is None else max(self.ends_at, until)

    def measured(
        self, rms_dbfs: float, *, silent: bool, since: float, now: float
    ) -> None:
        """Note the level of what arrived from *since* to *now*."""
        self.level_dbfs = rms_dbfs
        if silent:
            self.silent_since = (
                since if self.silent_since is None else self.silent_since
            )
            return
        # Speech behind a noise gate is full of holes; they do not begin it anew.
        if self.silent_since is not None and since - self.silent_since > BREAK_SECONDS:
            self.sounding_since = now
        self.silent_since = None


@dataclass(slots=True)
class _Lane:
    """
    One output's frames from this source.

    Attributes:
        seconds: how much sound there was so far.
        ends_at: when the newest of it ends; None before the first.
    """

    clock: ArrivalClock = field(default_factory=ArrivalClock)
    shelf: Shelf = field(default_factory=lambda: Shelf(SHELF_SECONDS))
    seconds: float = 0.0
    ends_at: float | None = None

    def place(self, frames: Sequence[Frame], now: float) -> list[StampedFrame]:
        seconds = sum(frame.seconds for frame in frames)
        at = self.clock.place(seconds, arrived=now)
        self.seconds, self.ends_at = self.seconds + seconds, at + seconds
        placed = []
        for frame in frames:
            placed.append(StampedFrame(frame, at))
            at += frame.seconds
        self.shelf.add(placed)
        return placed


class Feed:
    """
    Turns a source's bytes into stamped frames for each of *outputs*.

    Args:
        content_type: what the source says it sends.
        air: the air clock.
        hear: called with an output's name and its new frames.
        refuse: called with a sentence when what arrives never was sound.
    """

    def __init__(
        self,
        *,
        content_type: str,
        outputs: Sequence[Output],
        silence_dbfs: float,
        air: Callable[[], float],
        hear: Hear,
        refuse: Callable[[str], None],
    ) -> None:
        self.health = Health()
        self.bytes_received = 0
        self.codec: SupervisedCodec | None = None
        self._content_type = content_type
        self._encodings = {output.encoding.name: output.encoding for output in outputs}
        self._silence_dbfs = silence_dbfs
        self._air = air
        self._hear = hear
        self._refuse = refuse
        self._lanes = {name: _Lane() for name in self._encodings}
        self._passage = Passage(
            [output.encoding for output in outputs if output.passthrough]
        )
        self._waiting: list[bytes] = []

    def receive(self, data: bytes) -> None:
        """Take the source's next bytes."""
        self.bytes_received += len(data)
        passed = self._passage.receive(data)
        if self._passage.verdict:
            self._refuse(self._passage.verdict)
            return
        if self.codec is None:
            self._waiting.append(data)
            if self._passage.is_decided:
                self._start_codec()
        else:
            self.codec.feed(data)
        if passed:
            self._hear_frames(self._passage.names, passed)

    def pause(self) -> float:
        """
        Return the seconds that the source should be left waiting now.

        More than 0 when it is far ahead of real time, or the codec behind.
        """
        most = CODEC_BEHIND_BYTES if self.passes_through else UNHEARD_BYTES
        if self.codec and self.codec.pending_bytes > most:
            return CODEC_PAUSE
        now = self._air()
        ahead = (lane.clock.ahead(now) for lane in self._lanes.values())
        return max(0.0, max(ahead, default=0.0) - AHEAD_SECONDS)

    def arrives_at(self, name: str) -> float | None:
        """
        Return when what the source sends next is heard in output *name*.

        Later than now if the source is ahead. None if nothing of it was heard at all.
        """
        lane = self._lanes.get(name)
        if lane is None or lane.ends_at is None:
            return self.health.ends_at
        return lane.ends_at + self._under_way(name, lane)

    @property
    def measured_kbps(self) -> float:
        """What an MP3 or AAC source really sends; 0 if not known."""
        return self._passage.measured_kbps

    @property
    def passes_through(self) -> tuple[str, ...]:
        """The outputs that get the source's own frames."""
        return self._passage.names

    def frames_since(self, name: str, instant: float) -> list[StampedFrame]:
        """Return what the source sent for output *name* from *instant* on."""
        lane = self._lanes.get(name)
        return list(lane.shelf.since(instant)) if lane else []

    async def close(self) -> None:
        """End the codec and let go of the sound; the feed is not to be fed again."""
        # Whoever made the feed is reached by these and reaches it: without a cut the
        # sound of every source that ever left would wait for the garbage collector.
        self._hear, self._refuse = _tell_nobody, _tell_nobody
        self._lanes.clear()
        if self.codec:
            await self.codec.close()

    def _under_way(self, name: str, lane: _Lane) -> float:
        """Return how many seconds have come that are not in output *name* yet."""
        pending = self.codec.pending_bytes if self.codec else 0
        passed = self.passes_through
        if self.codec is None or not pending or name in passed:
            return 0.0
        if passed and not self.codec.restarts:  # a new child may have left some out
            return max(0.0, self._lanes[passed[0]].seconds - lane.seconds)
        # The codec takes in more than it has sounded, to find out what it is given.
        return pending * lane.seconds / max(1, self.bytes_received - pending)

    def _start_codec(self) -> None:
        encodings = [
            encoding
            for name, encoding in self._encodings.items()
            if name not in self._passage.names
        ]
        job = CodecJob(content_type=self._content_type, encodings=_distinct(encodings))
        self.codec = SupervisedCodec(
            job, hear=self._hear_report, troubled=self._note_trouble
        )
        for data in self._waiting:
            self.codec.feed(data)
        self._waiting.clear()

    def _hear_report(self, report: Report) -> None:
        match report:
            case Encoded():
                self._hear_encoded(report)
            case Measured():
                now = self._air()
                silent = report.rms_dbfs < self._silence_dbfs
                since = now - report.seconds
                self.health.measured(
                    report.rms_dbfs, silent=silent, since=since, now=now
                )
            case Recognized():
                self.health.description = report.description
                self.health.trouble = ""
            case NotAudio():
                self._hear_no_sound(report.sentence)
            case Consumed():
                pass
            case _:
                assert_never(report)

    def _hear_no_sound(self, sentence: str) -> None:
        # A level is measured of decoded sound alone. What has decoded once is damaged
        # now and may recover; until then the chain sees that it brings no sound.
        if self.health.level_dbfs is None:
            self._refuse(sentence)
        else:
            self.health.trouble = sentence

    def _hear_encoded(self, report: Encoded) -> None:
        made = self._encodings[report.name]
        frames = [
            Frame(
                data=data,
                samples=report.samples_per_frame,
                sample_rate=made.sample_rate,
                channels=made.channels,
                bitrate_kbps=made.bitrate_kbps,
                independent=True,  # our encoders keep no bit reservoir
            )
            for data in report.frames
        ]
        names = tuple(
            name
            for name, encoding in self._encodings.items()
            if _sound_of(encoding) == _sound_of(made)
            and name not in self._passage.names
        )
        self._hear_frames(names, frames)

    def _hear_frames(self, names: Sequence[str], frames: Sequence[Frame]) -> None:
        now = self._air()
        placed = {
            name: self._lanes[name].place(frames, now)
            for name in names
            if name in self._lanes
        }
        ends = (lane[-1].ends_at for lane in placed.values() if lane)
        self.health.sounds(now, until=max(ends, default=now))
        for name, lane in placed.items():
            self._hear(name, lane)

    def _note_trouble(self, sentence: str) -> None:
        self.health.trouble = sentence


def _sound_of(encoding: Encoding) -> tuple[str, int, int, int]:
    return (
        encoding.codec,
        encoding.bitrate_kbps,
        encoding.sample_rate,
        encoding.channels,
    )


def _distinct(encodings: Sequence[Encoding]) -> tuple[Encoding, ...]:
    """Return one encoding of each kind: the same sound is made once."""
    return tuple({_sound_of(encoding): encoding for encoding in encodings}.values())


def _tell_nobody(*_: object) -> None:
    pass
